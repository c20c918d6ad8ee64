"""Recorded values of D_f between Gaussian mixtures, by mpmath.

    python3 gaussian_mixtures.py        # mpmath 1.3, minutes; writes gaussian_mixtures.json

D_f(P||Q) = integral of q f(p/q), with f exactly as in the tables: no centring,
no logarithmic rearrangement, 34 digits and Gauss-Legendre panels. That makes
the values independent of the library, which centres f, works in log space and
uses adaptive Gauss-Kronrod in 53 bits. Each value is computed twice, with other
panels, other rules and 50 digits, and the two must agree to 1e-20 (relative).

Where D_f = inf is decided, not computed: p^a q^(1-a) decays like
exp(-(a/sp^2 + (1-a)/sq^2) x^2/2), sp and sq the largest deviations, so its
integral is finite iff that factor is positive.
"""
import concurrent.futures
import json
import pathlib

from mpmath import mp, mpf

mp.dps = 50


def rows():
    """name -> (f(u, log u, log(1 + u)), powers a of u that f has at 0 and at infinity)"""
    ln2 = lambda: mp.log(2)
    table = {
        "kl": (lambda u, l, m: u * l, []),
        "reverse_kl": (lambda u, l, m: -l, []),
        "total_variation": (lambda u, l, m: abs(u - 1) / 2, []),
        "pearson_chi2": (lambda u, l, m: (u - 1) ** 2, [2]),
        "neyman_chi2": (lambda u, l, m: (1 - u) ** 2 / u, [-1]),
        "squared_hellinger": (lambda u, l, m: (mp.sqrt(u) - 1) ** 2, []),
        "jeffreys": (lambda u, l, m: (u - 1) * l, []),
        "fgan_js": (lambda u, l, m: u * l - (u + 1) * (m - ln2()), []),
        "gan": (lambda u, l, m: u * l - (u + 1) * m, []),
        "arithmetic_geometric": (lambda u, l, m: (1 + u) * (m - l / 2 - ln2()), []),
        "triangular": (lambda u, l, m: (u - 1) ** 2 / (1 + u), []),
        "log1p_abs": (lambda u, l, m: u - 1 if u >= 1 else 1 / u - 1, [-1]),
        "chi_square": (lambda u, l, m: u * u - 1, [2]),
        "modified_gan": (lambda u, l, m: m - l, []),
    }

    def js_weighted(pi):
        def f(u, l, m):
            mix = 1 - pi + pi * u
            return pi * u * l - mix * mp.log(mix)
        return f

    def alpha(a):
        return lambda u, l, m: (u**a - 1 - a * (u - 1)) / (a * (a - 1))

    for pi in (0.1, 0.5, 0.9):
        table[f"js_weighted({pi:g})"] = (js_weighted(mpf(pi)), [])
    for a in (-2, -1, 0.25, 0.5, 0.75, 1.5, 2, 3):
        table[f"alpha({a:g})"] = (alpha(mpf(a)), [a])
    return table


# (weight, mean, deviation) of each component; P, then Q.
FGAN = [(0.33, -1.0, 0.255), (0.67, 2.0, 1.415)]
FIT = [(1.0, 1.01, 1.8308)]
PAIRS = {
    "unit shift": ([(1.0, 1.0, 1.0)], [(1.0, 0.0, 1.0)]),
    "near-equal means": ([(0.5, -1.0, 0.5), (0.5, 2.0, 1.0)], [(0.5, -1.002, 0.5), (0.5, 2.002, 1.0)]),
    "near-equal weights": ([(0.3, -2.0, 0.7), (0.7, 1.0, 1.2)], [(0.302, -2.0, 0.7), (0.698, 1.0, 1.2)]),
    "near-equal deviations": ([(0.6, 0.0, 1.0), (0.4, 4.0, 0.5)], [(0.6, 0.0, 1.01), (0.4, 4.0, 0.505)]),
    "well separated": ([(0.5, -4.0, 1.0), (0.5, -2.0, 0.7)], [(0.4, 2.5, 1.0), (0.6, 5.0, 0.8)]),
    "a peak inside a wide law": ([(0.5, 0.1, 0.01), (0.5, 0.0, 2.0)], [(1.0, 0.0, 2.0)]),
    "a needle": ([(1.0, 0.3, 0.001)], [(1.0, 0.0, 1.0)]),
    "f-GAN's target and its fit": (FGAN, FIT),
    "the fit and f-GAN's target": (FIT, FGAN),
    "a light bump": ([(0.999, 0.0, 1.0), (0.001, 6.0, 0.2)], [(1.0, 0.0, 1.0)]),
    "a feather far out": ([(0.999999, 0.0, 1.0), (0.000001, 10.0, 1.0)], [(1.0, 0.0, 1.0)]),
    "wider by three": ([(1.0, 0.0, 3.0)], [(1.0, 0.0, 1.0)]),
    "three and three": (
        [(0.2, -3.0, 0.6), (0.5, 0.0, 1.0), (0.3, 4.0, 0.8)],
        [(0.4, -2.0, 0.9), (0.4, 1.0, 0.5), (0.2, 5.0, 1.1)],
    ),
    "two modes and their moments": ([(0.5, -2.0, 0.5), (0.5, 2.0, 0.5)], [(1.0, 0.0, 2.0615528128088303)]),
    "a comb": ([(0.2, m, 0.05) for m in (-4.0, -2.0, 0.0, 2.0, 4.0)], [(1.0, 0.0, 2.8)]),
    "far from the origin": ([(0.5, 1000.0, 0.5), (0.5, 1001.0, 0.3)], [(0.7, 1000.2, 0.5), (0.3, 1001.5, 0.4)]),
    "barely finite chi-square": ([(1.0, 0.5, 1.3)], [(1.0, 0.0, 1.0)]),
}


class Mixture:
    def __init__(self, parts):
        total = sum(mpf(w) for w, _, _ in parts)
        self.parts = [(mpf(w) / total, mpf(m), mpf(s)) for w, m, s in parts]

    def logs(self, x):
        return [mp.log(w / s) - ((x - m) / s) ** 2 / 2 - mp.log(2 * mp.pi) / 2 for w, m, s in self.parts]

    def density(self, x):
        return sum(mp.exp(l) for l in self.logs(x))

    def widest(self):
        return max(s for _, _, s in self.parts)


def scale_at(x, laws, steep):
    """A length over which all integrands are smooth: the complex singularities of
    ln p and ln q, where two components cancel, are at about pi / slope.

    A lone component that is e^-400 times the other law has no such singularity, and
    what has it as a factor does not count, unless it is divided by (`steep`).
    """
    length = mpf(10) ** 6
    every = [[float(l) for l in law.logs(x)] for law in laws]
    tops = [max(logs) for logs in every]
    for law, logs, top, other, divided in zip(laws, every, tops, tops[::-1], steep):
        present = [part for l, part in zip(logs, law.parts) if l > top - 130]
        lone = len(present) == 1 and top < other - 400 and not divided
        for l, (_, m, s) in zip(logs, law.parts):
            if l <= top - 130 or lone:  # it does not count here; come no closer than it allows
                length = min(length, abs(x - m) / 6)
            else:
                length = min(length, 1 / (abs(x - m) / s ** 2 + 1 / s))
    return length


def crossings(p, q, edges):
    """Points with p = q, where |u - 1| has its kink."""
    found = []
    diff = lambda x: mp.log(p.density(x)) - mp.log(q.density(x))
    for a, b in zip(edges, edges[1:]):
        xs = [a + (b - a) * k / 4 for k in range(5)]
        for l, h in zip(xs, xs[1:]):
            dl, dh = diff(l), diff(h)
            if dl == 0:
                found.append(l)
            elif dl * dh < 0:
                while h - l > mpf(10) ** (8 - mp.dps) * (1 + abs(l)):
                    m = (l + h) / 2
                    dm = diff(m)
                    l, h = (m, h) if dm * dl > 0 else (l, m)
                found.append((l + h) / 2)
    return found


def legendre(n):
    """Nodes and weights of the n-point Gauss-Legendre rule by Newton's method."""
    out = []
    for k in range(1, n + 1):
        x = mp.cos(mp.pi * (k - mpf(1) / 4) / (n + mpf(1) / 2))
        for _ in range(8):
            a, b = mpf(1), x
            for j in range(2, n + 1):
                a, b = b, ((2 * j - 1) * x * b - (j - 1) * a) / j
            slope = n * (x * b - a) / (x * x - 1)
            x -= b / slope
        out.append((x, 2 / ((1 - x * x) * slope * slope)))
    return out


def integrate(p, q, table, finite, step, rule):
    """All rows at once. Panels are added outwards until no row's integrand counts."""
    ends = [min(m - 3 * s for law in (p, q) for _, m, s in law.parts),
            max(m + 3 * s for law in (p, q) for _, m, s in law.parts)]
    powers = [a for name in finite for a in table[name][1]]
    steep = (any(a < 0 for a in powers), any(a > 1 for a in powers))
    sums = {name: mpf(0) for name in finite}

    def panel(a, b):
        centre, half = (a + b) / 2, (b - a) / 2
        part = {name: mpf(0) for name in finite}
        for node, weight in rule:
            x = centre + half * node
            pd, qd = p.density(x), q.density(x)
            u = pd / qd
            l, m = mp.log(u), mp.log(1 + u)
            for name in finite:
                part[name] += half * weight * qd * table[name][0](u, l, m)
        for name in finite:
            sums[name] += part[name]

    # Edges of the inner panels, then crossings as further edges.
    edges = [ends[0]]
    while edges[-1] < ends[1]:
        here = scale_at(edges[-1], (p, q), steep)
        edges.append(edges[-1] + step * min(here, scale_at(edges[-1] + step * here, (p, q), steep)))
    outward = []
    for sign, start in ((-1, edges[0]), (1, edges[-1])):
        quiet, x, chain = 0, start, []
        while quiet < 4:
            y = x + sign * step * scale_at(x, (p, q), steep)
            chain.append((min(x, y), max(x, y)))
            pd, qd = p.density(y), q.density(y)
            u = pd / qd
            l, m = mp.log(u), mp.log(1 + u)
            top = max(abs(qd * table[name][0](u, l, m)) * (1 + abs(y)) for name in finite)
            quiet = quiet + 1 if top < mpf(10) ** -38 else 0
            x = y
        outward.append(chain)
    every = [a for a, _ in outward[0]] + edges + [b for _, b in outward[1]]
    every = sorted(set(every + crossings(p, q, every)))
    for a, b in zip(every, every[1:]):
        panel(a, b)
    return sums, len(every)


def record(title):
    ps, qs = PAIRS[title]
    mp.dps = 50
    table, values = rows(), {}
    p, q = Mixture(ps), Mixture(qs)
    for name, (_, powers) in table.items():
        factors = [a / p.widest() ** 2 + (1 - a) / q.widest() ** 2 for a in map(mpf, powers)]
        if any(factor <= 0 for factor in factors):
            values[name] = "inf"
    finite = [name for name in table if name not in values]
    results = []
    for digits, step, n in ((34, mpf("2.0"), 26), (50, mpf("1.6"), 30)):
        mp.dps = digits
        sums, panels = integrate(Mixture(ps), Mixture(qs), rows(), finite, step, legendre(n))
        results.append(sums)
    worst = max(abs(results[0][k] / results[1][k] - 1) for k in finite)
    print(title, panels, "panels; worst disagreement", mp.nstr(worst, 3), flush=True)
    assert worst < mpf(10) ** -20, title
    values |= {name: float(results[1][name]) for name in finite}
    return {"title": title, "p": ps, "q": qs, "values": {name: values[name] for name in table}}


def main():
    with concurrent.futures.ProcessPoolExecutor() as pool:
        records = list(pool.map(record, PAIRS))
    text = "[\n" + ",\n".join(map(json.dumps, records)) + "\n]\n"
    pathlib.Path(__file__).with_suffix(".json").write_text(text)


if __name__ == "__main__":
    main()
