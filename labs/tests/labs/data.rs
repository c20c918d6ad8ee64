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
    for row in in_own_units(&data, &points).chunks_exact(2) {
        let known = [[1.0, 10.0], [3.0, 30.0], [5.0, 20.0]];
        assert!(known.iter().any(|k| near(row[0], k[0], 1e-6, 1.0) && near(row[1], k[1], 1e-6, 1.0)));
    }
}

fn in_own_units(data: &Data, points: &[f32]) -> Vec<f64> {
    data.unscaled(&points.iter().map(|&x| f64::from(x)).collect::<Vec<_>>())
}

/// A file's points in its own units, each that is drawn.
fn read_back(text: &str) -> Vec<f64> {
    let file = file(text);
    let data = Data::find(&file.path().to_string_lossy()).expect("data");
    let points = data.sample(200, &mut random());
    in_own_units(&data, &points)
}

#[test]
fn marks_line_ends_and_sizes_are_no_matter() {
    for text in ["\u{feff}1\n3\n", "1\r\n3\r\n", "1\n3", "\u{feff}x\r\n1\r\n3\r\n", " 1 \n\n3\n"] {
        for x in read_back(text) {
            assert!(near(x, 1.0, 1e-6, 0.0) || near(x, 3.0, 1e-6, 0.0), "{text:?}: {x}");
        }
    }
    // Squares of these are beyond f64, or below it.
    for size in [1e300, 1e-300] {
        for x in read_back(&format!("{size:e}\n{:e}\n", 3.0 * size)) {
            assert!(near(x / size, 1.0, 1e-6, 0.0) || near(x / size, 3.0, 1e-6, 0.0), "{size}: {x}");
        }
    }
}

#[test]
fn holes_are_told_with_their_line() {
    assert!(complaint("1,2\n3,\n").contains("line 2 has an empty cell"));
    assert!(complaint("1,2\n3,x\n").contains("line 2: `x`"));
    assert!(complaint("a,b\n1,2\n3,nan\n").contains("line 3"));
    assert!(complaint("1,2\n3\n").contains("line 2 has 1 numbers, the first has 2"));
    assert!(complaint("1,2\n1,3\n").contains("column 1 is constant"));
    // The mean of equal numbers is not always one of them.
    let constant: String = (0..50).map(|i| format!("{i},0.7\n")).collect();
    assert!(complaint(&constant).contains("column 2 is constant"));
    assert!(complaint("1,2\n").contains("found 1 of 2"));
    assert!(complaint("x,y\nz,w\n").contains("line 2: `z`"));
    for (text, cell, by) in [
        ("1;2\n3;4\n", "line 2: `3;4`", "semicolons"),
        ("1,5;2,5\n3,5;4,5\n", "line 1: `5;2`", "semicolons"),
        ("1\t2\n3\t4\n", "line 2: `3\t4`", "tabs"),
        ("x y\n1 2\n", "line 2: `1 2`", "spaces"),
    ] {
        let told = complaint(text);
        assert!(told.contains(cell) && told.contains(by), "{text:?}: {told}");
    }
    // Words are not numbers with something between.
    assert!(complaint("1,2\n3,a;b\n").ends_with("`a;b` is no finite number"));
    // A first line with a number in it is data, not titles.
    assert!(complaint("1,\n2,3\n").contains("line 1 has an empty cell"));
    assert!(complaint("1,x\n2,3\n").contains("line 1: `x`"));
    assert!(complaint("1,2\n3,inf\n").contains("line 2: `inf`"));
    assert!(complaint("1,2\n3,1e999\n").contains("line 2: `1e999`"));
    assert!(complaint("1,1.7e308\n3,-1.7e308\n5,1.7e308\n").contains("column 2 spans more"));
    assert!(complaint("1,\u{0}\n2,3\n").contains("line 1"));
    assert!(complaint("").contains("at least two lines"));
    assert!(complaint("1,2,3\n4,5,6\n").contains("leave out the columns"));
    let mut utf_16 = tempfile::Builder::new().suffix(".csv").tempfile().expect("a file");
    utf_16.write_all(b"\xff\xfe1\x002\x00").expect("written");
    let told = Data::find(&utf_16.path().to_string_lossy()).expect_err("no text").to_string();
    assert!(told.contains("UTF-8") && !told.contains("byte"), "{told}");
    assert!(Data::find("nowhere.csv").expect_err("no file").to_string().contains("nowhere.csv"));
}
