//! What alerting makes of official warnings (CAP): only actual ones that still hold, and what updates or cancels another
//! belongs to its story.

use jiff::Timestamp;
use wirewatch_syndication::{Entry, MessageType, Status, Warning};

use super::decision::{Decision, Hold, Raise};
use crate::alert::story::{Facts, Novelty, Told};

/// Returns why nobody need be told of a message whatever it says; `None` if it may alert.
pub(super) fn idle(warning: &Warning, now: Timestamp) -> Option<Hold> {
    if warning.status != Status::Actual {
        return Some(Hold::NotActual { status: warning.status });
    }
    // A cancellation is told though the time of what it cancels is over.
    if let Some(at) = warning.expires.filter(|at| *at < now)
        && warning.message_type != MessageType::Cancel
    {
        return Some(Hold::Expired { at });
    }
    matches!(warning.message_type, MessageType::Ack | MessageType::Error).then_some(Hold::NothingToCancel)
}

/// Returns whether an entry renews the messages that it refers to.
pub(super) fn updates(entry: &Entry) -> bool {
    let warning = entry.warning.as_deref();
    warning.is_some_and(|warning| warning.message_type == MessageType::Update && !warning.references.is_empty())
}

/// Returns the severity of a warning, and that it is cancelled, as something that it says: a change of it is news.
pub(super) fn standing_of(entry: &Entry) -> Facts {
    // Entries without an id of their own were known before severity was read.
    let warning = entry.warning.as_deref().filter(|warning| warning.id.is_some());
    let severity = warning.and_then(|warning| warning.severity.clone());
    let terms = severity.map(|severity| (format!("severity:{severity}"), severity));
    let cancels = warning.is_some_and(|warning| warning.message_type == MessageType::Cancel);
    let cancelled = cancels.then(|| (CANCELLED.to_owned(), "cancelled".to_owned()));
    Facts {
        terms: terms.into_iter().chain(cancelled).collect(),
        ..Facts::default()
    }
}

/// Returns the decision on a message, from what an entry without these fields would get.
pub(super) fn of_message(warning: Option<&Warning>, told: Option<&Told>, decision: Decision) -> Decision {
    let Some(warning) = warning else { return decision };
    let words = |words: &str| Novelty::Message(words.to_owned());
    match (warning.message_type, told, decision) {
        // The backlog and known entries stay silent.
        (_, _, decision @ Decision::Hold(Hold::Backlog | Hold::Archive | Hold::KnownEntry)) => decision,
        (MessageType::Cancel, None, _) => Decision::Hold(Hold::NothingToCancel),
        (MessageType::Cancel, Some(told), decision) => {
            let known = told.said.terms.iter().any(|(value, _)| value == CANCELLED);
            match known {
                true => decision,
                false => Decision::Raise(Raise::Update {
                    of: told.alert,
                    new: vec![words("the warning is cancelled")],
                }),
            }
        }
        (MessageType::Update, Some(_), Decision::Raise(Raise::Update { of, mut new })) => {
            new.insert(0, words("the warning is updated"));
            Decision::Raise(Raise::Update { of, new })
        }
        (_, _, decision) => decision,
    }
}

/// The term that a story keeps once its cancellation was told.
pub(super) const CANCELLED: &str = "message:cancel";
