//! What bodies cost that ask for as much work as they can, in milliseconds of the processor a megabyte. Fails where one costs 100 or more:
//! at eight times the length too, so what grows faster than its body is found.

use std::hint::black_box;
use std::time::Instant;

use url::Url;
use wirewatch_syndication::{Source, candidates, parse};

use crate::shapes::{LEFT_BEHIND, SHAPES, processor_time};

/// Milliseconds a megabyte that no body may cost.
const MOST: f64 = 100.0;
const LENGTHS: [usize; 2] = [500_000, 4_000_000];

/// `… -- hostile short_items` measures one shape.
pub fn is_shape(name: &str) -> bool {
    let behind = LEFT_BEHIND.iter().map(|(name, ..)| *name);
    SHAPES
        .iter()
        .map(|shape| shape.name)
        .chain(behind)
        .any(|shape| shape == name)
}

/// All of them, or those that are named.
pub fn measure(named: &[String]) {
    let shapes = SHAPES
        .iter()
        .map(|shape| (shape.name, LENGTHS.map(|len| shape.body(len))));
    let behind = LEFT_BEHIND.iter();
    let behind = behind.map(|(name, first, second)| (*name, LENGTHS.map(|len| first.halves(second, len))));
    let mut costs: Vec<(&str, [f64; 2])> = shapes
        .chain(behind)
        .filter(|(name, _)| named.is_empty() || named.iter().any(|asked| asked == name))
        .map(|(name, bodies)| (name, bodies.map(|body| cost(&body))))
        .collect();
    costs.sort_by(|(_, one), (_, other)| other[1].total_cmp(&one[1]));
    println!("from bytes to entries, and to the feeds of a page: ms a megabyte, the best of three");
    println!("{:>8} {:>8}", "0.5 MB", "4 MB");
    for (name, [short, long]) in &costs {
        println!("{short:>8.1} {long:>8.1}  {name}");
    }
    let above: Vec<&str> = costs
        .iter()
        .filter(|(_, costs)| costs.iter().any(|cost| *cost >= MOST))
        .map(|(name, _)| *name)
        .collect();
    assert!(above.is_empty(), "{MOST} ms a megabyte or more: {}", above.join(", "));
}

fn cost(body: &[u8]) -> f64 {
    let page = Url::parse("https://a.example/b/").expect("an address");
    let source = Source {
        bytes: body,
        content_type: None,
        url: Some(&page),
        language: None,
        zone: None,
    };
    let once = || {
        let (start, began) = (Instant::now(), processor_time());
        if black_box(parse(source)).is_err() {
            black_box(candidates(&page, body, None));
        }
        let time = processor_time().zip(began).map(|(now, began)| now - began);
        time.unwrap_or(start.elapsed()).as_secs_f64() * 1e3
    };
    let best = (0..3).map(|_| once()).fold(f64::INFINITY, f64::min);
    best / (body.len() as f64 / 1e6)
}
