"""The same D_f as benches/divergence.rs, with scipy.integrate.quad.

    python3 benches/peers/quad_scipy.py     # scipy 1.17; table, then one line of JSON

Integrals are split at the same landmarks (each component's mean and 2.5, 7 and 20
deviations to both sides), epsrel 1e-10; epsabs is that part of the recorded value,
shared among the panels, so that quad spends nothing on panels that hold nothing.
The integrands are scalar Python in log
space, written for speed rather than generality: no dispatch over members.
"""
import json
import math
import pathlib
import time

from scipy.integrate import quad

PAIRS = (
    "unit shift",
    "near-equal means",
    "f-GAN's target and its fit",
    "a peak inside a wide law",
    "three and three",
    "a comb",
)
RELATIVE = 1e-10
LEAST = 0.2
exp, log, log1p = math.exp, math.log, math.log1p
LN2 = log(2)


def ln_density(parts):
    """x -> log of the mixture's density, by the same one-pass log-sum-exp."""
    norm = [(log(w) - log(s) - 0.5 * log(2 * math.pi), m, s) for w, m, s in parts]

    def ln(x):
        largest, total = -math.inf, 0.0
        for c, m, s in norm:
            z = (x - m) / s
            term = c - 0.5 * z * z
            if term > largest:
                total = total * exp(largest - term) + 1.0
                largest = term
            else:
                total += exp(term - largest)
        return largest + log(total)

    return ln


def remainder(y):
    """e^y - 1 - y, as the library has it: a series near 0, where it cancels."""
    if abs(y) < 0.5:
        total = 1.0
        for k in range(16, 2, -1):
            total = 1.0 + total * y / k
        return y * y / 2 * total
    return exp(y) - 1 - y


def kl(lp, lq):
    r = lq - lp
    return exp(lp) * remainder(r) if r < 600 else exp(lq)


def softplus(y):
    return max(y, 0.0) + log1p(exp(-abs(y)))


def js(lp, lq):
    r = lp - lq
    return exp(lp) * (LN2 - softplus(-r)) + exp(lq) * (LN2 - softplus(r))


def hellinger(lp, lq):
    top, gap = max(lp, lq), -abs(lp - lq)
    return exp(top) * math.expm1(gap / 2) ** 2


def pearson(lp, lq):
    r = lp - lq
    return exp(lq) * math.expm1(r) ** 2 if r < 300 else exp(2 * lp - lq)


INTEGRANDS = {"kl": kl, "fgan_js": js, "squared_hellinger": hellinger, "pearson_chi2": pearson}


def landmarks(parts):
    return [m + z * s for _, m, s in parts for z in (-20, -7, -2.5, 0, 2.5, 7, 20)]


def between(f, p, q, edges, truth):
    count = 0

    def integrand(x):
        nonlocal count
        count += 1
        return f(p(x), q(x))

    total = 0.0
    for a, b in zip(edges, edges[1:]):
        total += quad(integrand, a, b, epsabs=RELATIVE * truth / len(edges), epsrel=RELATIVE, limit=200)[0]
    return total, count


def main():
    here = pathlib.Path(__file__).resolve().parents[2]
    record = json.loads((here / "tests/witnesses/gaussian_mixtures.json").read_text())
    print(f"{'pair':<28} {'divergence':<18} {'µs':>9} {'evals':>7} {'off':>9}")
    rows = []
    for title in PAIRS:
        pair = next(r for r in record if r["title"] == title)
        p, q = ln_density(pair["p"]), ln_density(pair["q"])
        edges = [-math.inf, *sorted(set(landmarks(pair["p"]) + landmarks(pair["q"]))), math.inf]
        for name, f in INTEGRANDS.items():
            truth = pair["values"][name]
            value, count = between(f, p, q, edges, truth)
            start, runs = time.perf_counter(), 0
            while time.perf_counter() - start < LEAST:
                between(f, p, q, edges, truth)
                runs += 1
            micros = (time.perf_counter() - start) * 1e6 / runs
            off = abs(value / truth - 1)
            print(f"{title:<28} {name:<18} {micros:>9.1f} {count:>7} {off:>9.1e}")
            rows.append({"pair": title, "divergence": name, "micros": micros, "evaluations": count, "relative_error": off})
    print(json.dumps({"program": "scipy", "rows": rows}))


if __name__ == "__main__":
    main()
