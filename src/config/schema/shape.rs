//! What a value of the configuration looks like.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    /// One text, or a list of them.
    Texts,
    /// Texts, or tables such as `{ text = "…", feed = "mali" }`.
    Examples,
    Flag,
    /// A whole number within these bounds.
    Whole(i64, i64),
    /// `"15 min"`.
    Duration,
    /// `"20 MB"`.
    Size,
    /// `"07:05"`.
    Time,
    /// `"22:00-06:00"`.
    QuietHours,
    /// IANA: `"Africa/Bamako"`.
    TimeZone,
    OneOf(&'static [&'static str]),
    /// `"same sentence"`, `"10 words"`.
    HowClose,
    /// `{ file = "…" }`, `{ credential = "…" }` or `{ environment = "…" }`.
    Secret,
    /// `"all"`, `"none"` or a duration.
    Backfill,
    /// `true`, `false` or `"when short"`.
    FullText,
    /// ISO 3166-1 alpha-2.
    Country,
    /// BCP 47.
    Language,
    /// `{ "attack*" = 4, football = -8 }`
    Weights,
    /// `{ "https://…" = "…" }`
    Titles,
    /// `{ X-Api-Key = { file = "…" } }`
    Headers,
    /// `[12.65, -8.0]`: degrees.
    Point,
    Kilometres,
    /// From 0 to 1.
    Share,
    /// `{ inside = ["Mali"] }`.
    Where,
}

impl Shape {
    /// Completes "should be …".
    pub(crate) fn expected(self) -> String {
        match self {
            Self::Text => "a text in quotes".to_owned(),
            Self::Texts => "a text in quotes, or a list of them in [ ]".to_owned(),
            Self::Examples => "a text in quotes, a list of them in [ ], or { text = \"…\", feed = \"…\" }".to_owned(),
            Self::Flag => "true or false, without quotes".to_owned(),
            Self::Whole(least, most) => format!("a whole number from {least} to {most}"),
            Self::Duration => "a length of time in quotes, with its unit: \"15 min\"".to_owned(),
            Self::Size => "a size in quotes, with its unit: \"20 MB\"".to_owned(),
            Self::Time => "a time of day: \"07:05\"".to_owned(),
            Self::QuietHours => "two times of day: \"22:00-06:00\"".to_owned(),
            Self::TimeZone => "a time zone: \"Africa/Bamako\"".to_owned(),
            Self::OneOf(words) => format!("one of {}", quoted(words)),
            Self::HowClose => {
                "how close: \"same sentence\", \"same paragraph\", \"same article\" or \"10 words\"".to_owned()
            }
            Self::Secret => "a place to read it from: { file = \"…\" }".to_owned(),
            Self::Backfill => "\"all\", \"none\" or a length of time as \"6 hours\"".to_owned(),
            Self::FullText => "true, false or \"when short\"".to_owned(),
            Self::Country => "a country code of two letters: \"ML\"".to_owned(),
            Self::Language => "a language code: \"fr\"".to_owned(),
            Self::Weights => "terms with their weights: { \"attack*\" = 4, football = -8 }".to_owned(),
            Self::Headers => "headers with where their values are read: { X-Api-Key = { file = \"…\" } }".to_owned(),
            Self::Titles => "addresses with their titles: { \"https://…\" = \"…\" }".to_owned(),
            Self::Point => "latitude and longitude: [12.65, -8.0]".to_owned(),
            Self::Kilometres => "a number of kilometres without quotes: 60".to_owned(),
            Self::Share => "a number from 0 to 1 without quotes: 0.7".to_owned(),
            Self::Where => {
                "a table in braces: { inside = [\"Mali\"] } or { within_km = 60, of = [\"Bamako\"] }".to_owned()
            }
        }
    }
}

pub(crate) fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
