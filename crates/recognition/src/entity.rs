//! Entities: real places and groups with one canonical name.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    Group,
    Place,
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Group => "group",
            Self::Place => "place",
        })
    }
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
