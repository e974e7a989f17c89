//! The cost of each step on the road from bytes to a record: `cargo bench --bench road`, or one step: `… -- match`.
//!
//! Each step is a module with one `measure(&mut Criterion)`.

use std::time::Duration;

use criterion::Criterion;

#[path = "road/alerting.rs"]
mod alerting;
#[path = "road/feeds.rs"]
mod feeds;
#[path = "road/hostile.rs"]
mod hostile;
#[path = "road/matching.rs"]
mod matching;
#[path = "road/news.rs"]
mod news;
#[path = "road/shapes.rs"]
mod shapes;
#[path = "road/watches.rs"]
mod watches;

fn main() {
    if watches::is_row() {
        return watches::row();
    }
    // All of it within two minutes or so.
    let brief = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3));
    let mut criterion = brief.configure_from_args();
    feeds::measure(&mut criterion);
    matching::measure(&mut criterion);
    criterion.final_summary();
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let is_asked = |step: &str| asked.is_empty() || asked.iter().any(|asked| step.contains(asked.as_str()));
    if is_asked("hostile") {
        let shapes: Vec<String> = asked.iter().filter(|asked| hostile::is_shape(asked)).cloned().collect();
        hostile::measure(&shapes);
    }
    if is_asked("hostile alerting") {
        alerting::measure();
    }
    if is_asked("watches") {
        watches::measure();
    }
}
