//! How polite the daemon is to servers, in the columns of rachelbythebay's feed reader score.

pub mod score;
pub mod tricks;

use score::{Faults, score};

/// Two days of every trick; the whole weeks take minutes: `WIREWATCH_DAYS=15`.
const DAYS: u64 = 2;

#[tokio::test]
async fn case_21_and_22_every_trick_of_a_server_is_answered_without_a_fault() {
    let days = std::env::var("WIREWATCH_DAYS")
        .ok()
        .and_then(|days| days.parse().ok())
        .unwrap_or(DAYS);
    let rows = score(days).await;
    println!(
        "{:<66} {:>8} {:>6} {}",
        "",
        "requests",
        "a day",
        Faults::COLUMNS.map(|name| format!("{name:>8}")).join(" ")
    );
    for row in &rows {
        println!("{row}");
    }
    for row in &rows {
        assert_eq!(
            row.faults,
            Faults::default(),
            "{}: {} requests",
            row.trick.name,
            row.requests
        );
        let moved = row.trick.path == "/old.xml";
        assert!(
            moved || days < 2 || row.a_day >= row.trick.least_a_day,
            "{}: asked only {:.1} times a day",
            row.trick.name,
            row.a_day
        );
        assert!(
            row.a_day < 40.0,
            "{}: asked {:.1} times a day",
            row.trick.name,
            row.a_day
        );
    }
}
