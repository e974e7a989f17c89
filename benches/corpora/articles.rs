//! How well articles are found in pages, and what it costs: `cargo bench --bench corpora -- articles`.

use std::time::Instant;

use wirewatch_syndication::{extract, page_text};

#[expect(clippy::unwrap_used, reason = "the same pages and the same score as in the tests")]
#[path = "../../tests/it/articles/score.rs"]
mod score;

/// Each page is read so often that its time can be told.
const TIMES: u32 = 20;

pub fn measure() -> bool {
    println!(
        "{:<14} {:>7} {:>9} {:>6} {:>7} {:>7} {:>8}",
        "page", "recall", "precision", "F1", "page KB", "text KB", "ms"
    );
    let (mut sum, mut least, mut spent, mut pages) = (0.0, 1.0_f64, 0.0, 0.0);
    for scored in score::scored() {
        let started = Instant::now();
        for _ in 0..TIMES {
            let _ = std::hint::black_box(extract(&page_text(&scored.page, Some("text/html")), None));
        }
        let ms = started.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES);
        println!(
            "{:<14} {:>7.3} {:>9.3} {:>6.3} {:>7.1} {:>7.1} {:>8.3}",
            scored.name,
            scored.recall,
            scored.precision,
            scored.f1(),
            scored.page.len() as f64 / 1000.0,
            scored.found.len() as f64 / 1000.0,
            ms
        );
        sum += scored.f1();
        least = least.min(scored.f1());
        spent += ms;
        pages += 1.0;
    }
    // A long page: an article of 2,000 paragraphs with as many links beside it.
    let long = format!(
        "<html><body><ul>{}</ul><article>{}</article></body></html>",
        "<li><a href=\"/a\">Another headline of the day</a></li>".repeat(2_000),
        "<p>The road was closed after the attack, and the lorries had to wait until the morning.</p>".repeat(2_000)
    );
    let started = Instant::now();
    let found = extract(&long, None).is_ok();
    let megabytes = long.len() as f64 / 1e6;
    println!(
        "\n{pages} pages: mean F1 {:.3}, least {least:.3}; {:.2} ms a page; a page of {megabytes:.2} MB in {:.0} ms",
        sum / pages,
        spent / pages,
        started.elapsed().as_secs_f64() * 1000.0
    );
    found && sum / pages >= 0.97 && least >= 0.9
}
