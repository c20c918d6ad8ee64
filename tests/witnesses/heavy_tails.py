"""D_f between a Gaussian and a Cauchy law, by mpmath: N(0, 1) and Cauchy(0.5, 2).

    python3 heavy_tails.py          # mpmath 1.3; writes heavy_tails.json

f as in the tables, uncentred, mp.quad with 30 and with 45 digits, which must agree
to 1e-20. "forward" is D_f(N||Cauchy), "backward" D_f(Cauchy||N). KL backward,
reverse KL forward, Pearson backward and so on are infinite: the Cauchy law's
tail is heavier than any Gaussian's.
"""
import json
import pathlib

from mpmath import mp, mpf

ROWS = {
    "kl": lambda u: u * mp.log(u),
    "pearson_chi2": lambda u: (u - 1) ** 2,
    "squared_hellinger": lambda u: (mp.sqrt(u) - 1) ** 2,
    "fgan_js": lambda u: u * mp.log(u) - (u + 1) * mp.log((1 + u) / 2),
    "triangular": lambda u: (u - 1) ** 2 / (1 + u),
    "total_variation": lambda u: abs(u - 1) / 2,
}
BACKWARD = ("squared_hellinger", "fgan_js", "triangular", "total_variation")


def normal(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def cauchy(x):
    z = (x - mpf("0.5")) / 2
    return 1 / (2 * mp.pi * (1 + z * z))


def crossings():
    gap = lambda x: mp.log(normal(x)) - mp.log(cauchy(x))
    return [mp.findroot(gap, start) for start in (-1.6, 1.7)]


def value(f, p, q):
    # Beyond |x| = 40, N is below 1e-340: f is replaced by its limit there, which
    # changes no digit that is kept.
    inner = lambda x: q(x) * f(p(x) / q(x))
    edges = sorted([mpf(e) for e in (-40, -20, -10, -5, -3, 0, 3, 5, 10, 20, 40)] + crossings())
    total = mp.quad(inner, edges)
    cauchy_outside = 1 - (mp.atan((40 - mpf("0.5")) / 2) + mp.atan((40 + mpf("0.5")) / 2)) / mp.pi
    at_end = f(mpf(10) ** -4000) if p is normal else f(mpf(10) ** 4000) / mpf(10) ** 4000
    return total + cauchy_outside * at_end


def both(f, p, q):
    found = []
    for digits in (30, 45):
        mp.dps = digits
        found.append(value(f, p, q))
    assert abs(found[0] / found[1] - 1) < mpf(10) ** -20, mp.nstr(found[0] / found[1] - 1, 3)
    return float(found[1])


record = {
    "forward": {name: both(f, normal, cauchy) for name, f in ROWS.items()},
    "backward": {name: both(ROWS[name], cauchy, normal) for name in BACKWARD},
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n")
