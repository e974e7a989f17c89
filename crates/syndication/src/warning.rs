//! An official warning in the Common Alerting Protocol (OASIS CAP 1.2, ITU-T X.1303), as far as alerting needs it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The fields of a CAP message beside its texts and its area.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Warning {
    /// `sender,identifier,sent`, as other messages refer to it; `None` where one of them is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub status: Status,
    pub message_type: MessageType,
    /// The messages that it updates or cancels, each as `sender,identifier,sent`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// `Extreme`, `Severe`, `Moderate`, `Minor`, `Unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// `Immediate`, `Expected`, `Future`, `Past`, `Unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<String>,
    /// `Observed`, `Likely`, `Possible`, `Unlikely`, `Unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<String>,
    /// After this the warning no longer holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

/// Who must act on a message (CAP 1.2 §3.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    /// Everybody. Messages that do not state a status are taken as this.
    #[default]
    Actual,
    Exercise,
    System,
    Test,
    Draft,
}

/// What a message does (CAP 1.2 §3.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum MessageType {
    #[default]
    Alert,
    Update,
    Cancel,
    /// Acknowledges the receipt of others.
    Ack,
    /// Rejects others.
    Error,
}

impl Status {
    /// Returns the status of a word, whatever its case; an unknown word is not actual.
    pub fn of(word: &str) -> Self {
        match word.trim().to_ascii_lowercase().as_str() {
            "" | "actual" => Self::Actual,
            "exercise" => Self::Exercise,
            "system" => Self::System,
            "test" => Self::Test,
            _ => Self::Draft,
        }
    }

    /// Returns the word of the standard.
    pub fn word(self) -> &'static str {
        match self {
            Self::Actual => "Actual",
            Self::Exercise => "Exercise",
            Self::System => "System",
            Self::Test => "Test",
            Self::Draft => "Draft",
        }
    }
}

impl MessageType {
    /// Returns the type of a word, whatever its case; an unknown word is an alert.
    pub fn of(word: &str) -> Self {
        match word.trim().to_ascii_lowercase().as_str() {
            "update" => Self::Update,
            "cancel" => Self::Cancel,
            "ack" => Self::Ack,
            "error" => Self::Error,
            _ => Self::Alert,
        }
    }

    /// Returns the word of the standard.
    pub fn word(self) -> &'static str {
        match self {
            Self::Alert => "Alert",
            Self::Update => "Update",
            Self::Cancel => "Cancel",
            Self::Ack => "Ack",
            Self::Error => "Error",
        }
    }
}

/// Messages that one may refer to.
const MOST_REFERENCES: usize = 64;
/// Bytes of one field.
const LONGEST: usize = 400;

/// Returns the references of a text: triples separated by white space.
pub(crate) fn references(text: &str) -> Vec<String> {
    let triples = text.split_whitespace().filter(|triple| triple.len() <= LONGEST);
    let triples = triples.filter(|triple| triple.split(',').count() == 3);
    triples.take(MOST_REFERENCES).map(str::to_owned).collect()
}

/// Returns a field without surrounding space; `None` if it is empty or too long for what it is.
pub(crate) fn short(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= LONGEST).then(|| text.to_owned())
}

/// Returns how other messages refer to this one.
pub(crate) fn id_of(sender: Option<&str>, identifier: Option<&str>, sent: Option<&str>) -> Option<String> {
    let parts = [sender, identifier, sent].map(|part| part.and_then(short));
    let [Some(sender), Some(identifier), Some(sent)] = parts else {
        return None;
    };
    // The standard forbids white space and commas in each.
    let whole = format!("{sender},{identifier},{sent}");
    (!whole.contains(char::is_whitespace)).then_some(whole)
}
