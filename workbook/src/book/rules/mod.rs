//! The reference of rules: an index of all of them, a page for each, and how a rule's name
//! becomes the address of its page.

pub(super) mod address;
mod index;
mod page;
mod writer;

pub(super) use index::reference;
pub(super) use page::{Made, made};
