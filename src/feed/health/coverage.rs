//! How much of the news is covered, in a line for a person: "41 of 43 feeds read; 2 failing since Tuesday; …". Pure.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::condition::lasting;
use crate::feed::state::FeedState;
use crate::text::count;

/// The parts of the line. A feed counts as read while its last poll brought what can be read.
pub fn coverage<'a>(feeds: impl IntoIterator<Item = &'a FeedState>, zone: &TimeZone, now: Timestamp) -> Vec<String> {
    let (mut all, mut read, mut failing) = (0, 0, 0);
    let (mut since, mut newest) = (None::<Timestamp>, None::<Timestamp>);
    for memory in feeds {
        all += 1;
        match memory.failing_since {
            Some(failed) => {
                failing += 1;
                since = Some(since.map_or(failed, |since| since.min(failed)));
            }
            None => read += usize::from(memory.last_read.is_some()),
        }
        newest = newest.max(memory.rhythm.newest_entry);
    }
    let mut parts = vec![format!("{read} of {} read", count(all, "feed"))];
    if let Some(since) = since {
        parts.push(format!("{failing} failing since {}", day_words(since, zone, now)));
    }
    if let Some(newest) = newest {
        parts.push(format!("last new entry {} ago", lasting(newest, now)));
    }
    parts
}

/// "08:10" today, "Tuesday" within the week, "3 March" before.
fn day_words(at: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
    let (local, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()).date());
    let days = (today - local.date()).get_days();
    let form = match days {
        ..1 => "%H:%M",
        1..7 => "%A",
        _ => "%-d %B",
    };
    local.strftime(form).to_string()
}
