//! What is to be told of a hub and the feed that it pushes, for a person. Pure.

use jiff::Timestamp;

use super::subscription::{Doubt, Standing, Subscription};

/// How a feed stands with its hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubState {
    /// It pushes, and is relied on.
    Live,
    /// It has confirmed, and nothing was to be pushed yet.
    Unproven,
    /// Polls found what it did not push: the feed is polled at its own pace.
    Distrusted,
    Asked,
    Denied,
    Ending,
}

impl HubState {
    pub fn of(subscription: &Subscription, now: Timestamp) -> Self {
        match (&subscription.standing, subscription.doubt(now)) {
            (Standing::Denied { .. }, _) => Self::Denied,
            (Standing::Ending, _) => Self::Ending,
            (Standing::Asked { .. }, _) | (Standing::Stands { .. }, Some(Doubt::NotConfirmed)) => Self::Asked,
            (Standing::Stands { .. }, None) => Self::Live,
            (Standing::Stands { .. }, Some(Doubt::NeverPushed)) => Self::Unproven,
            (Standing::Stands { .. }, Some(Doubt::Missed { .. })) => Self::Distrusted,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Unproven => "unproven",
            Self::Distrusted => "distrusted",
            Self::Asked => "asked",
            Self::Denied => "denied",
            Self::Ending => "ending",
        }
    }
}

impl Subscription {
    /// What is to be told of it, to follow the address of the hub.
    pub fn words(&self, now: Timestamp) -> String {
        let entries = |count: u32| match count {
            1 => "an entry".to_owned(),
            count => format!("{count} entries"),
        };
        let came = match self.pushes {
            0 => String::new(),
            1 => ", once so far".to_owned(),
            times => format!(", {times} times so far"),
        };
        match HubState::of(self, now) {
            HubState::Live => format!("tells of news at once{came}"),
            HubState::Unproven if self.missed > 0 => format!(
                "has never told of news, though a poll found {}; it is not relied on",
                entries(self.missed)
            ),
            HubState::Unproven => "has confirmed, and had nothing to tell yet; it is not relied on before".to_owned(),
            HubState::Distrusted if self.pushes == 0 => format!(
                "never tells of news: polls found {}. It is not relied on",
                entries(self.missed)
            ),
            HubState::Distrusted => format!(
                "did not tell of {} that polls found; it is not relied on until it does",
                entries(self.missed)
            ),
            HubState::Asked => match &self.standing {
                Standing::Asked { why: Some(why) } => format!("was asked, and has not confirmed: {why}"),
                _ => "was asked, and has not confirmed".to_owned(),
            },
            HubState::Denied => match &self.standing {
                Standing::Denied { why } => format!("does not want to tell of news: {why}"),
                _ => "does not want to tell of news".to_owned(),
            },
            HubState::Ending => "is to tell of news no more".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Offer;

    #[test]
    fn each_standing_is_told_in_words() {
        let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        let later: Timestamp = "2026-03-09T08:00:00Z".parse().unwrap();
        let stands = || Standing::Stands { until: later };
        let why = || "no more room".to_owned();
        for (standing, pushes, missed, name, words) in [
            (stands(), 3, 0, "live", "tells of news at once, 3 times so far"),
            (stands(), 1, 2, "live", "tells of news at once, once so far"),
            (
                stands(),
                0,
                0,
                "unproven",
                "has confirmed, and had nothing to tell yet; it is not relied on before",
            ),
            (
                stands(),
                0,
                1,
                "unproven",
                "has never told of news, though a poll found an entry; it is not relied on",
            ),
            (
                stands(),
                0,
                7,
                "distrusted",
                "never tells of news: polls found 7 entries. It is not relied on",
            ),
            (
                stands(),
                4,
                3,
                "distrusted",
                "did not tell of 3 entries that polls found; it is not relied on until it does",
            ),
            (
                Standing::Stands { until: now },
                4,
                0,
                "asked",
                "was asked, and has not confirmed",
            ),
            (
                Standing::Asked { why: Some(why()) },
                0,
                0,
                "asked",
                "was asked, and has not confirmed: no more room",
            ),
            (
                Standing::Denied { why: why() },
                0,
                0,
                "denied",
                "does not want to tell of news: no more room",
            ),
            (Standing::Ending, 0, 0, "ending", "is to tell of news no more"),
        ] {
            let offer = Offer {
                hub: "https://hub.example/".to_owned(),
                topic: "https://a.example/feed".to_owned(),
            };
            let subscription = Subscription {
                standing,
                pushes,
                missed,
                ..Subscription::new(offer, "t".to_owned(), "s".to_owned(), now)
            };
            let told = (HubState::of(&subscription, now).name(), subscription.words(now));
            assert_eq!(told, (name, words.to_owned()));
        }
    }
}
