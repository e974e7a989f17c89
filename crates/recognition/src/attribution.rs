//! The sources of the data in this crate, as their licences want them named.

/// The notice of SCOWL, from which lists of English words are made.
pub const SCOWL: &str = include_str!("../data/words/SCOWL-Copyright.txt");

/// Returns the table of the data with its licences, and the attributions, as Markdown.
///
/// ```
/// assert!(wirewatch_recognition::attribution().contains("GeoNames"));
/// ```
pub fn attribution() -> &'static str {
    let all = include_str!("../data/README.md");
    all.split("## Build it again").next().unwrap_or(all)
}
