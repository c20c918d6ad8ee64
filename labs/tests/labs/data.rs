//! Sources of data: samples, modes, files with holes.

use crate::numbers::near;
use labs::data::{Data, Modes};
use labs::random::{Random, Stream};
use std::io::Write;

fn random() -> Random {
    Random::new(3, Stream::Training)
}

#[test]
fn the_line_has_the_mixtures_moments() {
    let data = Data::find("line").expect("data");
    let x: Vec<f64> = data.sample(100_000, &mut random()).iter().map(|&x| f64::from(x)).collect();
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    // 0.33·(−1) + 0.67·2 = 1.01, deviation 1.83: five standard errors are 0.029.
    assert!((mean - 1.01).abs() < 0.029, "{mean}");
}

#[test]
fn a_perfect_sampler_reaches_the_ceiling_and_no_more() {
    for (name, modes) in [("ring", Modes::ring()), ("grid", Modes::grid())] {
        let points = Data::find(name).expect("data").sample(20_000, &mut random());
        let quality = modes.quality(&points);
        assert_eq!(quality.modes, modes.count());
        // 1 − e^{−4.5}, with a standard error of 0.074 %.
        assert!((quality.high_quality - 0.98889).abs() < 0.0037, "{name}: {quality:?}");
        // (modes − 1)/(2n) on average: at most 6e-4.
        assert!(quality.reverse_kl < 2e-3, "{name}: {quality:?}");
    }
}

#[test]
fn points_between_modes_are_of_low_quality() {
    let quality = Modes::grid().quality(&[1.0, 1.0, 3.0, -1.0]);
    assert_eq!((quality.modes, quality.high_quality), (0, 0.0));
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().expect("a file");
    file.write_all(text.as_bytes()).expect("written");
    file
}

fn complaint(text: &str) -> String {
    let file = file(text);
    Data::find(&file.path().to_string_lossy()).expect_err("bad data").to_string()
}

#[test]
fn files_are_read_and_scaled() {
    let file = file("x, y\n1, 10\n3, 30\n5, 20\n");
    let data = Data::find(&file.path().to_string_lossy()).expect("data");
    assert_eq!(data.dimension(), 2);
    let points = data.sample(1000, &mut random());
    let Data::Points(scaling) = &data else { panic!("points") };
    for row in scaling.unscaled(&points).chunks_exact(2) {
        let known = [[1.0, 10.0], [3.0, 30.0], [5.0, 20.0]];
        assert!(known.iter().any(|k| near(row[0], k[0], 1e-6, 1.0) && near(row[1], k[1], 1e-6, 1.0)));
    }
}

#[test]
fn holes_are_told_with_their_line() {
    assert!(complaint("1,2\n3,\n").contains("line 2 has an empty cell"));
    assert!(complaint("1,2\n3,x\n").contains("line 2: `x`"));
    assert!(complaint("a,b\n1,2\n3,nan\n").contains("line 3"));
    assert!(complaint("1,2\n3\n").contains("line 2 has 1 numbers, the first has 2"));
    assert!(complaint("1,2\n1,3\n").contains("column 1 is constant"));
    assert!(complaint("").contains("at least two lines"));
    assert!(complaint("1,2,3\n4,5,6\n").contains("one or two numbers"));
    assert!(Data::find("nowhere.csv").expect_err("no file").to_string().contains("nowhere.csv"));
}
