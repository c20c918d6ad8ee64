//! Laws, exercises and planted mistakes.
