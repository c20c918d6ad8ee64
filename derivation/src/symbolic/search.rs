//! The search between two neighbouring lines: an e-graph that grows by the moves it is
//! given until both lines fall into one class. It is not trusted: the kernel replays
//! what it finds.

use super::limits::Limits;
use super::tree;
use crate::term::Term;
use egg::{AstSize, EGraph, Extractor, FlatTerm, Id, Language, RecExpr};
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

/// A line on the way and the number of the rule that led to it from the line before,
/// forwards or backwards.
pub(super) struct Stop {
    /// The term.
    pub(super) term: Term,
    /// The rule.
    pub(super) rule: usize,
}

/// How a search ended.
pub(super) enum Outcome {
    /// A way from left to right; the first line is not in it.
    Found(Vec<Stop>),
    /// All that the moves give was tried.
    Exhausted,
    /// A limit was reached first.
    Limit,
}

/// A node: a head and its children. The head is a term whose subterms are blanked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Node {
    head: Arc<Term>,
    children: Vec<Id>,
}

impl Language for Node {
    type Discriminant = Arc<Term>;

    fn discriminant(&self) -> Arc<Term> {
        Arc::clone(&self.head)
    }

    fn matches(&self, other: &Self) -> bool {
        self.head == other.head && self.children.len() == other.children.len()
    }

    fn children(&self) -> &[Id] {
        &self.children
    }

    fn children_mut(&mut self) -> &mut [Id] {
        &mut self.children
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.head)
    }
}

fn head(term: &Term) -> Arc<Term> {
    Arc::new(tree::map_children(term, &mut |_| Term::Infinity))
}

fn push(term: &Term, into: &mut RecExpr<Node>) -> Id {
    let children = tree::children(term).into_iter().map(|t| push(t, into)).collect();
    into.add(Node { head: head(term), children })
}

fn expression(term: &Term) -> RecExpr<Node> {
    let mut expression = RecExpr::default();
    push(term, &mut expression);
    expression
}

fn term_at(expression: &RecExpr<Node>, id: Id) -> Term {
    let node = &expression[id];
    tree::with_children(&node.head, node.children.iter().map(|c| term_at(expression, *c)).collect())
}

fn term_of(flat: &FlatTerm<Node>) -> Term {
    tree::with_children(&flat.node.head, flat.children.iter().map(term_of).collect())
}

/// The rule of the one rewrite in a line of an explanation.
fn rule_of(flat: &FlatTerm<Node>) -> Option<usize> {
    let own = flat.forward_rule.or(flat.backward_rule).and_then(|symbol| symbol.as_str().parse().ok());
    own.or_else(|| flat.children.iter().find_map(rule_of))
}

/// Finds a way from one term to another by equality saturation with egg. `moves` gives, of a
/// subterm, the terms that it may become, with their rules.
pub(super) fn connect(
    left: &Term,
    right: &Term,
    moves: &dyn Fn(&Term) -> Vec<(usize, Term)>,
    limits: &Limits,
) -> Outcome {
    let start = Instant::now();
    let mut graph: EGraph<Node, ()> = EGraph::default().with_explanations_enabled();
    let (from, to) = (expression(left), expression(right));
    let (a, b) = (graph.add_expr_uncanonical(&from), graph.add_expr_uncanonical(&to));
    let mut seen: HashSet<Term> = HashSet::new();
    // What is too long to be looked at may have been the way.
    let mut skipped = false;
    for _ in 0..limits.rounds {
        graph.rebuild();
        if graph.find(a) == graph.find(b) {
            return way(&mut graph, &from, &to);
        }
        let mut grown = false;
        for variant in variants(&graph, limits) {
            if !seen.insert(variant.clone()) {
                continue;
            }
            if start.elapsed() > limits.time || graph.total_size() > limits.nodes {
                return Outcome::Limit;
            }
            let mut own = None;
            if start.elapsed() > limits.time {
                return Outcome::Limit;
            }
            for (rule, result) in moves(&variant) {
                if result == variant {
                    continue;
                }
                if tree::size(&result) > limits.size {
                    skipped = true;
                    continue;
                }
                let here = *own.get_or_insert_with(|| graph.add_expr_uncanonical(&expression(&variant)));
                let there = graph.add_expr_uncanonical(&expression(&result));
                grown = true;
                graph.union_trusted(here, there, rule.to_string());
            }
        }
        if !grown {
            graph.rebuild();
            return if graph.find(a) == graph.find(b) {
                way(&mut graph, &from, &to)
            } else if skipped {
                Outcome::Limit
            } else {
                Outcome::Exhausted
            };
        }
    }
    graph.rebuild();
    if graph.find(a) == graph.find(b) { way(&mut graph, &from, &to) } else { Outcome::Limit }
}

fn way(graph: &mut EGraph<Node, ()>, from: &RecExpr<Node>, to: &RecExpr<Node>) -> Outcome {
    let mut explanation = graph.explain_equivalence(from, to);
    let flat = explanation.make_flat_explanation();
    let stops =
        flat.iter().skip(1).filter_map(|line| Some(Stop { rule: rule_of(line)?, term: term_of(line) }));
    Outcome::Found(stops.collect())
}

/// Of each part of a fraction so many other forms are tried.
const MOST_PARTS: usize = 4;

/// A class's terms: each node over the smallest terms of its children, and in a deep
/// search where it has one child only, over each node of that: E log (r/s) is then seen as
/// E log (p/q) too.
fn alternatives(
    graph: &EGraph<Node, ()>,
    class: Id,
    deep: bool,
    over_best: &dyn Fn(&Node) -> Option<Term>,
) -> Vec<Term> {
    let nodes = &graph[graph.find(class)].nodes;
    let plain = nodes.iter().filter_map(over_best);
    let deeper = nodes.iter().filter_map(|node| match node.children.as_slice() {
        [only] if deep => Some((node, *only)),
        _ => None,
    });
    let deeper = deeper.flat_map(|(node, only)| {
        let inner = graph[graph.find(only)].nodes.iter().filter_map(over_best);
        inner.map(|term| tree::with_children(&node.head, vec![term]))
    });
    plain.chain(deeper).collect()
}

/// The terms to which moves are applied: each node of each class over the smallest
/// terms of its children, over each node of one child, and fractions over nodes of both
/// parts, so that what both hold can be cancelled.
fn variants(graph: &EGraph<Node, ()>, limits: &Limits) -> Vec<Term> {
    let extractor = Extractor::new(graph, AstSize);
    let mut best: BTreeMap<Id, Term> = BTreeMap::new();
    for class in graph.classes() {
        let (_, smallest) = extractor.find_best(class.id);
        best.insert(class.id, term_at(&smallest, smallest.root()));
    }
    let over_best = |node: &Node| {
        let children: Option<Vec<Term>> =
            node.children.iter().map(|c| best.get(&graph.find(*c)).cloned()).collect();
        Some(tree::with_children(&node.head, children?))
    };
    let mut found = vec![];
    for class in graph.classes() {
        let mut here = vec![];
        for node in &class.nodes {
            here.extend(over_best(node));
        }
        for node in &class.nodes {
            let Some(plain) = over_best(node) else { continue };
            let children: Vec<Term> = tree::children(&plain).into_iter().cloned().collect();
            for (i, child) in node.children.iter().enumerate() {
                for other in alternatives(graph, *child, limits.deep, &over_best) {
                    if other != children[i] && here.len() < limits.variants {
                        let mut changed = children.clone();
                        changed[i] = other;
                        here.push(tree::with_children(&plain, changed));
                    }
                }
            }
            if let (Term::Quotient(..), [above, below]) = (&*node.head, node.children.as_slice()) {
                let others = |id: &Id, best: &Term| -> Vec<Term> {
                    let nodes = graph[graph.find(*id)].nodes.iter();
                    nodes.filter_map(&over_best).filter(|term| term != best).take(MOST_PARTS).collect()
                };
                let (above, below) = (others(above, &children[0]), others(below, &children[1]));
                for top in &above {
                    for bottom in &below {
                        here.push(tree::with_children(&plain, vec![top.clone(), bottom.clone()]));
                    }
                }
            }
        }
        found.extend(here);
    }
    found
}
