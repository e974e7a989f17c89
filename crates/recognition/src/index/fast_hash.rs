//! Fast sets and maps for trusted keys (no DoS resistance): our own word lists, numbers of the gazetteer.

pub(crate) use rustc_hash::{FxHashMap as QuickMap, FxHashSet as QuickSet};
