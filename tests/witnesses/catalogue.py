"""Values of the catalogue that share no code with it.

Writes catalogue.json beside this file:

    pip install mpmath scipy torch
    python tests/witnesses/catalogue.py

Recorded with mpmath 1.3.0, scipy 1.17.1 and torch 2.15.0; it takes a minute.

`members`: mpmath, 60 digits and as many more as the cancellation at an argument
needs. The formulas are the definitions, not the stable forms of the Rust code; the
conjugate is the supremum itself, found by bisection on t = f'(u), and each closed
form is compared with it here first. An entry is [x, y, c]: the value y at the f64
argument x and its conditioning c = |x*y'(x)|, the change of y per relative change
of x. Infinite values are written as strings.

`laws`: divergences between finite laws as scipy and torch compute them.
`special`: scipy's and torch's special functions.

Conventions: D_f(P||Q) = E_q f(p/q), u = p/q, nats. TensorFlow Probability's vi
module has the same orientation; its `self_normalized` means f'(1) = 0, and what it
writes f^* (dual_csiszar_function) is the adjoint u*f(1/u), not the conjugate.
"""

import json
import pathlib

import numpy
import scipy.spatial.distance
import scipy.special
import scipy.stats
import torch
from mpmath import exp, inf, isinf, lambertw, log, mp, mpf, sign, sqrt, tanh

mp.dps = 60
LN2 = lambda: log(mpf(2))
sigmoid = lambda v: 1 / (1 + exp(-v))
below = lambda end: lambda v: end() - log(1 + exp(-v))


class Row:
    """A generator f with slope df, and what the table says about it."""

    def __init__(self, f, df, *, f0, f1=0, d0=-inf, dinf, s1=0, star_end=inf, conjugate=None, printed=None, g=None):
        self.f, self.df, self.conjugate = f, df, conjugate
        self.printed = printed or conjugate
        self.g = g or (lambda v: v)
        # f(0), f(1), f'(0+), f'(inf), the slope at 1 and f*(f'(inf))
        self.f0, self.f1, self.d0, self.dinf, self.s1, self.star_end = f0, f1, d0, dinf, s1, star_end


def constant(x):
    return lambda: mpf(x)


def alpha(a):
    a = mpf(a)
    f = lambda u: (u**a - 1 - a * (u - 1)) / (a * (a - 1))
    df = lambda u: (u ** (a - 1) - 1) / (a - 1)

    def conjugate(t):
        base = 1 + (a - 1) * t
        return ((base if base > 0 else mpf(0)) ** (a / (a - 1)) - 1) / a

    f0 = constant(1 / a if a > 0 else inf)
    if a < 1:
        end = lambda: 1 / (1 - a)
        return Row(f, df, f0=f0, dinf=end, conjugate=conjugate, g=below(end))
    d0 = lambda: -1 / (a - 1)
    printed = lambda t: conjugate(t) if t >= d0() else inf
    row = Row(f, df, f0=f0, d0=d0, dinf=constant(inf), conjugate=conjugate, printed=printed)
    return row


def js_weighted(w):
    w = mpf(w)
    m = lambda u: 1 - w + w * u
    return Row(
        lambda u: w * u * log(u) - m(u) * log(m(u)),
        lambda u: w * log(u / m(u)),
        f0=lambda: -(1 - w) * log(1 - w),
        dinf=lambda: -w * log(w),
        conjugate=lambda t: (1 - w) * log((1 - w) / (1 - w * exp(t / w))),
        g=below(lambda: -w * log(w)),
    )


def scaled(c, row):
    c = mpf(c)
    times = lambda h: lambda: c * value(h)
    return Row(
        lambda u: c * row.f(u),
        lambda u: c * row.df(u),
        f0=times(row.f0), f1=times(row.f1), d0=times(row.d0), dinf=times(row.dinf), s1=times(row.s1),
        conjugate=row.conjugate and (lambda t: c * row.conjugate(t / c)),
        printed=row.printed and (lambda t: c * row.printed(t / c)),
        g=lambda v: c * row.g(v),
    )


def adjoint(row):
    return Row(
        lambda u: u * row.f(1 / u),
        lambda u: row.f(1 / u) - row.df(1 / u) / u,
        f0=row.dinf, f1=row.f1, dinf=row.f0, s1=lambda: value(row.f1) - value(row.s1),
        d0=lambda: -value(row.star_end),
    )


def symmetrised(row):
    other = adjoint(row)
    mean = lambda a, b: lambda: (value(a) + value(b)) / 2
    return Row(
        lambda u: (row.f(u) + other.f(u)) / 2,
        lambda u: (row.df(u) + other.df(u)) / 2,
        f0=mean(row.f0, other.f0), f1=row.f1, d0=mean(row.d0, other.d0),
        dinf=mean(row.dinf, other.dinf), s1=mean(row.s1, other.s1),
    )


def value(x):
    return mpf(x() if callable(x) else x)


def jeffreys_conjugate(t):
    w = lambertw(exp(1 - t)).real
    return w + 1 / w + t - 2


def modified_gan_conjugate(t):
    u = (sqrt(1 - 4 / t) - 1) / 2
    return t * u - log(1 + 1 / u)


AG = Row(
    lambda u: (1 + u) * log((1 + u) / (2 * sqrt(u))),
    lambda u: log((1 + u) / (2 * sqrt(u))) + (1 - 1 / u) / 2,
    f0=inf, dinf=inf,
)
AG.g = lambda v: AG.df(exp(v))
KL = Row(lambda u: u * log(u), lambda u: 1 + log(u), f0=0, dinf=inf, s1=1, conjugate=lambda t: exp(t - 1))
PEARSON = Row(
    lambda u: (u - 1) ** 2, lambda u: 2 * (u - 1), f0=1, d0=-2, dinf=inf,
    conjugate=lambda t: t**2 / 4 + t if t >= -2 else mpf(-1), printed=lambda t: t**2 / 4 + t,
)
GAN = Row(
    lambda u: u * log(u) - (u + 1) * log(u + 1), lambda u: log(u / (1 + u)),
    f0=0, f1=lambda: -log(mpf(4)), dinf=0, s1=lambda: -LN2(),
    conjugate=lambda t: -log(1 - exp(t)), g=below(constant(0)),
)
JEFFREYS = Row(
    lambda u: (u - 1) * log(u), lambda u: 1 + log(u) - 1 / u, f0=inf, dinf=inf, conjugate=jeffreys_conjugate,
)
ROWS = {
    "kl": KL,
    "reverse_kl": Row(
        lambda u: -log(u), lambda u: -1 / u, f0=inf, dinf=0, s1=-1,
        conjugate=lambda t: -1 - log(-t), g=lambda v: -exp(-v),
    ),
    "total_variation": Row(
        lambda u: abs(u - 1) / 2, lambda u: sign(u - 1) / 2, f0=mpf(1) / 2, d0=mpf(-1) / 2, dinf=mpf(1) / 2,
        conjugate=lambda t: max(t, mpf(-1) / 2),
        printed=lambda t: t if abs(t) <= mpf(1) / 2 else inf, g=lambda v: tanh(v) / 2,
    ),
    "pearson_chi2": PEARSON,
    "neyman_chi2": Row(
        lambda u: (1 - u) ** 2 / u, lambda u: 1 - 1 / u**2, f0=inf, dinf=1, star_end=2,
        conjugate=lambda t: 2 - 2 * sqrt(1 - t), g=lambda v: 1 - exp(-v),
    ),
    "squared_hellinger": Row(
        lambda u: (sqrt(u) - 1) ** 2, lambda u: 1 - 1 / sqrt(u), f0=1, dinf=1,
        conjugate=lambda t: t / (1 - t), g=lambda v: 1 - exp(-v),
    ),
    "jeffreys": JEFFREYS,
    "half_jeffreys": scaled(0.5, JEFFREYS),
    "fgan_js": Row(
        lambda u: u * log(u) - (u + 1) * log((1 + u) / 2), lambda u: log(2 * u / (1 + u)), f0=LN2, dinf=LN2,
        conjugate=lambda t: -log(2 - exp(t)), g=below(LN2),
    ),
    **{f"js_weighted({w})": js_weighted(w) for w in (0.5, 0.1, 0.9)},
    "gan": GAN,
    **{f"alpha({a:g})": alpha(a) for a in (-2, -1, 0.25, 0.5, 0.75, 1.5, 2, 3)},
    **{f"t_power({a:g})": scaled(abs(a * (a - 1)), alpha(a)) for a in (-1, 0.5, 3)},
    "arithmetic_geometric": AG,
    "triangular": Row(
        lambda u: (u - 1) ** 2 / (1 + u), lambda u: 1 - 4 / (1 + u) ** 2, f0=1, d0=-3, dinf=1,
        conjugate=lambda t: 4 - t - 4 * sqrt(1 - t) if t >= -3 else mpf(-1), g=below(constant(1)),
    ),
    "log1p_abs": Row(
        lambda u: u ** sign(u - 1) - 1, lambda u: mpf(1) if u > 1 else (-1 / u**2 if u < 1 else mpf(0)),
        f0=inf, dinf=1, conjugate=lambda t: t if t >= -1 else 1 - 2 * sqrt(-t), g=below(constant(1)),
    ),
    "chi_square": Row(
        lambda u: u**2 - 1, lambda u: 2 * u, f0=-1, d0=0, dinf=inf, s1=2,
        conjugate=lambda t: t**2 / 4 + 1 if t >= 0 else mpf(1),
        printed=lambda t: t**2 / 4 + 1, g=lambda v: v + 2,
    ),
    "modified_gan": Row(
        lambda u: log(1 + u) - log(u), lambda u: -1 / (u * (1 + u)), f0=inf, f1=LN2, dinf=0, s1=mpf(-1) / 2,
        conjugate=modified_gan_conjugate, g=below(constant(0)),
    ),
}
for _name in ("kl", "pearson_chi2", "gan"):
    ROWS[f"symmetrised({_name})"] = symmetrised(ROWS[_name])
ROWS["adjoint(kl)"] = adjoint(KL)
ROWS["adjoint(neyman_chi2)"] = adjoint(ROWS["neyman_chi2"])

U = [1e-300, 1e-8, 0.125, 0.5, 0.9, 1.0, 1.001, 1.25, 2.0, 10.0, 1e8, 1e150]
T = [-30.0, -3.5, -2.5, -1.5, -0.75, -0.3, -0.01, 0.01, 0.2, 0.45, 0.9, 1.75, 5.0, 30.0]
L = [-1e4, -700.0, -40.0, -5.0, -1.0, -0.3, -1e-3, -1e-8, 1e-8, 1e-3, 0.3, 1.0, 5.0, 40.0, 700.0, 1e4]
V = [-1e4, -800.0, -30.0, -3.0, -0.5, 0.0, 0.5, 3.0, 30.0, 800.0, 1e4]


def supremum(row, t):
    """sup over u >= 0 of t*u - f(u), by bisection on f'(u) = t in log u."""
    if t > value(row.dinf):
        return inf
    if t <= value(row.d0):
        return -value(row.f0)
    low, high = mpf(-400), mpf(400)
    for _ in range(260):
        middle = (low + high) / 2
        if row.df(exp(middle)) < t:
            low = middle
        else:
            high = middle
    u = exp(low)
    return t * u - row.f(u)


def entry(h, x, dps=60):
    """[x, h(x), |x*h'(x)|], evaluated with `dps` digits."""
    with mp.workdps(dps):
        x = mpf(x)
        y = h(x)
        if isinf(y):
            return [float(x), "inf" if y > 0 else "-inf", 0.0]
        step = abs(x) * mpf(10) ** (-dps // 3) if x else mpf(10) ** (-dps // 3)
        slope = (h(x + step) - h(x - step)) / (2 * step)
        conditioning = abs(x * slope) if not isinf(slope) else inf
        if abs(y) > mpf("1e308") or not conditioning < mpf("1e308"):
            return None  # beyond f64
        return [float(x), float(y), float(f"{float(conditioning):.2g}")]


def member(row):
    centred = lambda l: log(row.f(exp(l)) - value(row.f1) - value(row.s1) * (exp(l) - 1))
    at_critic = lambda l: exp(l) * row.df(exp(l)) - row.f(exp(l))
    digits = lambda x: int(60 + abs(x))
    for t in T:
        if row.conjugate and t < value(row.dinf):
            closed, sup = row.conjugate(mpf(t)), supremum(row, mpf(t))
            assert abs(closed - sup) < mpf(10) ** -35 * (1 + abs(sup)), (t, closed, sup)
    rows = {
        "generator": [entry(row.f, u, 700) for u in U],
        "conjugate": [entry(lambda t: supremum(row, t), t, 400) for t in T],
        "ln_centred": [entry(centred, l, digits(l)) for l in L],
        "optimal_critic": [entry(lambda l: row.df(exp(l)), l, digits(l)) for l in L],
        "conjugate_of_optimal_critic": [entry(at_critic, l, digits(l)) for l in L],
    }
    if row.printed:
        printed = lambda t: row.printed(t) if t < value(row.dinf) else inf
        # With alpha > 1 the activation v leaves the printed domain: there the true one.
        composed = lambda v: row.conjugate(row.g(v)) if isinf(row.printed(row.g(v))) else row.printed(row.g(v))
        rows["printed_conjugate"] = [entry(printed, t) for t in T]
    elif row is AG:
        composed = at_critic
    if row.printed or row is AG:
        # Composites cancel against each other: alpha = 0.25 at v = 1e4 as much as any.
        rows["output_activation"] = [entry(row.g, v, digits(v)) for v in V]
        rows["conjugate_of_activation"] = [entry(composed, v, int(60 + 1.5 * abs(v))) for v in V]
    rows = {key: [e for e in entries if e] for key, entries in rows.items()}
    ends = {"at_zero": row.f0, "at_one": row.f1, "slope_at_zero": row.d0, "slope_at_infinity": row.dinf}
    for key, end in ends.items():
        y = value(end)
        rows[key] = ("inf" if y > 0 else "-inf") if isinf(y) else float(y)
    return rows


def laws():
    tensor = lambda x: torch.tensor(x, dtype=torch.float64)
    pairs = [([0.7, 0.3], [0.4, 0.6]), ([0.2, 0.5, 0.3], [0.3, 0.3, 0.4]), ([0.01, 0.99], [0.6, 0.4])]
    found = []
    for p, q in pairs:
        P, Q = numpy.array(p), numpy.array(q)
        power = lambda k: scipy.stats.power_divergence(P, Q, lambda_=k).statistic
        kl = torch.distributions.kl_divergence
        categorical = lambda x: torch.distributions.Categorical(tensor(x))
        values = [
            ("kl", "scipy.stats.entropy", scipy.stats.entropy(P, Q)),
            ("kl", "torch kl_divergence", kl(categorical(p), categorical(q)).item()),
            ("kl", "torch kl_div", torch.nn.functional.kl_div(tensor(q).log(), tensor(p), reduction="sum").item()),
            ("reverse_kl", "scipy.special.kl_div", scipy.special.kl_div(Q, P).sum()),
            ("jeffreys", "scipy.special.rel_entr", (scipy.special.rel_entr(P, Q) + scipy.special.rel_entr(Q, P)).sum()),
            ("js_weighted(0.5)", "scipy jensenshannon**2", scipy.spatial.distance.jensenshannon(P, Q) ** 2),
            ("total_variation", "scipy cityblock/2", scipy.spatial.distance.cityblock(P, Q) / 2),
            ("pearson_chi2", "scipy.stats.chisquare", scipy.stats.chisquare(P, Q).statistic),
            ("neyman_chi2", "scipy power_divergence neyman", power("neyman")),
            ("squared_hellinger", "scipy power_divergence freeman-tukey / 4", power("freeman-tukey") / 4),
            *[(f"alpha({a:g})", "scipy power_divergence / 2", power(a - 1) / 2) for a in (-2, 0.25, 0.75, 1.5, 3)],
        ]
        found += [{"name": n, "source": s, "p": p, "q": q, "value": float(x)} for n, s, x in values]
    p, q = [0.5, 0.5, 0.0], [0.0, 0.25, 0.75]  # neither dominates the other
    jsd = scipy.spatial.distance.jensenshannon(p, q) ** 2
    found.append({"name": "js_weighted(0.5)", "source": "scipy jensenshannon**2", "p": p, "q": q, "value": float(jsd)})
    return found


def special():
    tensor = lambda x: torch.tensor(x, dtype=torch.float64)
    xs = [-700.0, -30.0, -2.0, -0.5, 0.0, 0.5, 1.0, 2.0, 30.0, 1e4]
    return {
        "wright_omega": [[x, float(scipy.special.wrightomega(x))] for x in xs],
        "softplus": [[x, torch.nn.functional.softplus(tensor(x), threshold=1e9).item()] for x in xs if x < 700],
        "logsigmoid": [[x, torch.nn.functional.logsigmoid(tensor(x)).item()] for x in xs],
        "logaddexp": [[x, float(numpy.logaddexp(x, 1.0))] for x in xs],
    }


def main():
    members = {name: member(row) for name, row in ROWS.items()}
    target = pathlib.Path(__file__).with_suffix(".json")
    line = lambda x: json.dumps(x, separators=(",", ":"))
    parts = [
        '"members":{\n' + ",\n".join(f"{line(n)}:{line(m)}" for n, m in members.items()) + "\n}",
        '"laws":[\n' + ",\n".join(line(x) for x in laws()) + "\n]",
        f'"special":{line(special())}',
    ]
    target.write_text("{" + ",\n".join(parts) + "}\n")


if __name__ == "__main__":
    main()
