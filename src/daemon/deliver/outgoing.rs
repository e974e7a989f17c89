//! From the rows that are due to what is put in the post. Pure but for being asked by the shell.

use jiff::tz::TimeZone;

use crate::alert::{digest, message, notices_message};
use crate::deliver::OutgoingMessage;
use crate::store::Due;

/// The message of a parcel: one alert, a digest of alerts, or notices. `None` where its alert is no longer remembered.
pub fn outgoing(due: &Due, zone: &TimeZone) -> Option<OutgoingMessage> {
    let first = due.deliveries.first()?;
    let (message, raised) = match (due.alerts.as_slice(), due.notices.as_slice()) {
        ([(alert, also_in)], []) if first.digest.is_none() => (message(alert, also_in, zone), alert.raised),
        ([_, ..], _) => (
            digest(&due.alerts, zone),
            due.alerts.iter().map(|(alert, _)| alert.raised).min()?,
        ),
        ([], notices) => (
            notices_message(notices, zone),
            notices.iter().map(|notice| notice.raised).min()?,
        ),
    };
    Some(OutgoingMessage {
        id: due.id,
        receiver: first.receiver.clone(),
        address: first.address.clone(),
        message,
        alerts: due.alerts.clone(),
        raised,
    })
}
