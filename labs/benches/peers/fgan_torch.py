"""One f-GAN training step in PyTorch (eager), the peer of `labs bench fgan`: HIDDEN BATCH STEPS DIM THREADS."""
import json, sys, time
import torch, torch.nn as nn

hidden, batch, steps, dim, threads = map(int, sys.argv[1:6])
torch.set_num_threads(threads)
torch.manual_seed(0)


def mlp(out):
    return nn.Sequential(nn.Linear(dim, hidden), nn.Tanh(), nn.Linear(hidden, hidden), nn.Tanh(), nn.Linear(hidden, out))


generator, critic = mlp(dim), mlp(1)
adam_g = torch.optim.Adam(generator.parameters(), 1e-3, foreach=True)
adam_t = torch.optim.Adam(critic.parameters(), 1e-3, foreach=True)


def step():
    x = torch.randn(batch, dim) * 0.5 + 1
    fake = generator(torch.randn(batch, dim)).detach()
    critic_loss = (critic(fake) - 1).exp().mean() - critic(x).mean()
    adam_t.zero_grad(); critic_loss.backward(); adam_t.step()
    generator_loss = -(critic(generator(torch.randn(batch, dim))) - 1).exp().mean()
    adam_g.zero_grad(); generator_loss.backward(); adam_g.step()
    return critic_loss.item()


for _ in range(20):
    step()
start = time.perf_counter()
for _ in range(steps):
    step()
print(json.dumps({"peer": "torch", "version": torch.__version__, "threads": threads, "steps_per_s": steps / (time.perf_counter() - start)}))
