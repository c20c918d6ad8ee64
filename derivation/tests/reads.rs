//! Derivations that must be read as they stand.

use derivation::syntax::{blocks, parse};
use derivation::typeset::plain;

const ELBO: &str = "assuming KL(q(z|x) || p(z|x)) < inf
log p(x)
  =  E[z ~ q(z|x)] log p(x)                                   by constant
  =  E[z ~ q(z|x)] log (p(x,z) / p(z|x))                      by bayes
  =  E[z ~ q(z|x)] log (p(x,z) / q(z|x)) + KL(q(z|x) || p(z|x))   by log-ratio, linearity, def KL
  >= E[z ~ q(z|x)] log (p(x,z) / q(z|x))                      by KL >= 0
";

const BOUND: &str = "let f be the generator
let C be a class of functions into dom f*
assuming p << q, f is convex, closed
D_f(p || q)
  = E[x ~ q] f(p(x)/q(x))                                      by def D_f
  = E[x ~ q] sup[t in dom f*] { t * p(x)/q(x) - f*(t) }        by Fenchel-Moreau
  = sup[T(x) in dom f*] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }  by interchange (T(x) = f'(p(x)/q(x))), linearity
  >= sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }      by restriction [gap]
";

const WITNESS: &str = "let f(u) = u log u be a generator
sup[u in [0, inf)] { t u - u log u }
  attained at u = e^(t - 1)   by stationary (u = e^(t-1))
  = e^(t-1)
";

const OTHERS: &[&str] = &[
    ELBO,
    BOUND,
    WITNESS,
    "KL(p || q) >= 0 by KL >= 0",
    "let q(z; theta) be the law of g(e, theta) with e ~ r(e)\nassuming q is regular in theta\nd[theta] E[z ~ q(z; theta)] h(z)\n = d[theta] E[e ~ r(e)] h(g(e, theta)) by pathwise\n = E[e ~ r] d[theta] h(g(e, theta)) by exchange",
    "d[θ] E[z ∼ q(z; θ)] h(z)\n = E[z ~ q(z; theta)] h(z) * d[theta] log q(z; theta) by score",
    "TV(p || q) = 1/2 * int[x] |p(x) - q(x)|",
    "let m(x) = (p(x) + q(x)) / 2 be a law\nJS(p || q) = 1/2 * KL(p || m) + 1/2 * KL(q || m) by def JS",
    "KL(p(x,z) || q(x,z)) = KL(p(x) || q(x)) + E[x ~ p] KL(p(z|x) || q(z|x)) by chain rule [2]",
    "chi2(p || q) = E[x ~ q] (p(x)/q(x) - 1)^2",
    "let x be real\nE[x ~ p] (x - c)^2\n >= 0",
    "H(p, q) = -E[x ~ p] log q(x)",
    "sum[x] p(x) = 1",
];

#[test]
fn reads() {
    for source in OTHERS {
        match parse("id", "title", source) {
            Ok(chain) => {
                println!(
                    "{:?}",
                    chain.context.laws.iter().map(|l| (&l.name, &l.of, &l.given)).collect::<Vec<_>>()
                );
                println!("{:?}", chain.context.points);
                println!("{}", plain(&chain.first));
                for link in &chain.links {
                    println!("  {:?} {}", link.relation, plain(&link.term));
                }
            }
            Err(faults) => {
                panic!("{}", faults.iter().map(|f| f.render("x", source, false)).collect::<String>())
            }
        }
    }
}

#[test]
fn finds_blocks() {
    let page =
        "text\n```derivation id=\"elbo\" title=\"The bound\" slow\na = b\n```\n~~~rust\n```derivation\n~~~\n";
    let found = blocks(page);
    assert_eq!(found.len(), 1);
    assert_eq!((&*found[0].id, &*found[0].title, &*found[0].source), ("elbo", "The bound", "a = b\n"));
    assert_eq!(&page[found[0].offset..][..5], "a = b");
}
