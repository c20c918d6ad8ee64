//! The 10–21 point Gauss–Kronrod rule.
//!
//! The constants are computed by `tests/witnesses/gauss_kronrod.py` to 60 digits
//! from the rule's definition, and rounded; the tests compare them with that
//! record and check that the rule is exact for polynomials of degree 31.

/// The non-negative nodes, from the outermost to 0. Those of the Gauss rule are
/// at odd places.
pub const NODES: [f64; 11] = [
    0.9956571630258081,
    0.9739065285171717,
    0.9301574913557082,
    0.8650633666889845,
    0.7808177265864169,
    0.6794095682990244,
    0.5627571346686047,
    0.4333953941292472,
    0.2943928627014602,
    0.14887433898163122,
    0.0,
];

/// Kronrod's weights, one a node.
pub const KRONROD: [f64; 11] = [
    0.011694638867371874,
    0.032558162307964725,
    0.054755896574351995,
    0.07503967481091996,
    0.0931254545836976,
    0.10938715880229764,
    0.12349197626206584,
    0.13470921731147334,
    0.14277593857706009,
    0.14773910490133849,
    0.1494455540029169,
];

/// Gauss's weights, for the nodes at odd places.
pub const GAUSS: [f64; 5] =
    [0.06667134430868814, 0.1494513491505806, 0.21908636251598204, 0.26926671930999635, 0.29552422471475287];

/// How many points a rule evaluates.
pub const POINTS: usize = 2 * NODES.len() - 1;

/// What the two rules say about one panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Applied {
    /// Kronrod's value, the better one.
    pub kronrod: f64,
    /// Gauss's value.
    pub gauss: f64,
    /// ∫ |f|, by Kronrod's rule.
    pub absolute: f64,
}

/// The points on \[`low`, `high`\], in increasing order.
pub fn points(low: f64, high: f64) -> [f64; POINTS] {
    let centre = low / 2.0 + high / 2.0;
    let half = high / 2.0 - low / 2.0;
    std::array::from_fn(|i| match i {
        0..11 => centre - half * NODES[i],
        _ => centre + half * NODES[POINTS - 1 - i],
    })
}

/// Both rules, from the values at [`points`] and half the panel's width.
pub fn combine(values: &[f64; POINTS], half: f64) -> Applied {
    // Means of the values: their sums may overflow where the integral does not.
    let middle = values[10] / 2.0;
    let mut sums =
        Applied { kronrod: KRONROD[10] * middle, gauss: 0.0, absolute: KRONROD[10] * middle.abs() };
    for (i, weight) in KRONROD.iter().enumerate().take(10) {
        let (left, right) = (values[i] / 2.0, values[POINTS - 1 - i] / 2.0);
        sums.kronrod += weight * (left + right);
        sums.absolute += weight * (left.abs() + right.abs());
        if i % 2 == 1 {
            sums.gauss += GAUSS[i / 2] * (left + right);
        }
    }
    let integral = |mean: f64| mean * half * 2.0;
    Applied {
        kronrod: integral(sums.kronrod),
        gauss: integral(sums.gauss),
        absolute: integral(sums.absolute),
    }
}

/// Both rules for f on \[`low`, `high`\].
///
/// ```
/// use vdm::quadrature::rule;
/// let cube = rule::apply(|x| x.powi(3), 0.0, 2.0);
/// assert!((cube.kronrod - 4.0).abs() < 1e-14 && (cube.gauss - 4.0).abs() < 1e-14);
/// ```
pub fn apply(f: impl FnMut(f64) -> f64, low: f64, high: f64) -> Applied {
    combine(&points(low, high).map(f), high / 2.0 - low / 2.0)
}
