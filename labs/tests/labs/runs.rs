//! Whole runs in small: what they learn, that they repeat, that they go on.

use candle_core::Device;
use labs::fgan::run::{self, Pace};
use labs::fgan::{Config, Game, GeneratorKind, Updates, exact, measure};
use labs::folder::Folder;
use labs::mlp::team::Team;
use labs::sgd::Optimizer;
use labs::{LabError, checkpoint};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

/// A run of a second or so.
fn small(divergence: &str) -> Config {
    Config {
        divergence: divergence.into(),
        hidden: 16,
        batch: 256,
        steps: 400,
        polish: 0,
        ..Config::for_data("line")
    }
}

fn trained(config: Config) -> Game {
    let mut game = Game::new(config, &Device::Cpu).expect("a game");
    run::train(&mut game, None, Pace::default(), |_| {}).expect("a run");
    game
}

#[test]
fn a_short_run_comes_near_the_optimum() {
    for (name, heuristic) in [("kl", false), ("reverse_kl", false), ("fgan_js", false), ("gan", true)] {
        let game = trained(Config { heuristic, ..small(name) });
        let (mean, deviation) = measure::gaussian(&game).expect("μ̂ and σ̂");
        let f = game.loss().divergence();
        let (there, best) =
            (exact::divergence(f, mean, deviation).expect("D_f"), exact::best(f).expect("an optimum"));
        // At the start D_f − D_f* is 0.5 (KL); a short run leaves little of it.
        assert!(there - best.divergence < 0.02, "{name}: {there} at ({mean}, {deviation}), {best:?}");
        let bound = measure::bound(&game, 40_000).expect("a bound");
        let error = bound.standard_error.expect("a standard error");
        assert!(bound.mean < there + 4.0 * error, "{name}: {bound:?} above {there}");
        assert!(bound.mean > there - 0.05, "{name}: {bound:?} far below {there}");
    }
}

#[test]
fn alternating_updates_learn_too() {
    let game = trained(Config { updates: Updates::Alternating, critic_steps: 2, ..small("kl") });
    let (mean, deviation) = measure::gaussian(&game).expect("μ̂ and σ̂");
    assert!((mean - 1.01).abs() < 0.3 && (deviation - 1.83).abs() < 0.3, "({mean}, {deviation})");
}

/// The bytes of a checkpoint of the game.
fn bytes(game: &Game) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("c.safetensors");
    checkpoint::save(game, &path).expect("saved");
    std::fs::read(path).expect("bytes")
}

#[test]
fn a_run_that_goes_on_has_the_same_bits() {
    for config in [
        Config { steps: 30, polish: 10, ..small("kl") },
        Config {
            generator: GeneratorKind::Mlp,
            updates: Updates::Alternating,
            heuristic: true,
            steps: 30,
            ..small("jeffreys")
        },
        Config { optimizer: Optimizer::Sgd, steps: 30, ..small("fgan_js") },
    ] {
        let whole = trained(config.clone());
        for stop in [1, 17, 29] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("c.safetensors");
            let mut game = Game::new(config.clone(), &Device::Cpu).expect("a game");
            for _ in 0..stop {
                game.advance().expect("a step");
            }
            checkpoint::save(&game, &path).expect("saved");
            drop(game);
            let mut game = checkpoint::load(&path, &Device::Cpu).expect("loaded");
            run::train(&mut game, None, Pace::default(), |_| {}).expect("the rest");
            assert!(bytes(&game) == bytes(&whole), "stopped at {stop}");
        }
        // The bits are not the same for every run.
        assert!(bytes(&trained(Config { seed: 1, ..config })) != bytes(&whole));
    }
}

#[test]
fn a_run_has_the_same_bits_on_any_number_of_threads() {
    // Long enough for losses and networks to be shared out.
    let config = Config {
        generator: GeneratorKind::Mlp,
        updates: Updates::Alternating,
        batch: 600,
        steps: 20,
        ..small("fgan_js")
    };
    let on = |threads| Team::new(threads).install(|| bytes(&trained(config.clone())));
    let alone = on(1);
    assert!(on(2) == alone && on(5) == alone);
}

#[test]
fn a_cut_or_changed_checkpoint_is_told_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("c.safetensors");
    let whole = bytes(&Game::new(small("kl"), &Device::Cpu).expect("a game"));
    for length in [0, 5, 100, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).expect("written");
        let error = checkpoint::load(&path, &Device::Cpu).expect_err("cut").to_string();
        assert!(error.contains("cut or changed") && error.lines().count() == 1, "{error}");
    }
    // A bit of a parameter, a digit of what is no parameter, a digit of the checksum.
    let at = |text: &str| whole.windows(text.len()).position(|window| window == text.as_bytes());
    let step = at(r#"\"step\":0"#).expect("the step") + r#"\"step\":"#.len();
    let sum = at(r#""run":""#).expect("the checksum") + r#""run":""#.len();
    for (place, bit) in [(whole.len() - 9, 0x40), (step, 1), (sum, 1)] {
        let mut changed = whole.clone();
        changed[place] ^= bit;
        std::fs::write(&path, changed).expect("written");
        let error = checkpoint::load(&path, &Device::Cpu).expect_err("changed").to_string();
        assert!(error.contains("its checksum is not") && error.lines().count() == 1, "{place}: {error}");
    }
    let foreign = safetensors::serialize::<&str, candle_core::Tensor, _>([], None).expect("bytes");
    std::fs::write(&path, foreign).expect("written");
    let error = checkpoint::load(&path, &Device::Cpu).expect_err("foreign").to_string();
    assert!(error.contains("no run of this lab"), "{error}");
}

#[test]
fn a_number_that_is_none_ends_the_run_and_keeps_the_state() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run");
    // e^{v−1} of KL overflows soon at such a rate.
    let config = Config { critic_rate: 1e4, clip: None, ..small("kl") };
    let mut game = Game::new(config, &Device::Cpu).expect("a game");
    let mut kept = Folder::create(&path, &game).expect("a folder");
    let error = run::train(&mut game, Some(&mut kept), Pace::default(), |_| {}).expect_err("no number");
    assert!(matches!(error, LabError::NotFinite { .. }) && error.to_string().lines().count() == 1, "{error}");
    assert!(error.to_string().contains(&*path.to_string_lossy()), "{error}");
    drop(kept);
    let (_, game) = Folder::resume(&path, &Device::Cpu).expect("what was trained");
    let (mean, deviation) = measure::gaussian(&game).expect("μ̂ and σ̂");
    assert!(mean.is_finite() && deviation.is_finite());
}

#[test]
fn a_folder_is_free_as_soon_as_it_is_let_go_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run");
    drop(Folder::create(&path, &Game::new(small("kl"), &Device::Cpu).expect("a game")).expect("a folder"));
    // Programs that start meanwhile: each holds for a moment all files that are open.
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let _ = Command::new("/nonexistent").status();
            }
        });
        let held = (0..300).filter(|_| Folder::resume(&path, &Device::Cpu).is_err()).count();
        done.store(true, Ordering::Relaxed);
        assert_eq!(held, 0, "of 300 times the folder was still held");
    });
}

#[test]
fn settings_without_sense_are_refused() {
    for config in [
        Config { batch: 0, ..small("kl") },
        Config { critic_rate: f64::NAN, ..small("kl") },
        Config { clip: Some(-1.0), ..small("kl") },
        small("kl_divergence_of_the_other_kind"),
        Config { data: "triangle".into(), ..small("kl") },
    ] {
        assert!(Game::new(config, &Device::Cpu).is_err());
    }
}

#[test]
fn the_generator_ends_at_its_mean_over_the_last_part() {
    let config = Config { steps: 40, average: 0.5, ..small("kl") };
    let averaged = measure::gaussian(&trained(config.clone())).expect("μ̂ and σ̂");
    // The same run without a mean, looked at after every step.
    let mut game = Game::new(Config { average: 0.0, ..config }, &Device::Cpu).expect("a game");
    let mut seen = Vec::new();
    while game.step < 40 {
        game.advance().expect("a step");
        let (mean, deviation) = measure::gaussian(&game).expect("μ̂ and σ̂");
        seen.push((mean, deviation.ln()));
    }
    let of_last = |count: usize| {
        let last = &seen[seen.len() - count..];
        let sum = last.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
        (sum.0 / count as f64, (sum.1 / count as f64).exp())
    };
    // Forty additions in f32.
    let near = |(mean, deviation): (f64, f64)| {
        (averaged.0 - mean).abs() < 1e-5 && (averaged.1 - deviation).abs() < 1e-5
    };
    assert!(near(of_last(20)), "{averaged:?}, {:?}", of_last(20));
    assert!(!near(of_last(19)) && !near(of_last(40)) && !near(of_last(1)));
}

#[test]
fn a_divergence_has_one_name() {
    let game = Game::new(small("KL"), &Device::Cpu).expect("a game");
    assert_eq!(game.config.divergence, "kl");
}

#[test]
fn a_folder_that_lost_its_lines_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run");
    drop(Folder::create(&path, &Game::new(small("kl"), &Device::Cpu).expect("a game")).expect("a folder"));
    for file in ["metrics.jsonl", "samples.jsonl", "lock"] {
        std::fs::remove_file(path.join(file)).expect("removed");
    }
    std::fs::write(path.join("config.json"), "another run's").expect("written");
    let (kept, game) = Folder::resume(&path, &Device::Cpu).expect("resumed");
    let settings = std::fs::read(path.join("config.json")).expect("settings");
    assert_eq!(serde_json::from_slice::<Config>(&settings).expect("settings"), game.config);
    let (metrics, clouds) = kept.course().expect("the course");
    assert!(metrics.is_empty() && clouds.is_empty());
    // Nothing to draw is no reason to draw for ever.
    labs::plot::draw(&game, &kept).expect("pictures");
    assert!(path.join("densities.svg").exists() && !path.join("bound.svg").exists());
}

#[test]
fn a_readers_own_points_come_back_in_their_own_units() {
    let folder = tempfile::tempdir().expect("a folder");
    for (columns, picture) in [(1, "densities.svg"), (2, "samples.svg")] {
        let file = folder.path().join(format!("{columns}.csv"));
        let row = |i: i32| ["1000", "5"][..columns].iter().map(|c| format!("{c}.{i}")).collect::<Vec<_>>();
        let text: String = (10..99).map(|i| row(i).join(",") + "\n").collect();
        std::fs::write(&file, text).expect("written");
        let data = file.to_string_lossy();
        let config = Config { batch: 64, hidden: 8, steps: 5, ..Config::for_data(&data) };
        let mut game = Game::new(config, &Device::Cpu).expect("a game");
        let path = folder.path().join(format!("run{columns}"));
        let mut kept = Folder::create(&path, &game).expect("a folder");
        let pace = Pace { cloud: 50, ..Pace::default() };
        run::train(&mut game, Some(&mut kept), pace, |_| {}).expect("a run");
        let (_, clouds) = kept.course().expect("the course");
        let points = &clouds.last().expect("samples").points;
        assert_eq!(points.len(), 50 * columns);
        // An untrained generator stays within some deviations of the data, which are 0.26.
        for point in points.chunks_exact(columns) {
            let near = point.iter().zip([1000.5, 5.5]).all(|(x, centre)| (x - centre).abs() < 3.0);
            assert!(near, "{point:?}");
        }
        labs::plot::draw(&game, &kept).expect("pictures");
        assert!(path.join(picture).exists());
    }
}

#[cfg(unix)]
#[test]
fn files_of_a_run_may_be_read_alike() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run");
    drop(Folder::create(&path, &Game::new(small("kl"), &Device::Cpu).expect("a game")).expect("a folder"));
    let mode = |file| std::fs::metadata(path.join(file)).expect("a file").permissions().mode();
    // Written anew in every step of the run, and written on.
    assert_eq!(mode("checkpoint.safetensors"), mode("metrics.jsonl"));
}
