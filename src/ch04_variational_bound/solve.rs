//! A small symmetric system, as a Newton step needs it.

/// Solves H·x = g for a covariance matrix H, given by rows, by Cholesky's method.
///
/// Directions without variance (constant or dependent features) get x = 0: there the
/// solution is not unique. `H` and `g` are used up.
pub(super) fn solve_covariance(mut h: Vec<Vec<f64>>, mut g: Vec<f64>) -> Vec<f64> {
    let n = g.len();
    let largest = (0..n).map(|i| h[i][i]).fold(0.0, f64::max);
    // What n subtractions leave of a pivot that should be 0.
    let floor = largest * f64::EPSILON * n as f64 * 4.0;
    for k in 0..n {
        let pivot = h[k][k] - (0..k).map(|j| h[k][j] * h[k][j]).sum::<f64>();
        let root = if pivot > floor { pivot.sqrt() } else { 0.0 };
        let column: Vec<f64> =
            (k + 1..n).map(|i| h[i][k] - (0..k).map(|j| h[i][j] * h[k][j]).sum::<f64>()).collect();
        h[k][k] = root;
        for (i, value) in (k + 1..n).zip(column) {
            h[i][k] = if root > 0.0 { value / root } else { 0.0 };
        }
    }
    for k in 0..n {
        let rest = g[k] - (0..k).map(|j| h[k][j] * g[j]).sum::<f64>();
        g[k] = if h[k][k] > 0.0 { rest / h[k][k] } else { 0.0 };
    }
    for k in (0..n).rev() {
        let rest = g[k] - (k + 1..n).map(|i| h[i][k] * g[i]).sum::<f64>();
        g[k] = if h[k][k] > 0.0 { rest / h[k][k] } else { 0.0 };
    }
    g
}

#[cfg(test)]
mod tests {
    use super::solve_covariance;

    #[test]
    fn a_system_and_its_solution() {
        let h = vec![vec![4.0, 2.0], vec![2.0, 3.0]];
        let x = solve_covariance(h, vec![10.0, 9.0]);
        assert!((x[0] - 1.5).abs() < 1e-14 && (x[1] - 2.0).abs() < 1e-14, "{x:?}");
    }

    #[test]
    fn a_dependent_feature_gets_nothing() {
        // The second feature is twice the first.
        let h = vec![vec![1.0, 2.0], vec![2.0, 4.0]];
        assert_eq!(solve_covariance(h, vec![3.0, 6.0]), [3.0, 0.0]);
    }
}
