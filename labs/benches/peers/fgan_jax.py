"""One f-GAN training step in JAX (jit), the peer of `labs bench fgan`: HIDDEN BATCH STEPS DIM."""
import json, sys, time
import jax, jax.numpy as jnp

hidden, batch, steps, dim = map(int, sys.argv[1:5])


def init(key, out):
    shapes = [(dim, hidden), (hidden, hidden), (hidden, out)]
    return [(jax.random.normal(k, s) / s[0] ** 0.5, jnp.zeros(s[1])) for k, s in zip(jax.random.split(key, 3), shapes)]


def mlp(params, x):
    for w, b in params[:-1]:
        x = jnp.tanh(x @ w + b)
    w, b = params[-1]
    return x @ w + b


def adam(p, g, m, v, t):
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    p = jax.tree.map(lambda p, m, v: p - 1e-3 * (m / (1 - 0.9**t)) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), p, m, v)
    return p, m, v


@jax.jit
def step(state):
    g, d, mg, vg, md, vd, t, key = state
    key, k1, k2, k3 = jax.random.split(key, 4)
    x = jax.random.normal(k1, (batch, dim)) * 0.5 + 1
    fake = mlp(g, jax.random.normal(k2, (batch, dim)))
    loss, grad = jax.value_and_grad(lambda d: jnp.exp(mlp(d, fake) - 1).mean() - mlp(d, x).mean())(d)
    d, md, vd = adam(d, grad, md, vd, t)
    z = jax.random.normal(k3, (batch, dim))
    grad = jax.grad(lambda g: -jnp.exp(mlp(d, mlp(g, z)) - 1).mean())(g)
    g, mg, vg = adam(g, grad, mg, vg, t)
    return (g, d, mg, vg, md, vd, t + 1, key), loss


zeros = lambda p: jax.tree.map(jnp.zeros_like, p)
g, d = init(jax.random.PRNGKey(0), dim), init(jax.random.PRNGKey(1), 1)
state = (g, d, zeros(g), zeros(g), zeros(d), zeros(d), 1.0, jax.random.PRNGKey(2))
for _ in range(20):
    state, loss = step(state)
loss.block_until_ready()
start = time.perf_counter()
for _ in range(steps):
    state, loss = step(state)
loss.block_until_ready()
print(json.dumps({"peer": "jax", "version": jax.__version__, "steps_per_s": steps / (time.perf_counter() - start)}))
