//! Options of a watch: how close its terms must be, in which fields they are looked for, how urgent it is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How close to each other the terms of a watch must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HowClose {
    /// In one field, at most so many words apart: adjacent words are one word apart.
    Words(u16),
    SameSentence,
    /// The title belongs to the first paragraph of the text.
    SameParagraph,
    #[default]
    SameArticle,
}

/// Which fields are searched. Tags never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LookIn {
    Title,
    Text,
    #[default]
    TitleAndText,
}

/// How urgent an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Low,
    #[default]
    Normal,
    Urgent,
}

/// The word for it in a configuration: `urgent`.
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::Urgent => "urgent",
        })
    }
}
