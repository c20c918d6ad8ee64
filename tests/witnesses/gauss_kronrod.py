"""Nodes and weights of the 10-21 point Gauss-Kronrod rule, by mpmath.

    python3 gauss_kronrod.py        # mpmath 1.3; writes gauss_kronrod.json

The Gauss nodes are the zeros of the Legendre polynomial P10. Kronrod's further
eleven are the zeros of the Stieltjes polynomial E11, which is odd and fixed by
integral of P10(x) E11(x) x^k = 0 for k = 1, 3, 5, 7, 9. Weights are integrals of
Lagrange's polynomials. 60 digits; the library's constants are these, rounded.
Nodes from 1 inwards to 0; the rule is symmetric. Gauss nodes are at odd places.
"""
import json
import pathlib

from mpmath import mp, mpf

mp.dps = 60
N = 10


def integral(poly):
    """Over [-1, 1], of a polynomial given by its coefficients, lowest first."""
    return sum(2 * c / (k + 1) for k, c in enumerate(poly) if k % 2 == 0)


def multiply(a, b):
    out = [mpf(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


def power(k):
    return [mpf(0)] * k + [mpf(1)]


def legendre(n):
    a, b = [mpf(1)], [mpf(0), mpf(1)]
    for j in range(2, n + 1):
        up = [mpf(0)] + [(2 * j - 1) * c / j for c in b]
        down = [(j - 1) * c / j for c in a] + [mpf(0)] * 2
        a, b = b, [u - d for u, d in zip(up, down)]
    return b


def stieltjes(p):
    """E11 = x^11 + sum of c_j x^j over j = 1, 3, .., 9."""
    odd = range(1, N + 1, 2)
    rows = mp.matrix([[integral(multiply(p, power(j + k))) for j in odd] for k in odd])
    right = mp.matrix([-integral(multiply(p, power(N + 1 + k))) for k in odd])
    poly = power(N + 1)
    for j, c in zip(odd, mp.lu_solve(rows, right)):
        poly[j] = c
    return poly


def zeros(poly):
    found = mp.polyroots(poly[::-1], maxsteps=500, extraprec=400)
    assert all(abs(mp.im(x)) < mpf(10) ** -50 for x in found)
    return [mp.re(x) for x in found]


def weights(nodes):
    out = []
    for x in nodes:
        poly = [mpf(1)]
        for y in nodes:
            if y != x:
                poly = multiply(poly, [-y / (x - y), 1 / (x - y)])
        out.append(integral(poly))
    return out


p = legendre(N)
gauss = sorted(zeros(p), reverse=True)
kronrod = sorted(gauss + zeros(stieltjes(p)), reverse=True)
gauss_weights, kronrod_weights = weights(gauss), weights(kronrod)
for k in range(0, 3 * N + 2):  # exact to degree 31
    assert abs(sum(w * x**k for x, w in zip(kronrod, kronrod_weights)) - integral(power(k))) < mpf(10) ** -45

half = {
    "nodes": kronrod[: N + 1],
    "kronrod": kronrod_weights[: N + 1],
    "gauss": gauss_weights[: N // 2],
}
half["nodes"][N] = mpf(0)
record = {name: [float(x) for x in values] for name, values in half.items()}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n")
