//! Entities: real places and groups with one canonical name.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    Group,
    Place,
}

/// A place or group, known under many aliases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Stable: `group:jnim`, `place:faladie`, `geonames:2453866`.
    pub id: String,
    pub kind: EntityKind,
    /// The canonical name.
    pub name: String,
    /// ISO 3166-1 alpha-2, for places.
    pub country: Option<String>,
}
