//! Where tensors live: the CPU, or a GPU if there is one.

use crate::{LabError, Result};
use candle_core::{DType, Device, DeviceLocation, Tensor};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// The answer to `--device`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceChoice {
    /// The CPU.
    #[default]
    Cpu,
    /// The first CUDA device, or an error.
    Cuda,
    /// The first CUDA device if there is one, else the CPU.
    Auto,
}

impl DeviceChoice {
    /// The device, and for `auto` a line that says what was found.
    ///
    /// candle's own `cuda_if_available` is decided when the program is compiled and
    /// fails on a machine without a GPU; this looks when it runs.
    ///
    /// # Errors
    /// [`LabError::NoDevice`] if CUDA was asked for and is not there.
    ///
    /// ```
    /// let (device, _) = labs::DeviceChoice::Cpu.open()?;
    /// assert!(device.is_cpu());
    /// # Ok::<(), labs::LabError>(())
    /// ```
    pub fn open(self) -> Result<(Device, Option<String>)> {
        match self {
            Self::Cpu => Ok((Device::Cpu, None)),
            Self::Cuda => Ok((first_cuda().map_err(|reason| LabError::NoDevice { reason })?, None)),
            Self::Auto => Ok(match first_cuda() {
                Ok(device) => (device, Some("training on CUDA device 0".into())),
                Err(reason) => (Device::Cpu, Some(format!("training on the CPU ({reason})"))),
            }),
        }
    }
}

/// CUDA device 0, or why there is none.
fn first_cuda() -> Result<Device, String> {
    if !cfg!(feature = "cuda") {
        return Err("this program was built without the feature `cuda`".into());
    }
    let tried = Device::new_cuda(0).and_then(|device| computes(&device).map(|()| device));
    tried.map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())
}

/// A device that opens may still refuse to compute: one of candle's kernels that were
/// compiled for another GPU, or by a toolkit that is newer than the driver.
fn computes(device: &Device) -> candle_core::Result<()> {
    let one = Tensor::ones((1, 1), DType::F32, device)?;
    one.matmul(&one)?.tanh()?.flatten_all()?.to_vec1::<f32>().map(|_| ())
}

/// The same device under a handle of its own, for a thread that trains beside others:
/// cuBLAS wants one for each thread.
///
/// # Errors
/// Those of candle.
pub(crate) fn another_handle(device: &Device) -> candle_core::Result<Device> {
    match device.location() {
        DeviceLocation::Cuda { gpu_id } => Device::new_cuda(gpu_id),
        _ => Ok(device.clone()),
    }
}
