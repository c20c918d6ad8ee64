"""Values of scipy for the laws on the line and for pointwise KL.

    python3 scipy_values.py         # scipy 1.17; writes scipy_values.json

Laws: ln density, cdf, survival at points far into both tails; quantiles from both
tails. rel_entr(x, y) = x log(x/y); kl_div(x, y) = x log(x/y) - x + y. Where scipy
itself loses digits (the tails of Cauchy's and Student's laws) or underflows (Laplace's ln density), mpmath
gives the value.
"""
import json
import pathlib

from mpmath import mp, mpf
from scipy import special, stats

mp.dps = 40
LAWS = {
    "gaussian": ((1.5, 0.25), stats.norm(1.5, 0.25)),
    "laplace": ((-2.0, 3.0), stats.laplace(-2.0, 3.0)),
    "exponential": ((4.0,), stats.expon(scale=1 / 4.0)),
    "cauchy": ((0.5, 2.0), stats.cauchy(0.5, 2.0)),
    "uniform": ((-1.0, 3.0), stats.uniform(-1.0, 4.0)),
    "student_t": ((-1.0, 2.0, 1.5), stats.t(1.5, -1.0, 2.0)),
}
OFFSETS = (-1e6, -60.0, -30.0, -6.0, -1.0, -0.25, 0.0, 0.3, 2.0, 7.0, 30.0, 60.0, 1e6)
TAILS = (1e-300, 1e-100, 1e-20, 1e-6, 0.01, 0.2, 0.5, 0.7, 0.999)


def text(x):
    return "inf" if x == float("inf") else "-inf" if x == -float("inf") else float(x)


def cauchy_lower(z):
    return mp.atan2(1, -z) / mp.pi


def student_lower(z, nu):
    half = mp.betainc(mpf(nu) / 2, 0.5, 0, nu / (nu + z * z), regularized=True) / 2
    return half if z < 0 else 1 - half


def student_tail(p, nu):
    """The z that is exceeded with probability p <= 1/2, by Newton steps in ln z."""
    constant = mp.gamma(mpf(nu + 1) / 2) / mp.gamma(mpf(nu) / 2) / mp.sqrt(mp.pi * nu)
    if p == mpf("0.5"):
        return mpf(0)
    start = mp.log(constant * mpf(nu) ** (mpf(nu - 1) / 2) / p) / nu
    gap = lambda s: mp.log(student_lower(-mp.exp(s), nu)) - mp.log(p)
    return mp.exp(mp.findroot(gap, start))


laws = []
for name, (parameters, law) in LAWS.items():
    centre = {"gaussian": 1.5, "laplace": -2.0, "exponential": 0.0, "cauchy": 0.5, "uniform": 1.0, "student_t": -1.0}[name]
    scale = {"gaussian": 0.25, "laplace": 3.0, "exponential": 0.25, "cauchy": 2.0, "uniform": 2.0, "student_t": 2.0}[name]
    points = []
    for offset in OFFSETS:
        x = centre + offset * scale
        z = (mpf(x) - centre) / scale
        cdf, survival = law.cdf(x), law.sf(x)
        if name == "cauchy":
            cdf, survival = cauchy_lower(z), cauchy_lower(-z)
        if name == "student_t":
            cdf, survival = student_lower(z, 1.5), student_lower(-z, 1.5)
        ln_density = law.logpdf(x)
        if name == "laplace":
            ln_density = -abs(z) - mp.log(2 * scale)
        points.append([x, text(ln_density), text(cdf), text(survival)])
    quantiles = [[p, text(law.ppf(p)), text(law.isf(p))] for p in TAILS]
    if name == "cauchy":
        quantiles = [[p, float(centre - scale * mp.cot(mp.pi * p)), float(centre + scale * mp.cot(mp.pi * p))] for p in map(mpf, TAILS)]
        quantiles = [[float(a), b, c] for a, b, c in quantiles]
    if name == "student_t":
        tails = [student_tail(min(p, 1 - p), 1.5) * (1 if p < 0.5 else -1) for p in map(mpf, TAILS)]
        quantiles = [[p, float(centre - scale * z), float(centre + scale * z)] for p, z in zip(TAILS, tails)]
    laws.append({"law": name, "parameters": parameters, "points": points, "quantiles": quantiles})

GRID = (0.0, 1e-300, 1e-5, 0.3, 1.0, 1.0000001, 7.0, 1e8)
pointwise = [
    [x, y, text(special.rel_entr(x, y)), text(special.kl_div(x, y))] for x in GRID for y in GRID
]
body = "{\n\"laws\": [\n" + ",\n".join(json.dumps(l) for l in laws) + "\n],\n\"pointwise\": " + json.dumps(pointwise) + "\n}\n"
pathlib.Path(__file__).with_suffix(".json").write_text(body)
