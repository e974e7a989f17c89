//! Who is told of an alert, and not before when.

use std::fmt;

use jiff::{Timestamp, civil::Time, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::alert::Alert;
use super::ids::AlertId;
use wirewatch_recognition::Level;
use wirewatch_syndication::derive_id;

/// Derived from payload, receiver and address: the id under which it is sent, however often. Shown as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeliveryId(#[serde(with = "wirewatch_syndication::hex_id")] pub u64);

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Payload {
    Alert(AlertId),
    /// Id of a [`super::Notice`].
    Notice(u64),
}

/// One row: alert × receiver × address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub id: DeliveryId,
    pub payload: Payload,
    pub receiver: String,
    /// One mailbox of an e-mail receiver; empty for the others.
    pub address: String,
    pub not_before: Timestamp,
    /// Deliveries that share one are sent as one message, under this id.
    pub digest: Option<DeliveryId>,
}

/// Local times of day between which alerts are held, midnight wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    pub from: Time,
    pub until: Time,
}

/// The routing half of a receiver.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipient {
    pub name: String,
    /// The mailboxes of an e-mail receiver; one empty text for the others.
    pub addresses: Vec<String>,
    pub time_zone: TimeZone,
    pub quiet_hours: Option<QuietHours>,
}

impl QuietHours {
    /// The end of the quiet hours that `now` lies in, in `zone`; `None` outside of them. A time that the clocks skip
    /// comes as late as they jumped; of an end that they show twice the second counts, so that one night has one end.
    pub fn end(&self, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let today = now.to_zoned(zone.clone()).date();
        // The hours that began yesterday may still last.
        for first_day in [today.yesterday().ok()?, today] {
            let last_day = if self.from < self.until {
                first_day
            } else {
                first_day.tomorrow().ok()?
            };
            let from = zone
                .to_ambiguous_zoned(first_day.to_datetime(self.from))
                .compatible()
                .ok()?;
            let end = zone.to_ambiguous_zoned(last_day.to_datetime(self.until)).later().ok()?;
            if self.from != self.until && from.timestamp() <= now && now < end.timestamp() {
                return Some(end.timestamp());
            }
        }
        None
    }
}

/// The deliveries of an alert: to the receivers in `tell`, or to all where it is empty (or names nobody who is left:
/// better one told too much than an alert that goes nowhere). Held until the end of quiet hours unless `level` is
/// urgent; held ones of one receiver and address and one end share a digest.
pub fn route(
    payload: Payload,
    level: Level,
    tell: &[String],
    recipients: &[Recipient],
    now: Timestamp,
) -> Vec<Delivery> {
    let named = |recipient: &Recipient| tell.contains(&recipient.name);
    let all = !recipients.iter().any(named);
    let mut deliveries: Vec<Delivery> = Vec::new();
    for recipient in recipients.iter().filter(|recipient| all || named(recipient)) {
        let held = match (level, recipient.quiet_hours) {
            (Level::Urgent, _) | (_, None) => None,
            (_, Some(quiet)) => quiet.end(&recipient.time_zone, now),
        };
        for address in &recipient.addresses {
            let delivery = delivery(payload, recipient, address, held, now);
            if deliveries.iter().all(|other| other.id != delivery.id) {
                deliveries.push(delivery);
            }
        }
    }
    deliveries
}

/// The deliveries of a notice to the receivers in `tell`; nobody where it is empty. With `gathered` they are held until then
/// and until the end of quiet hours, and those of one receiver and address that end together share one message; without,
/// they go at `now` and alone.
pub fn route_notice(
    notice: u64,
    tell: &[String],
    recipients: &[Recipient],
    gathered: Option<Timestamp>,
    now: Timestamp,
) -> Vec<Delivery> {
    let mut deliveries = Vec::new();
    for recipient in recipients.iter().filter(|recipient| tell.contains(&recipient.name)) {
        let held = gathered.map(|until| {
            let quiet = recipient
                .quiet_hours
                .and_then(|quiet| quiet.end(&recipient.time_zone, until));
            quiet.unwrap_or(until)
        });
        for address in &recipient.addresses {
            let alone = delivery(Payload::Notice(notice), recipient, address, None, now);
            // Never the digest of alerts: that is for analysts, this for operators.
            let digest = |end: Timestamp| {
                let end = end.as_second().to_string();
                DeliveryId(derive_id(&["notices", &recipient.name, address, &end]))
            };
            deliveries.push(Delivery {
                not_before: held.unwrap_or(now),
                digest: held.map(digest),
                ..alone
            });
        }
    }
    deliveries
}

fn delivery(
    payload: Payload,
    recipient: &Recipient,
    address: &str,
    held: Option<Timestamp>,
    now: Timestamp,
) -> Delivery {
    let (kind, id) = match payload {
        Payload::Alert(alert) => ("alert", alert.to_string()),
        Payload::Notice(notice) => ("notice", format!("{notice:016x}")),
    };
    let digest = |end: Timestamp| {
        let end = end.as_second().to_string();
        DeliveryId(derive_id(&["digest", &recipient.name, address, &end]))
    };
    Delivery {
        id: DeliveryId(derive_id(&["delivery", kind, &id, &recipient.name, address])),
        payload,
        receiver: recipient.name.clone(),
        address: address.to_owned(),
        not_before: held.unwrap_or(now),
        digest: held.map(digest),
    }
}

impl Alert {
    pub fn payload(&self) -> Payload {
        Payload::Alert(self.id)
    }
}
