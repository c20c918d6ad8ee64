//! The modes in the plane, as the labs' benchmarks have them.

/// The centres of the modes of the ring or the grid.
pub(crate) fn centres(data: &str) -> Vec<(f64, f64)> {
    if data == "ring" {
        let angle = |k: u32| std::f64::consts::TAU * f64::from(k) / 8.0;
        return (0..8).map(|k| (angle(k).cos(), angle(k).sin())).collect();
    }
    let places = [-4.0, -2.0, 0.0, 2.0, 4.0];
    places.iter().flat_map(|&x| places.iter().map(move |&y| (x, y))).collect()
}

/// The share of points within three deviations of a mode.
pub(super) fn high_quality(data: &str, points: &[(f64, f64)]) -> f64 {
    let reach = 3.0 * if data == "ring" { 0.01 } else { 0.05 };
    let centres = centres(data);
    let good = |(x, y): &&(f64, f64)| centres.iter().any(|(a, b)| (x - a).hypot(y - b) <= reach);
    points.iter().filter(good).count() as f64 / points.len() as f64
}
