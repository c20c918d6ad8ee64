//! What may go wrong while a run is on its way: each case one clear line, and what was
//! trained is kept.

use crate::command::{SMALL, labs, lines, one_line, output};
use candle_core::Device;
use labs::fgan::run::{self, Pace};
use labs::fgan::{Config, Game};
use labs::folder::Folder;
use labs::{LabError, checkpoint};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn fails(arguments: &[&str], said: &[&str]) -> String {
    let output = output(arguments);
    let text = one_line(&output);
    assert!(!output.status.success(), "{arguments:?}: {output:?}");
    assert!(said.iter().any(|said| text.contains(said)), "{arguments:?}: {text}");
    text
}

#[test]
fn settings_without_sense_get_one_line() {
    for (setting, value) in [
        ("--learning-rate", "0"),
        ("--learning-rate", "-1"),
        ("--learning-rate", "nan"),
        ("--critic-rate", "inf"),
        ("--generator-rate", "1e-400"),
        ("--beta1", "1"),
        ("--beta1", "-0.5"),
        ("--beta1", "nan"),
        ("--clip", "-1"),
        ("--clip", "nan"),
        ("--blur", "-1"),
        ("--blur", "nan"),
        ("--average", "nan"),
        ("--average", "2"),
        ("--batch", "0"),
        ("--batch", "-3"),
        ("--hidden", "0"),
        ("--hidden", "1000000"),
        ("--noise", "0"),
        ("--critic-steps", "0"),
        ("--steps", "18446744073709551615"),
        ("--samples", "0"),
        ("--lines", "0"),
        ("--saves", "0"),
        ("--seed", "1.5"),
        ("--updates", "both"),
        ("--divergence", ""),
        ("--divergence", "alpha(nan)"),
        ("--divergence", "js_weighted(3.14159)"),
    ] {
        let argument = format!("{setting}={value}");
        let what = setting.trim_start_matches("--");
        fails(
            &["fgan", &argument],
            // The learning rate sets both players'; the divergence is told by its own library.
            &[what, what.trim_start_matches("learning-"), "divergence", "α", "π"],
        );
    }
    for arguments in [["bench", "fgan", "--steps", "0"], ["bench", "fgan", "--dim", "0"]] {
        fails(&arguments, &["is not in 1.."]);
    }
}

/// A small run that is never done by itself, in a folder.
fn endless(folder: &str) -> Vec<&str> {
    let mut arguments: Vec<&str> =
        SMALL.iter().map(|argument| if *argument == "600" { "1000000" } else { argument }).collect();
    arguments.extend(["--run", folder, "--lines", "10", "--saves", "1"]);
    arguments
}

/// Waits until the run has told of its progress.
fn begun(folder: &Path) {
    let start = Instant::now();
    while lines(folder) < 5 {
        assert!(start.elapsed() < Duration::from_secs(60), "the run does not begin");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_saves_and_the_run_goes_on_to_the_same_bits() {
    let folder = tempfile::tempdir().expect("a folder");
    let (stopped, whole) = (folder.path().join("stopped"), folder.path().join("whole"));
    let name = stopped.to_string_lossy();
    let child = labs(&endless(&name)).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let child = child.expect("the command runs");
    begun(&stopped);
    // A second process keeps off the folder while the first is in it.
    for flag in ["--run", "--resume"] {
        fails(&["fgan", flag, &name], &["another process trains in"]);
    }
    let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(signal.expect("kill").success());
    let ended: Output = child.wait_with_output().expect("ended");
    let text = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(130), "{text}");
    assert!(text.contains("stopped at step") && text.contains("--resume"), "{text}");

    // Every step that was taken is kept, not only those up to the last line.
    let game = checkpoint::load(&stopped.join("checkpoint.safetensors"), &Device::Cpu).expect("loaded");
    assert!(text.contains(&format!("step {}", game.step)), "{text}, kept {}", game.step);

    // As if it had never been stopped: the same number of steps in one go.
    let (kept, mut game) = Folder::resume(&stopped, &Device::Cpu).expect("resumed");
    let mut straight = Game::new(game.config.clone(), &Device::Cpu).expect("a game");
    let further = game.step + 20;
    for game in [&mut game, &mut straight] {
        while game.step < further {
            game.advance().expect("a step");
        }
    }
    kept.save(&game).expect("saved");
    std::fs::create_dir(&whole).expect("a folder");
    checkpoint::save(&straight, &whole.join("checkpoint.safetensors")).expect("saved");
    let bytes = |folder: &Path| std::fs::read(folder.join("checkpoint.safetensors")).expect("bytes");
    assert!(bytes(&stopped) == bytes(&whole));
}

/// A game that trains for a second at most.
fn game() -> Game {
    let config = Config { hidden: 16, batch: 64, steps: 60, polish: 0, ..Config::for_data("line") };
    Game::new(config, &Device::Cpu).expect("a game")
}

/// What became of a run whose folder takes nothing more from step 20 on.
fn run_out(folder: &Path, fill: impl FnOnce()) -> (LabError, Vec<u8>, Vec<u8>) {
    let mut game = game();
    let mut kept = Folder::create(folder, &game).expect("a folder");
    let path = folder.join("checkpoint.safetensors");
    while game.step < 20 {
        game.advance().expect("a step");
    }
    kept.save(&game).expect("saved");
    let before = std::fs::read(&path).expect("bytes");
    fill();
    let pace = Pace { lines: 5, saves: Some(1), ..Pace::default() };
    let error = run::train(&mut game, Some(&mut kept), pace, |_| {}).expect_err("no room");
    (error, before, std::fs::read(&path).expect("the checkpoint"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run_and_leaves_the_checkpoint_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = folder.path().join("run");
    // The metrics go to the device that is always full.
    std::fs::create_dir(&run).expect("a folder");
    std::os::unix::fs::symlink("/dev/full", run.join("metrics.jsonl")).expect("a link");
    let (error, before, after) = run_out(&run, || {});
    let text = error.to_string();
    assert!(text.contains("No space left") && text.contains("--resume"), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(before == after);
}

/// This test again, inside a small file system of its own.
const INSIDE: &str = "LABS_TEST_SMALL_DISK";

#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_that_fills_up_leaves_the_checkpoint_before() {
    if let Ok(disk) = std::env::var(INSIDE) {
        let disk = Path::new(&disk);
        let fill = || {
            // Down to the last byte.
            let mut size = 1 << 20;
            for name in 0.. {
                let filled = std::fs::write(disk.join(format!("full{name}")), vec![0; size]);
                size = if filled.is_err() { size / 2 } else { size };
                if size == 0 {
                    break;
                }
            }
        };
        let (error, before, after) = run_out(&disk.join("run"), fill);
        let text = error.to_string();
        assert!(text.contains("No space left") && text.contains("--resume"), "{text}");
        assert!(before == after);
        // No half of a new one lies about.
        let run = std::fs::read_dir(disk.join("run")).expect("the folder");
        let names: Vec<_> = run.flatten().map(|entry| entry.file_name()).collect();
        // Settings, metrics, samples, checkpoint and lock.
        assert_eq!(names.len(), 5, "{names:?}");
        // With room again it goes on.
        for entry in std::fs::read_dir(disk).expect("the disk").flatten() {
            if entry.file_name().to_string_lossy().starts_with("full") {
                std::fs::remove_file(entry.path()).expect("removed");
            }
        }
        let (mut kept, mut game) = Folder::resume(&disk.join("run"), &Device::Cpu).expect("resumed");
        assert_eq!(game.step, 20);
        run::train(&mut game, Some(&mut kept), Pace::default(), |_| {}).expect("the rest");
        return;
    }
    let disk = tempfile::tempdir().expect("a folder");
    let here = std::env::current_exe().expect("this test");
    let script = "mount -t tmpfs -o size=600k tmpfs \"$1\" || exit 77; shift; exec \"$@\"";
    let name = "odd::a_small_disk_that_fills_up_leaves_the_checkpoint_before";
    let inside = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"])
        .arg(disk.path())
        .arg(here)
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, disk.path())
        .output();
    match inside {
        Ok(output) if output.status.code() == Some(77) => {
            eprintln!("not run: no file system can be mounted here");
        }
        Ok(output) if output.status.success() => {
            assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"), "{output:?}");
        }
        Ok(output) if String::from_utf8_lossy(&output.stderr).starts_with("unshare:") => {
            eprintln!("not run: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(output) => panic!("{output:?}"),
        Err(why) => eprintln!("not run: {why}"),
    }
}

#[test]
fn a_folder_that_is_a_file_gets_one_line() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let name = file.path().to_string_lossy().into_owned();
    fails(&["fgan", "--steps", "1", "--run", &name], &["is a file; name a folder"]);
    fails(&["fgan", "--resume", &name], &["no run is in"]);
}

#[test]
fn a_folder_without_a_run_is_left_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    fails(&["fgan", "--resume", &folder.path().to_string_lossy()], &["no run is in"]);
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn a_number_below_zero_is_a_number() {
    for (arguments, said) in [
        (["fgan", "--learning-rate", "-1"], "-1 is not a number above 0"),
        (["fgan", "--clip", "-0.5"], "-0.5 is not a number above 0"),
        (["fgan", "--steps", "-1"], "invalid value '-1' for '--steps"),
        (["fgan", "--samples", "100000001"], "is not in 2..=100000000"),
    ] {
        fails(&arguments, &[said]);
    }
}

/// What a child says and how it ends, within a minute.
fn ended(mut child: std::process::Child) -> Output {
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().expect("killed");
            panic!("it does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().expect("ended")
}

#[test]
fn a_run_of_no_steps_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = folder.path().join("run");
    let name = run.to_string_lossy();
    let none = ["fgan", "--steps", "0", "--polish", "0", "--samples", "1000", "--run", &name];
    let child = labs(&none).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let output = ended(child.expect("the command runs"));
    assert!(output.status.success() && run.join("result.json").exists(), "{output:?}");
}

#[test]
fn a_reader_who_has_read_enough_is_no_error() {
    for arguments in [&SMALL[..], &["bench", "fgan", "--steps", "5"], &["fgan", "--steps", "1"]] {
        let child = labs(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("the command runs");
        drop(child.stdout.take());
        let output = ended(child);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_shown_gets_one_line() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
    let child = labs(&SMALL).stdout(full()).stderr(Stdio::piped()).spawn();
    let output = ended(child.expect("the command runs"));
    let last = String::from_utf8_lossy(&output.stderr).lines().last().map(str::to_owned);
    assert!(!output.status.success() && last.is_some_and(|line| line.contains("stdout: No space")));
    // Nobody needs to hear of the progress.
    let child = labs(&SMALL).stdout(Stdio::piped()).stderr(full()).spawn();
    assert!(ended(child.expect("the command runs")).status.success());
}

#[cfg(unix)]
#[test]
fn measuring_stops_when_asked_and_the_training_is_kept() {
    use std::io::{BufRead, BufReader};
    let folder = tempfile::tempdir().expect("a folder");
    let name = folder.path().join("run").to_string_lossy().into_owned();
    let long = ["fgan", "--steps", "5", "--polish", "0", "--samples", "100000000", "--run", &name];
    let child = labs(&long).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("the command runs");
    let mut said = BufReader::new(child.stderr.take().expect("stderr")).lines();
    let trained = said.next().expect("a line").expect("text");
    assert!(trained.starts_with("step 5/5"), "{trained}");
    let signal = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(signal.expect("kill").success());
    assert_eq!(ended(child).status.code(), Some(130));
    let last = said.next().expect("a line").expect("text");
    assert!(last.contains("stopped at step 5; go on with --resume"), "{last}");
}

#[test]
fn a_run_that_goes_on_keeps_its_settings() {
    fails(&["fgan", "--resume", "somewhere", "--hidden", "8"], &["cannot be used with"]);
}

#[test]
fn a_checkpoint_of_other_settings_is_told_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("checkpoint.safetensors");
    checkpoint::save(&game(), &path).expect("saved");
    let whole = std::fs::read(&path).expect("bytes");
    // The header is JSON in text: settings of the same length in the place of its own.
    for (from, to, said) in [
        (r#"\"hidden\":16"#, r#"\"hidden\":17"#, "another shape"),
        (r#"\"generator\":\"gaussian\""#, r#"\"generator\":\"mlp\"     "#, "is missing"),
        (r#"\"precision\":\"f32\""#, r#"\"precision\":\"f64\""#, "another shape"),
        (r#"\"batch\":64"#, r#"\"batch\": 0"#, "--batch"),
        (r#"\"divergence\":\"kl\""#, r#"\"divergence\":\"lk\""#, "lk"),
        (r#"\"batch\":64"#, r#"\"botch\":64"#, "batch"),
        ("vdm labs fgan ", "vdm labs vgan ", "its format is"),
    ] {
        let at = whole.windows(from.len()).position(|window| window == from.as_bytes());
        let at = at.unwrap_or_else(|| panic!("the header has no {from}"));
        let mut changed = whole.clone();
        changed[at..at + to.len()].copy_from_slice(to.as_bytes());
        std::fs::write(&path, changed).expect("written");
        let error = checkpoint::load(&path, &Device::Cpu).expect_err(to).to_string();
        assert!(error.contains(said) && error.lines().count() == 1, "{to}: {error}");
    }
}
