//! A run on disk: everything that the next step depends on, in one file.
//!
//! The format is safetensors: the parameters and moments under their names, and the
//! rest (settings, step, place in the stream of chance) as JSON in its header, with a
//! checksum of all before it. A new file takes the place of the old one in one move, so that
//! a run killed at any moment leaves a whole checkpoint.

use crate::fgan::Player;
use crate::fgan::{Config, Game};
use crate::random::{Place, Random};
use crate::{LabError, Result};
use candle_core::{Device, Tensor};
use safetensors::{SafeTensors, View};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;

/// What is no tensor.
#[derive(Serialize, Deserialize)]
struct Rest {
    /// Which program wrote it, and in which version of this format.
    format: String,
    config: Config,
    step: u64,
    random: Place,
    generator_steps: u64,
    critic_steps: u64,
    /// How many θ of the generator its mean is of.
    averaged: u64,
}

const FORMAT: &str = "vdm labs fgan 3";
const KEY: &str = "run";

/// A player's tensors under their names.
fn tensors(player: &Player, who: &str) -> Result<Vec<(String, Tensor)>> {
    let (m, v) = player.adam.moments();
    let mut named = Vec::new();
    let mean = player.average.state().0;
    let vectors =
        [("theta", player.parameters.frozen()), ("m", m.clone()), ("v", v.clone()), ("mean", mean.clone())];
    for (what, vector) in vectors {
        // One way from a GPU for all parts; what fails there is an error here.
        for (part, tensor) in player.parameters.split(&vector.to_device(&Device::Cpu)?)? {
            named.push((format!("{who}.{what}.{part}"), tensor));
        }
    }
    Ok(named)
}

/// The checksum of what is no tensor and of the tensors by their names.
fn checksum<B: AsRef<[u8]>>(rest: &str, tensors: &BTreeMap<&str, B>) -> String {
    let mut sum = crc32fast::Hasher::new();
    sum.update(rest.as_bytes());
    for (name, bytes) in tensors {
        sum.update(name.as_bytes());
        sum.update(bytes.as_ref());
    }
    format!("{:08x}", sum.finalize())
}

/// Writes the game's state to `path`, in the place of what is there.
///
/// # Errors
/// [`LabError::File`] if it cannot be written; what was there is then still there.
pub fn save(game: &Game, path: &Path) -> Result<()> {
    let rest = Rest {
        format: FORMAT.into(),
        config: game.config.clone(),
        step: game.step,
        random: game.random.place(),
        generator_steps: game.generator.adam.steps(),
        critic_steps: game.critic.adam.steps(),
        averaged: game.generator.average.state().1,
    };
    let mut named = tensors(&game.generator, "generator")?;
    named.extend(tensors(&game.critic, "critic")?);
    let text = serde_json::to_string(&rest).map_err(|error| damaged(path, &error))?;
    let sum = checksum(&text, &named.iter().map(|(name, tensor)| (name.as_str(), tensor.data())).collect());
    let header = HashMap::from([(KEY.to_owned(), sum + &text)]);
    let bytes = safetensors::serialize(named, Some(header)).map_err(|error| damaged(path, &error))?;
    replace(path, &bytes)
}

/// Puts `bytes` in the place of the file `path`, whole or not at all.
///
/// # Errors
/// [`LabError::File`].
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || {
        let mut file = new_file().tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(LabError::file(path))
}

/// A file that everybody may read as they may read what others write here: one that is to be
/// thrown away would be its writer's alone.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(<std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder
}

/// The game as it was saved.
///
/// # Errors
/// [`LabError::Checkpoint`] for a file that was cut, changed or written by something
/// else; [`LabError::File`] if it cannot be read.
pub fn load(path: &Path, device: &Device) -> Result<Game> {
    let bytes = std::fs::read(path).map_err(LabError::file(path))?;
    let stored = SafeTensors::deserialize(&bytes).map_err(|_| {
        damaged(
            path,
            &format!("its {} bytes are not a whole safetensors file; it was cut or changed", bytes.len()),
        )
    })?;
    let (_, header) = SafeTensors::read_metadata(&bytes).map_err(|error| damaged(path, &error))?;
    let text = header.metadata().as_ref().and_then(|header| header.get(KEY));
    let text = text.ok_or_else(|| damaged(path, &"it holds tensors, but no run of this lab"))?;
    let (sum, text) = text.split_at(text.find('{').unwrap_or_default());
    let rest: Rest = serde_json::from_str(text).map_err(|error| damaged(path, &error))?;
    if rest.format != FORMAT {
        return Err(damaged(path, &format!("its format is `{}`, not `{FORMAT}`", rest.format)));
    }
    let mut game = Game::new(rest.config, device)?;
    restore(&mut game.generator, "generator", (rest.generator_steps, rest.averaged), &stored, path)?;
    restore(&mut game.critic, "critic", (rest.critic_steps, 0), &stored, path)?;
    // Last: what does not fit has been named more exactly above.
    let tensors = stored.tensors();
    if sum != checksum(text, &tensors.iter().map(|(name, view)| (name.as_str(), view.data())).collect()) {
        return Err(damaged(path, &"its checksum is not that of its content; it was changed"));
    }
    game.random = Random::at(&rest.random);
    game.step = rest.step;
    Ok(game)
}

/// Puts a player into its saved state.
fn restore(
    player: &mut Player,
    who: &str,
    (steps, averaged): (u64, u64),
    stored: &SafeTensors,
    path: &Path,
) -> Result<()> {
    let theta = player.parameters.snapshot()?;
    let expected = player.parameters.split(&theta)?;
    let vector = |what: &str| -> Result<Tensor> {
        let mut parts = Vec::new();
        for (part, like) in &expected {
            let name = format!("{who}.{what}.{part}");
            let view = stored.tensor(&name).map_err(|_| damaged(path, &format!("`{name}` is missing")))?;
            let tensor = candle_core::safetensors::Load::load(&view, like.device())?;
            if tensor.shape() != like.shape() || tensor.dtype() != like.dtype() {
                return Err(damaged(path, &format!("`{name}` has another shape than its settings say")));
            }
            parts.push(tensor.flatten_all()?);
        }
        Ok(Tensor::cat(&parts, 0)?)
    };
    player.parameters.variable().set(&vector("theta")?)?;
    player.adam.restore(steps, &vector("m")?, &vector("v")?)?;
    player.average.restore(&vector("mean")?, averaged)?;
    Ok(())
}

fn damaged(path: &Path, reason: &dyn std::fmt::Display) -> LabError {
    LabError::Checkpoint { path: path.to_owned(), reason: reason.to_string() }
}
