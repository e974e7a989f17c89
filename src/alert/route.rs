//! Who is told of an alert, and not before when.

use std::fmt;

use jiff::{Timestamp, civil::Time, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::alert::{Alert, AlertId};
use crate::watch::Level;

/// Derived from payload, receiver and address: the id under which it is sent, however often. Shown as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeliveryId(pub u64);

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

/// The deliveries of an alert: to the receivers in `tell`, or to all where it is empty. Held until the end of quiet
/// hours unless `level` is urgent; held ones of one receiver and address and one end share a digest.
pub fn route(
    _payload: Payload,
    _level: Level,
    _tell: &[String],
    _recipients: &[Recipient],
    _now: Timestamp,
) -> Vec<Delivery> {
    todo!()
}

impl Alert {
    pub fn payload(&self) -> Payload {
        Payload::Alert(self.id)
    }
}
