//! How polite the daemon is to servers, in the columns of rachelbythebay's feed reader score.

pub mod score;
pub mod tricks;

use score::{faults_of, print, score};

/// Two days of every trick; weeks of it are a measurement: `cargo bench --bench whole -- score`.
const DAYS: u64 = 2;

#[tokio::test]
async fn and_22_every_trick_of_a_server_is_answered_without_a_fault() {
    let rows = score(DAYS).await;
    print(&rows);
    assert_eq!(faults_of(&rows, DAYS), [""; 0]);
}
