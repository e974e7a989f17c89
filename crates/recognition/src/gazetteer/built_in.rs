//! The gazetteer that is compiled in.

use std::sync::LazyLock;

use super::lookup::Gazetteer;

static BYTES: &[u8] = include_bytes!("../../data/gazetteer.bin");

static BUILT_IN: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::read(BYTES).expect("the compiled-in gazetteer is whole; a test opens it"));

impl Gazetteer {
    /// The one that comes with the program. Takes no time and no memory beyond the pages that are looked at.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }
}
