//! Chapter 5's games and training runs: what they refuse, and that a seed decides.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use vdm::ch05_algorithm::{
    CriticHead, GameError, GeneratorLoss, LineTraining, QuadraticGame, Snapshot, TrainingError, Updates,
};
use vdm::density::Gaussian;

#[test]
fn a_game_has_curvatures_and_a_coupling() {
    for (a, b, c) in [(0.0, 0.0, 0.0), (1.0, 2.0, -3.0)] {
        assert!(QuadraticGame::new(a, b, c).is_ok());
    }
    assert_eq!(QuadraticGame::new(-0.5, 0.0, 1.0), Err(GameError::Curvature { name: 'a', value: -0.5 }));
    let infinite = f64::INFINITY;
    assert_eq!(
        QuadraticGame::new(0.0, infinite, 1.0),
        Err(GameError::Curvature { name: 'b', value: infinite })
    );
    let told = QuadraticGame::new(1.0, 1.0, f64::NAN).unwrap_err().to_string();
    assert_eq!(told, "the coupling c is NaN: it must be finite");
}

#[test]
fn a_path_begins_at_its_start() {
    let game = QuadraticGame::new(0.5, 0.25, 2.0).unwrap();
    for updates in Updates::BOTH {
        let path = game.path(updates, (1.0, -1.0), 0.125, 7);
        assert_eq!((path.len(), path[0]), (8, (1.0, -1.0)));
    }
    assert_eq!(game.objective(1.0, -1.0), 0.25 - 2.0 - 0.125);
}

fn training(data: &Gaussian) -> LineTraining<'_> {
    LineTraining {
        data,
        start: Gaussian::new(2.0, 0.5).unwrap(),
        head: CriticHead::FganJs,
        loss: GeneratorLoss::Saddle,
        updates: Updates::Simultaneous,
        batch: 32,
        step: 0.05,
        steps: 20,
        record_every: 10,
    }
}

fn seen(training: &LineTraining<'_>, seed: u64) -> Result<Vec<Snapshot>, TrainingError> {
    training.run(&mut ChaCha8Rng::seed_from_u64(seed))
}

#[test]
fn a_seed_decides_a_run() {
    let data = Gaussian::new(0.0, 1.0).unwrap();
    let run = training(&data);
    assert_eq!(seen(&run, 1), seen(&run, 1));
    assert_ne!(seen(&run, 1), seen(&run, 2));
    let first = seen(&run, 1).unwrap()[0];
    // The critic that knows nothing says f'(1) = 0 everywhere.
    assert_eq!((first.estimate, first.bound, first.weights), (0.0, 0.0, [0.0; 3]));
}

#[test]
fn a_run_without_a_meaning_is_refused() {
    let data = Gaussian::new(0.0, 1.0).unwrap();
    let run = training(&data);
    assert_eq!(seen(&LineTraining { batch: 0, ..run }, 1), Err(TrainingError::EmptyBatch));
    assert_eq!(seen(&LineTraining { record_every: 0, ..run }, 1), Err(TrainingError::NoSnapshots));
    for step in [0.0, -0.1, f64::INFINITY] {
        let refused = Err(TrainingError::StepSize { value: step });
        assert_eq!(seen(&LineTraining { step, ..run }, 1), refused);
    }
}

#[test]
fn a_run_that_diverges_says_when() {
    let data = Gaussian::new(0.0, 1.0).unwrap();
    // KL's critic has an exponential loss: one large step is one too many.
    let run = LineTraining { head: CriticHead::Kl, step: 50.0, record_every: 1000, ..training(&data) };
    let why = seen(&run, 1).unwrap_err();
    assert!(matches!(why, TrainingError::Diverged { step: 1..=20 }), "{why}");
    assert!(why.to_string().contains("take smaller steps"));
}
