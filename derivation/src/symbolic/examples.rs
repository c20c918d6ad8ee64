//! The smallest use of each rule: a derivation that the reference shows, and that is
//! checked like any other.

/// A rule's name and a derivation that cites it.
#[rustfmt::skip]
const EXAMPLES: &[(&str, &str)] = &[
    ("algebra", "(a + b)^2\n  = a^2 + 2 * a * b + b^2   by algebra"),
    ("constant", "E[z ~ q(z)] log p(x)\n  = log p(x)   by constant"),
    ("linearity", "assuming h is bounded\nE[x ~ p] (2 * h(x) + 1)\n  = 2 * E[x ~ p] h(x) + 1   by linearity, constant"),
    ("log-ratio", "assuming a > 0, b > 0\nlog (a^2 / b)\n  = 2 * log a - log b   by log-ratio"),
    ("log-exp", "assuming a >= 0\nexp log a\n  = a   by log-exp"),
    ("exp-add", "exp(a - 1)\n  = (exp a) / exp 1   by exp-add"),
    ("positive part", "larger(a, 0)\n  = (a + |a|) / 2   by positive part"),
    ("chain", "p(x, z)\n  = p(z) * p(x | z)   by chain"),
    ("bayes", "assuming p(x) > 0\np(z | x)\n  = p(x, z) / p(x)   by bayes\n  = p(x | z) * p(z) / p(x)   by chain"),
    ("marginal", "int[z] p(x, z)\n  = p(x)   by marginal"),
    ("tower", "assuming h is bounded\nE[x, z ~ p(x, z)] h(z)\n  = E[x ~ p(x)] E[z ~ p(z | x)] h(z)   by tower"),
    ("importance", "assuming p << q\nE[x ~ q] (p(x) / q(x))\n  = int[x] p(x)   by importance\n  = 1   by total mass"),
    ("def E", "assuming h is bounded\nE[x ~ p] h(x)\n  = int[x] p(x) * h(x)   by def E"),
    ("def KL", "KL(p || q)\n  = E[x ~ p] log (p(x) / q(x))   by def KL"),
    ("def D_f", "let f be a generator\nassuming p << q\nD_f(p || q)\n  = E[x ~ q] f(p(x) / q(x))   by def D_f"),
    ("def H", "let x be finite\nH(p)\n  = -E[x ~ p] log p(x)   by def H"),
    ("def JS", "let m(x) = (p(x) + q(x)) / 2 be a law\nJS(p || q)\n  = 1/2 * KL(p || m) + 1/2 * KL(q || m)   by def JS"),
    ("def chi2", "assuming p << q\nchi2(p || q)\n  = E[x ~ q] (p(x) / q(x) - 1)^2   by def chi2"),
    ("chi2 moment", "assuming p << q\n1 + chi2(p || q)\n  = E[x ~ q] (p(x) / q(x))^2   by chi2 moment"),
    ("cross-entropy", "let x be finite\nH(p, q)\n  = H(p) + KL(p || q)   by cross-entropy"),
    ("def TV", "TV(p || q)\n  = 1/2 * int[x] |p(x) - q(x)|   by def TV"),
    ("def H2", "H2(p || q)\n  = 1/2 * int[x] (sqrt(p(x)) - sqrt(q(x)))^2   by def H2"),
    ("def f", "let f(u) = u * log u be a generator\nassuming t > 0\nf(t)\n  = t * log t   by def f"),
    ("def f*", "let f be a generator\nf*(t)\n  = sup[u in [0, inf)] { t * u - f(u) }   by def f*"),
    ("def m", "let m(x) = (p(x) + q(x)) / 2 be a law\nm(x)\n  = (p(x) + q(x)) / 2   by def m"),
    ("normalised", "let f be a generator\nassuming f is normalised\nf(1)\n  = 0   by normalised"),
    ("assumption", "assuming a <= b\na + 1\n  <= b + 1   by assumption"),
    ("KL >= 0", "KL(p || q)\n  >= 0   by KL >= 0"),
    ("D_f >= 0", "let f be a generator\nassuming f is normalised\nD_f(p || q)\n  >= 0   by D_f >= 0"),
    ("Gibbs", "let x be finite\nH(p, q)\n  >= H(p)   by Gibbs"),
    ("Jensen", "assuming h is bounded\nE[x ~ p] h(x)^2\n  >= (E[x ~ p] h(x))^2   by Jensen"),
    ("log x <= x - 1", "assuming a > 0\nlog a\n  <= a - 1   by log x <= x - 1"),
    ("log-sum", "let x be finite\nlet a(x), b(x) in (0, inf)\nsum[x] a(x) * log (a(x) / b(x))\n  >= (sum[x] a(x)) * log ((sum[x] a(x)) / (sum[x] b(x)))   by log-sum"),
    ("Fenchel-Young", "let f be a generator\nassuming u in dom f, t in dom f*\nt * u\n  <= f(u) + f*(t)   by Fenchel-Young"),
    ("triangle", "TV(p || q)\n  = 1/2 * int[x] |p(x) - q(x)|   by def TV\n  <= 1/2 * int[x] (|p(x) - r(x)| + |r(x) - q(x)|)   by triangle"),
    ("f** <= f", "let f be a generator\nf**(u)\n  <= f(u)   by f** <= f"),
    ("Fenchel-Moreau", "let f be a generator\nassuming f is closed\nf(u)\n  = sup[t in dom f*] { t * u - f*(t) }   by Fenchel-Moreau"),
    ("interchange", "let f be a generator\nassuming p << q\nE[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) }\n  = sup[T(x) in dom f*] E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x)))   by interchange"),
    ("sup-exchange", "let f be a generator\nassuming p << q\nsup[t in dom f*] E[x ~ q] (t * p(x) / q(x) - f*(t))\n  <= E[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) }   by sup-exchange"),
    ("restriction", "let C be a class of functions into [0, 1]\nsup[T(x) in [0, 1]] E[x ~ p] T(x)\n  >= sup[T(x) in C] E[x ~ p] T(x)   by restriction"),
    ("instance", "let f be a generator\nassuming u in dom f\nf*(t)\n  = sup[v in dom f] { t * v - f(v) }   by def f*\n  >= t * u - f(u)   by instance (v = u)"),
    ("stationary", "sup[u in R] { 2 * t * u - u^2 }\n  attained at u = t   by stationary\n  = t^2   by algebra"),
    ("shift", "sup[T(x)] { E[x ~ p] T(x) - E[x ~ q] exp T(x) }\n  = sup[T(x)] sup[c] { E[x ~ p] (T(x) + c) - E[x ~ q] exp(T(x) + c) }   by shift"),
    ("differentiate under E", "let q(z; theta) be a law\nassuming q is regular, h is bounded\nd[theta] int[z] q(z; theta) * h(z)\n  = int[z] d[theta] (q(z; theta) * h(z))   by differentiate under E"),
    ("log-derivative", "let q(z; theta) be a law\nassuming q is regular, q has constant support\nd[theta] q(z; theta)\n  = q(z; theta) * d[theta] log q(z; theta)   by log-derivative"),
    ("derivative", "d[theta] exp(a * theta)\n  = a * exp(a * theta)   by derivative"),
    ("reparameterize", "let e, z be real\nlet q(z; theta) be the law of g(e, theta) with e ~ r(e)\nassuming h is bounded\nE[z ~ q(z; theta)] h(z)\n  = E[e ~ r(e)] h(g(e, theta))   by reparameterize"),
    ("monotone", "assuming b >= 0\na + b\n  >= a   by monotone"),
];

/// The smallest use of a rule.
pub fn example(rule: &str) -> Option<&'static str> {
    EXAMPLES.iter().find(|(name, _)| *name == rule).map(|(_, text)| *text)
}
