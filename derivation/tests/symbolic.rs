//! The symbolic certificate on whole derivations: true ones are proved link by link,
//! lines that do not follow are not.

use derivation::report::Missing;
use derivation::symbolic::{Limits, Proof, prove};
use derivation::syntax::{Block, blocks, parse};

/// The derivations of the files in a folder of suites.
fn suite(folder: &str) -> Vec<(String, Block)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        blocks(&text).into_iter().map(move |block| (name.clone(), block))
    };
    files.into_iter().flat_map(read).collect()
}

#[test]
fn no_false_derivation_is_proved() {
    let mut wrong = vec![];
    for (file, block) in suite("false") {
        let Ok(chain) = parse(&block.id, "", &block.source) else { continue };
        let link: usize = block.attributes["link"].parse().unwrap();
        let proof = prove(&chain.context, chain.before(link - 1), &chain.links[link - 1], &Limits::default());
        if let Proof::Found(steps) = proof {
            wrong.push(format!("{file}/{} link {link}: {steps:#?}", block.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_true_derivation_is_proved() {
    let (mut missing, mut links) = (vec![], 0);
    for (file, block) in suite("true") {
        let Ok(chain) = parse(&block.id, "", &block.source) else { continue };
        for (i, link) in chain.links.iter().enumerate() {
            links += 1;
            let proof = prove(&chain.context, chain.before(i), link, &Limits::default());
            if let Proof::Missing(why) = proof {
                eprintln!("{file}/{} link {}: {why:?}", block.id, i + 1);
                missing.push(format!("{file}/{} link {}: {why:?}", block.id, i + 1));
            }
        }
    }
    assert!(missing.is_empty(), "{} of {links}:\n{}", missing.len(), missing.join("\n"));
}

/// The verdicts on the links of a derivation.
#[track_caller]
fn proofs(source: &str) -> Vec<Proof> {
    let chain = match parse("test", "test", source) {
        Ok(chain) => chain,
        Err(mistakes) => {
            let told: Vec<String> = mistakes.iter().map(|m| m.render("test", source, false)).collect();
            panic!("{}", told.join("\n"))
        }
    };
    let limits = Limits::default();
    (0..chain.links.len()).map(|i| prove(&chain.context, chain.before(i), &chain.links[i], &limits)).collect()
}

#[track_caller]
fn proved(source: &str) {
    for (i, proof) in proofs(source).iter().enumerate() {
        assert!(matches!(proof, Proof::Found(_)), "link {}: {proof:?}\n{source}", i + 1);
    }
}

#[track_caller]
fn missing(source: &str, link: usize) -> Missing {
    match proofs(source).swap_remove(link) {
        Proof::Missing(missing) => missing,
        Proof::Found(steps) => panic!("proved: {steps:#?}"),
    }
}

#[test]
fn evidence_lower_bound() {
    proved(
        "assuming KL(q(z|x) || p(z|x)) < inf
log p(x)
  = E[z ~ q(z|x)] log p(x) by constant
  = E[z ~ q(z|x)] log (p(x,z) / p(z|x)) by bayes
  = E[z ~ q(z|x)] log (p(x,z) / q(z|x)) + KL(q(z|x) || p(z|x)) by log-ratio, linearity, def KL
  >= E[z ~ q(z|x)] log (p(x,z) / q(z|x)) by KL >= 0",
    );
}

#[test]
fn evidence_lower_bound_by_jensen() {
    proved(
        "assuming p(z|x) << q(z|x)
log p(x)
  = log int[z] p(x,z) by marginal
  = log E[z ~ q(z|x)] (p(x,z) / q(z|x)) by importance
  >= E[z ~ q(z|x)] log (p(x,z) / q(z|x)) by Jensen",
    );
}

#[test]
fn five_step_bound() {
    proved(
        "let TT be a class of functions into dom f*
assuming p << q, f is closed
D_f(p(x) || q(x))
  = E[x ~ q(x)] f(p(x) / q(x)) by def D_f
  = E[x ~ q(x)] sup[t in dom f*] { t * (p(x) / q(x)) - f*(t) } by Fenchel-Moreau
  = sup[T(x) in dom f*] E[x ~ q(x)] { T(x) * (p(x) / q(x)) - f*(T(x)) } by interchange
  = sup[T(x) in dom f*] { E[x ~ p(x)] T(x) - E[x ~ q(x)] f*(T(x)) } by importance, linearity
  >= sup[T(x) in TT] { E[x ~ p(x)] T(x) - E[x ~ q(x)] f*(T(x)) } by restriction",
    );
}

#[test]
fn debugging() {
    proved(
        "sup[T(x) in R] { E[x ~ p(x)] T(x) - (E[x ~ q(x)] exp(T(x))) / (E[x ~ q(x)] exp(T(x))) }
  = sup[T(x) in R] { E[x ~ p(x)] T(x) - 1 } by algebra",
    );
    proved(
        "sup[T(x) in R] { E[x ~ p(x)] T(x) - E[x ~ q(x)] exp(T(x) - log E[x ~ q(x)] exp(T(x))) }
  = sup[T(x) in R] { E[x ~ p(x)] T(x) - 1 } by linearity, exp-add, log-exp",
    );
    proved(
        "sup[T(x) in R] sup[c in R] { E[x ~ p(x)] T(x) + c - E[x ~ q(x)] exp(T(x) + c - 1) }
  = sup[T(x) in R] { E[x ~ p(x)] T(x) + 1 - log E[x ~ q(x)] exp(T(x)) - E[x ~ q(x)] exp(T(x) + 1 - log E[x ~ q(x)] exp(T(x))  - 1) } by stationary (c = 1 - log E[x ~ q(x)] exp(T(x)))",
    );
}

#[test]
fn donsker_varadhan() {
    proved(
        "sup[T(x) in R] { E[x ~ p(x)] T(x) - E[x ~ q(x)] exp(T(x) - 1) }
  = sup[T(x) in R] sup[c in R] { E[x ~ p(x)] { T(x) + c } - E[x ~ q(x)] exp(T(x) + c - 1) } by shift
  = sup[T(x) in R] sup[c in R] { E[x ~ p(x)] T(x) + c - E[x ~ q(x)] exp(T(x) + c - 1) } by linearity, constant
  = sup[T(x) in R] { E[x ~ p(x)] T(x) - log E[x ~ q(x)] exp(T(x)) } by stationary (c = 1 - log E[x ~ q(x)] exp(T(x))), linearity, constant, exp-add, log-exp",
    );
}

#[test]
fn chain_rule_of_kl() {
    proved(
        "KL(p(x,z) || q(x,z))
  = E[x, z ~ p(x,z)] log (p(x,z) / q(x,z)) by def KL
  = E[x ~ p(x)] E[z ~ p(z|x)] log (p(x,z) / q(x,z)) by tower
  = E[x ~ p(x)] E[z ~ p(z|x)] { log (p(x) / q(x)) + log (p(z|x) / q(z|x)) } by chain, log-ratio
  = E[x ~ p(x)] { log (p(x) / q(x)) + E[z ~ p(z|x)] log (p(z|x) / q(z|x)) } by linearity, constant
  = KL(p(x) || q(x)) + E[x ~ p(x)] KL(p(z|x) || q(z|x)) by linearity, def KL",
    );
}

#[test]
fn score_identity() {
    proved(
        "let q(z; theta) be a law
assuming q is regular, q has constant support
0 = d[theta] int[z] q(z; theta) by marginal, derivative
  = int[z] d[theta] q(z; theta) by differentiate under E
  = int[z] q(z; theta) * d[theta] log q(z; theta) by log-derivative
  = E[z ~ q(z; theta)] d[theta] log q(z; theta) by def E",
    );
}
