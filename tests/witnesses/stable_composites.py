"""Far values of the activation and the composites of chapter 5 (exercises 5.1-5.4).

    pip install mpmath
    python tests/witnesses/stable_composites.py

Recorded with mpmath 1.3.0 at 20000 digits, from the definitions and not from the
stable forms: 1/(1 + e^-v), 1 - e^t, and the power of softplus as they stand. The
printed lines are the tables in tests/checks/src/ch05_algorithm/far.rs.
"""

import sys

from mpmath import exp, log, mp, mpf

mp.dps = 20000
sys.set_int_max_str_digits(0)


def show(name, rows):
    print(name)
    for row in rows:
        # As a float, so that 0 and inf stand where no f64 is.
        print("   ", "(" + ", ".join(repr(float(mpf(x))) for x in row) + "),")


def gan_activation(v):
    return log(1 / (1 + exp(-mpf(v))))


def gan_composite(v):
    return -log(1 - exp(gan_activation(v)))


def alpha_composite(alpha, v):
    alpha = mpf(alpha)
    t = 1 / (1 - alpha) - log(1 + exp(-mpf(v)))
    return ((1 - (1 - alpha) * t) ** (alpha / (alpha - 1)) - 1) / alpha


far = [-1e4, -800, -745, -40, -37.5, 36, 37.5, 40, 745, 800, 1e4]
show("g_f, GAN", [(v, gan_activation(v)) for v in far])
show("f*(g_f), GAN", [(v, gan_composite(v)) for v in far])
pairs = [(0.5, -1e4), (0.5, 300), (0.5, 700), (0.0625, 1e4), (0.0625, -1e4), (-1, 1e4), (-1, 50), (-1, -1e4), (-2, 1e4), (-2, 40), (0.25, 1500)]
show("f*(g_f), alpha", [(a, v, alpha_composite(a, v)) for a, v in pairs])
