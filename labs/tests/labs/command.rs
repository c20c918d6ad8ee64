//! The command as a reader types it: killed, resumed, with odd input.

use labs::DeviceChoice;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

pub(crate) const SMALL: [&str; 12] = [
    "fgan",
    "--hidden",
    "16",
    "--batch",
    "64",
    "--steps",
    "600",
    "--polish",
    "0",
    "--samples",
    "1000",
    "--json",
];

pub(crate) fn labs(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_labs"));
    command.args(arguments);
    command
}

pub(crate) fn output(arguments: &[&str]) -> Output {
    labs(arguments).output().expect("the command runs")
}

fn in_folder<'a>(flag: &'a str, folder: &'a str) -> Vec<&'a str> {
    SMALL.iter().copied().chain([flag, folder, "--lines", "10", "--saves", "1"]).collect()
}

/// The steps that the metrics tell of.
pub(crate) fn lines(folder: &Path) -> usize {
    std::fs::read_to_string(folder.join("metrics.jsonl")).map_or(0, |text| text.lines().count())
}

#[test]
fn a_killed_run_goes_on_to_the_same_bits() {
    let folder = tempfile::tempdir().expect("a folder");
    let (whole, killed) = (folder.path().join("whole"), folder.path().join("killed"));
    assert!(output(&in_folder("--run", &whole.to_string_lossy())).status.success());

    let name = killed.to_string_lossy();
    let mut child = labs(&in_folder("--run", &name))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let start = Instant::now();
    while lines(&killed) < 7 && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert!(!killed.join("result.json").exists(), "the run was too quick to be killed");
    // The settings are the folder's own.
    let resumed = ["fgan", "--samples", "1000", "--json", "--resume", &name, "--lines", "10", "--saves", "1"];
    assert!(output(&resumed).status.success());

    let bytes = |folder: &Path, file: &str| std::fs::read(folder.join(file)).expect("a file");
    assert!(bytes(&whole, "checkpoint.safetensors") == bytes(&killed, "checkpoint.safetensors"));
    assert_eq!(bytes(&whole, "metrics.jsonl"), bytes(&killed, "metrics.jsonl"));
    // Another run does not overwrite it.
    let again = output(&in_folder("--run", &name));
    assert!(!again.status.success() && one_line(&again).contains("--resume"));
}

pub(crate) fn one_line(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(text.lines().filter(|line| line.starts_with("error")).count(), 1, "{text}");
    text
}

#[test]
fn odd_input_gets_one_clear_line() {
    for (arguments, said) in [
        (vec!["fgan", "--divergence", "revers_kl"], "near it: reverse_kl"),
        (vec!["fgan", "--data", "circle"], "neither line, ring nor grid"),
        (vec!["fgan", "--data", "nowhere.csv"], "nowhere.csv"),
        (vec!["fgan", "--resume", "/nowhere/at/all"], "/nowhere/at/all"),
        (vec!["fgan", "--batch", "0"], "--batch"),
        (vec!["fgan", "--steps", "1", "--run", "/proc/nowhere"], "/proc/nowhere"),
    ] {
        let output = output(&arguments);
        assert!(!output.status.success() && one_line(&output).contains(said), "{arguments:?}: {output:?}");
    }
}

#[test]
fn a_device_that_is_not_there_gets_one_clear_line() {
    if DeviceChoice::Cuda.open().is_ok() {
        return;
    }
    for command in [&["fgan"][..], &["bench", "fgan"]] {
        let output = output(&[command, &["--device", "cuda"]].concat());
        assert!(!output.status.success() && one_line(&output).contains("--device cpu"), "{output:?}");
    }
    // What is there is taken, and said.
    let output = output(&[&SMALL[..], &["--device", "auto"]].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.starts_with("training on the CPU ("), "{said}");
}

#[test]
fn results_are_json_with_the_truth_beside() {
    let output = output(&SMALL);
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(result["bound"]["standard_error"].as_f64().is_some_and(|e| e > 0.0), "{result}");
    assert!(result["line"]["best"]["mean"].as_f64().is_some_and(|m| (m - 1.01).abs() < 1e-3), "{result}");
    let table = labs(&SMALL)
        .args(["--table", "--seeds", "2", "--divergences", "kl,js_weighted(0.3)"])
        .output()
        .expect("the command runs");
    let columns: serde_json::Value = serde_json::from_slice(&table.stdout).expect("JSON");
    assert_eq!(columns.as_array().map(Vec::len), Some(2), "{columns}");
    assert_eq!(columns[1]["across"].as_array().map(Vec::len), Some(5), "{columns}");
}

#[test]
fn the_step_is_timed() {
    let timed = |arguments: &[&str]| {
        let all = [&["bench", "fgan", "--steps", "5", "--json"], arguments].concat();
        serde_json::from_slice::<serde_json::Value>(&output(&all).stdout).expect("JSON")
    };
    for arguments in [
        &["--hidden", "8", "--batch", "16", "--dim", "2"][..],
        &["--hidden", "8", "--batch", "16", "--optimizer", "sgd"],
        &["--preset", "line"],
        &["--preset", "ring"],
    ] {
        let result = timed(arguments);
        assert!(result["steps_per_s"].as_f64().is_some_and(|rate| rate > 0.0), "{result}");
        let share = result["share_of_limit"].as_f64().expect("a share");
        assert!(share > 0.0 && share < 1.5, "{result}");
    }
    // 16 rows of 2-8-8-1 and 2-8-8-2, by hand: critic step 96 + 2·(88 + 160), generator step
    // 96 + 2·88 + 176.
    let result = timed(&["--hidden", "8", "--batch", "16", "--dim", "2"]);
    assert_eq!(result["multiply_adds_per_step"], 16 * (96 + 2 * (88 + 160) + 96 + 2 * 88 + 176), "{result}");
}
