//! How long and how deep a text may be, and how many of its mistakes are told.

/// The longest source that is read, in bytes.
pub const LONGEST: usize = 64 * 1024;

/// How deeply brackets and prefixes may nest.
pub const DEEPEST: usize = 48;

/// How many mistakes are reported at once.
pub const MOST: usize = 20;
