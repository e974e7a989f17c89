//! Alerts of entries that came after a backup was made that is now the store: they may have been sent before.

use jiff::{SignedDuration, Timestamp};

use super::record::Record;
use super::route::{DeliveryId, Payload};
use wirewatch_syndication::derive_id;

/// How long they are gathered: feeds are read one after the other once the daemon starts.
const GATHERED: SignedDuration = SignedDuration::from_mins(30);

/// Marks the alerts of a poll and holds their deliveries, whatever their level: those of one receiver and address that are
/// gathered together are one digest. Ids stay what they are.
pub fn held_after_restore(mut record: Record, restored: Timestamp, now: Timestamp) -> Record {
    for alert in &mut record.alerts {
        alert.perhaps_sent = true;
    }
    let until = end_of_gathering(restored, now);
    for delivery in &mut record.deliveries {
        if matches!(delivery.payload, Payload::Alert(_)) {
            delivery.not_before = delivery.not_before.max(until);
            let until = delivery.not_before.to_string();
            let id = derive_id(&["restored", &until, &delivery.receiver, &delivery.address]);
            delivery.digest = Some(DeliveryId(id));
        }
    }
    record
}

/// The end of the half hour, counted from the restore, that `now` lies in.
fn end_of_gathering(restored: Timestamp, now: Timestamp) -> Timestamp {
    let since = now.duration_since(restored).as_secs().max(0);
    let spans = since / GATHERED.as_secs() + 1;
    restored + SignedDuration::from_secs(spans * GATHERED.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_within_half_an_hour_ends_together() {
        let at = |text: &str| -> Timestamp { format!("2026-03-02T{text}:00Z").parse().unwrap() };
        let table = [
            ("at once", "08:00", "08:30"),
            ("later", "08:29", "08:30"),
            ("in the next half hour", "08:30", "09:00"),
            ("by a clock that was set back", "07:00", "08:30"),
        ];
        for (case, now, end) in table {
            assert_eq!(end_of_gathering(at("08:00"), at(now)), at(end), "{case}");
        }
    }
}
