//! Tags and text of a document that may be no XML at all.

mod ahead;
mod capture;
mod names;
mod tokens;
mod unescape;

pub(crate) use capture::{Capture, Ended};
pub(crate) use names::{Space, Spaces};
pub(crate) use tokens::{Token, Tokens, attributes};
pub(crate) use unescape::Entities;
