//! Numbers of the extended line in JSON, which knows finite ones only: ∞ as `"inf"`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Finite(f64),
    Words(String),
}

/// Writes a number, or `"inf"`, `"-inf"`, `"NaN"`.
pub(crate) fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if number.is_finite() { number.serialize(serializer) } else { number.to_string().serialize(serializer) }
}

/// Reads what [`serialize`] wrote.
pub(crate) fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<f64, D::Error> {
    match Written::deserialize(deserializer)? {
        Written::Finite(number) => Ok(number),
        Written::Words(words) => {
            words.parse().map_err(|_| D::Error::custom(format!("`{words}` is no number")))
        }
    }
}
