//! How long a feed may be left alone: until what the waiting of its next entries is to be expected to cost adds up to a
//! bound. Pure.
//!
//! What a minute of waiting costs an entry falls with the minutes that it has waited: an alert after ten minutes instead
//! of five is as much the worse as one after an hour instead of half an hour.
//!
//! How likely the next entry is, after so much quiet, follows from the gaps between the last 33: the share of those that
//! were longer than this quiet and would have ended by then (a renewal process, its distribution taken as it is found).
//! Beside them stands what all news feeds have in common: after an entry another follows soon or not for long, so that
//! the chance of one within the next moments falls with the inverse of the quiet. And entries come at the hours at which
//! earlier ones came. Asking whenever the same cost is to be expected spends a number of requests where they save most of
//! it: on the feed, and at the hour, where they bring something.

use std::f64::consts::TAU;

use crate::feed::state::Rhythm;

/// The cost that is accepted. An entry that is sure to be there from the first minute on costs the natural logarithm of the
/// minutes that it waits, and one that is to be expected with some likelihood that share of it.
const ACCEPTED: f64 = 0.066;

/// What all feeds have in common weighs as much as so many gaps.
const COMMON: f64 = 4.0;

/// And of these a gap that is longer than t ends before t + w with probability w / (t + w + this): half of the gaps
/// are shorter than a quarter of an hour.
const COMMON_HALF: f64 = 900.0;

/// How sharply an hour is told from its neighbours: the weight of an entry falls to a half within three hours and a half
/// (von Mises distribution, κ = 2).
const SHARPNESS: f64 = 2.0;

/// The mean of that weight over the day, e⁻² I₀(2).
const MEAN_WEIGHT: f64 = 0.308_508;

/// Entries at every hour alike are assumed beside those that came.
const AT_ANY_HOUR: f64 = 4.0;

/// An hour is never told to be less or more likely than this, against the mean of the day.
const HOURS: (f64, f64) = (0.1, 10.0);

/// Steps of the sum, in seconds, and at most so many.
const STEP: f64 = 60.0;
const STEPS: f64 = 1000.0;

/// How long a feed may be left alone, in seconds, at most `longest`. `quiet` is the time since its newest entry, in
/// seconds; `now` in Unix seconds.
pub(super) fn leave_alone(rhythm: &Rhythm, quiet: f64, now: i64, longest: f64) -> f64 {
    let mut gaps: Vec<f64> = rhythm.gaps_secs.iter().map(|secs| f64::from(*secs)).collect();
    gaps.sort_unstable_by(f64::total_cmp);
    let middle = gaps.get(gaps.len().saturating_sub(1) / 2).copied();
    // More than one entry may come: the others after the first at the middle gap.
    let followers_a_sec = middle.map_or(0.0, |middle| 1.0 / middle.max(STEP));
    let longer: Vec<f64> = gaps.into_iter().filter(|gap| *gap > quiet).collect();
    let all = longer.len() as f64 + COMMON;
    let hour = likely_at(rhythm, now);
    let step = STEP.max(longest / STEPS);
    let (mut wait, mut ended, mut followers, mut cost) = (0.0, 0, 0.0, 0.0);
    while wait < longest {
        wait += step;
        while longer.get(ended).is_some_and(|gap| *gap <= quiet + wait) {
            ended += 1;
        }
        let common = COMMON * wait / (quiet + wait + COMMON_HALF);
        let came = (ended as f64 + common) / all;
        followers += came * followers_a_sec * step;
        cost += (came + followers) * hour * step / wait;
        if cost >= ACCEPTED {
            break;
        }
    }
    wait.min(longest)
}

/// How many entries come at this time of the day (UTC), against the mean of the day.
fn likely_at(rhythm: &Rhythm, now: i64) -> f64 {
    let Some(newest) = rhythm.newest_entry else {
        return 1.0;
    };
    let mut at = newest.as_second();
    let mut weight = weight_of(now - at);
    for gap in rhythm.gaps_secs.iter().rev() {
        at -= i64::from(*gap);
        weight += weight_of(now - at);
    }
    let entries = rhythm.gaps_secs.len() as f64 + 1.0;
    let likely = (weight + AT_ANY_HOUR * MEAN_WEIGHT) / ((entries + AT_ANY_HOUR) * MEAN_WEIGHT);
    likely.clamp(HOURS.0, HOURS.1)
}

/// What an entry that came so many seconds ago says of this time of the day.
fn weight_of(ago_secs: i64) -> f64 {
    let of_day = ago_secs.rem_euclid(86_400) as f64 / 86_400.0;
    (SHARPNESS * ((TAU * of_day).cos() - 1.0)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u32 = 60;
    const HOUR: u32 = 3600;
    const NOON: i64 = 1_726_574_400;

    fn minutes(gaps: &[u32], quiet: u32, now: i64) -> f64 {
        let rhythm = Rhythm {
            gaps_secs: gaps.to_vec(),
            newest_entry: jiff::Timestamp::from_second(now - i64::from(quiet)).ok(),
            ..Rhythm::default()
        };
        leave_alone(&rhythm, f64::from(quiet), now, 3600.0) / 60.0
    }

    #[test]
    fn the_wait_follows_the_rhythm_the_quiet_and_the_hour() {
        let daily_at_noon = [24 * HOUR; 20];
        let hourly = [HOUR; 32];
        // Shorter first.
        for (case, shorter, longer) in [
            (
                "a busy feed before a slow one",
                minutes(&[6 * MINUTE; 32], MINUTE, NOON),
                minutes(&[5 * HOUR; 32], MINUTE, NOON),
            ),
            (
                "just after an entry, before long after it",
                minutes(&[20 * MINUTE; 32], MINUTE, NOON),
                minutes(&[20 * MINUTE; 32], 10 * HOUR, NOON),
            ),
            (
                "where the next entry is due, before where it is not",
                minutes(&hourly, 55 * MINUTE, NOON),
                minutes(&hourly, 25 * MINUTE, NOON),
            ),
            (
                "at its hour, before far from it",
                minutes(&daily_at_noon, 24 * HOUR - 10 * MINUTE, NOON - 600),
                minutes(&daily_at_noon, 12 * HOUR, NOON - 12 * 3600),
            ),
        ] {
            assert!(shorter * 1.3 < longer, "{case}: {shorter:.1} and {longer:.1} minutes");
        }
        assert!(minutes(&[6 * MINUTE; 32], MINUTE, NOON) <= 5.0, "as fast as may be");
        assert!(
            minutes(&[60 * 24 * HOUR; 8], 40 * 24 * HOUR, NOON) >= 60.0,
            "as slow as may be"
        );
    }

    #[test]
    fn no_rhythm_is_too_odd() {
        for gaps in [vec![], vec![0; 32], vec![1; 32], vec![u32::MAX; 32]] {
            for quiet in [0, 1, HOUR, u32::MAX] {
                let wait = minutes(&gaps, quiet, NOON);
                assert!(
                    wait.is_finite() && (1.0..=60.0).contains(&wait),
                    "{gaps:?} after {quiet}: {wait}"
                );
            }
        }
    }
}
