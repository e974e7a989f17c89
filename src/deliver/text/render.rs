//! A message as text: what is common to mails and terminals, and the text part of a mail. Pure.

use std::cmp::Reverse;
use std::fmt::Write;

use url::Url;
use wirewatch_recognition::Level;

use super::marked::starred;
use crate::alert::{Alert, Kind, Paragraph, SourceLine};
use crate::deliver::outgoing_message::OutgoingMessage;
use crate::text::one_line;

/// The address of a web page, as it may be clicked: `http` and `https` only, percent-encoded.
pub(crate) fn web_link(link: &str) -> Option<Url> {
    Url::parse(link.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The address as it can stand between single quotes on a command line.
fn quotable(link: &Url) -> String {
    link.as_str().replace('\'', "%27")
}

/// The reason as a sentence with its stop, without the leading "Because" (the line it stands on says so).
pub(crate) fn why(because: &str) -> Option<String> {
    let because = one_line(because);
    let reason = because
        .strip_prefix("Because ")
        .unwrap_or(&because)
        .trim_end_matches(['.', ' ']);
    (!reason.is_empty()).then(|| format!("{reason}."))
}

/// "BBC Afrique: headline".
pub(crate) fn source_line(source: &SourceLine) -> String {
    match (one_line(&source.feed_title), one_line(&source.title)) {
        (feed, title) if title.is_empty() => feed,
        (feed, title) if feed.is_empty() => title,
        (feed, title) => format!("{feed}: {title}"),
    }
}

pub(crate) fn level_word(level: Level) -> &'static str {
    match level {
        Level::Urgent => "Urgent",
        Level::Normal => "Normal",
        Level::Low => "Low",
    }
}

/// Each paragraph with its alert; a notice's have none. A digest's paragraphs stand in the order of
/// [`crate::alert::digest`]: the most urgent first, then the oldest.
pub(crate) fn with_alerts(outgoing: &OutgoingMessage) -> impl Iterator<Item = (&Paragraph, Option<&Alert>)> {
    let paragraphs = &outgoing.message.paragraphs;
    let mut alerts: Vec<Option<&Alert>> = Vec::new();
    if outgoing.alerts.len() == paragraphs.len() {
        alerts = outgoing.alerts.iter().map(|(alert, _)| Some(alert)).collect();
        alerts.sort_by_key(|alert| alert.map(|alert| (Reverse(alert.level), alert.raised, alert.id)));
    }
    paragraphs.iter().zip(alerts.into_iter().chain(std::iter::repeat(None)))
}

/// "Urgent alert 00000000000000a1 of the watch “Violence near our offices” (violence)".
pub(crate) fn origin_line(alert: &Alert) -> String {
    let what = match alert.kind {
        Kind::First => "alert",
        Kind::Update { .. } => "update",
    };
    let (level, title, name) = (
        level_word(alert.level),
        one_line(&alert.watch_title),
        one_line(&alert.watch),
    );
    match title == name || title.is_empty() {
        true => format!("{level} {what} {} of the watch “{name}”", alert.id),
        false => format!("{level} {what} {} of the watch “{title}” ({name})", alert.id),
    }
}

/// The text part of a mail. Lines are as long as their paragraphs: mail programs wrap them, ours would break on a phone.
pub(crate) fn text(outgoing: &OutgoingMessage) -> String {
    let mut text = String::new();
    let many = outgoing.message.paragraphs.len() > 1;
    if many {
        let _ = writeln!(text, "{}\n", one_line(&outgoing.message.subject));
    }
    for (index, (paragraph, alert)) in with_alerts(outgoing).enumerate() {
        if many {
            let _ = writeln!(
                text,
                "{}\n{}. {}",
                "-".repeat(60),
                index + 1,
                one_line(&paragraph.headline)
            );
        } else {
            let _ = writeln!(text, "{}", one_line(&paragraph.headline));
        }
        paragraph_text(&mut text, paragraph);
        if let Some(alert) = alert {
            let _ = writeln!(text, "\n{}.", origin_line(alert));
            if let Some(link) = paragraph.link.as_deref().and_then(web_link) {
                let _ = writeln!(
                    text,
                    "What became of this entry, step by step: wirewatch why '{}'",
                    quotable(&link)
                );
            }
            let _ = writeln!(text, "This alert and who was told: wirewatch alerts show {}", alert.id);
        }
        text.push('\n');
    }
    text.push_str("-- \nSent by Wirewatch.\n");
    text
}

fn paragraph_text(text: &mut String, paragraph: &Paragraph) {
    for line in [
        Some(one_line(&paragraph.source)),
        paragraph.link.as_deref().map(one_line),
    ]
    .into_iter()
    .flatten()
    {
        if !line.is_empty() {
            let _ = writeln!(text, "{line}");
        }
    }
    let excerpt = starred(&paragraph.excerpt);
    if !excerpt.is_empty() {
        let _ = writeln!(text, "\n{excerpt}");
    }
    if !paragraph.lines.is_empty() && paragraph.also_in.is_empty() {
        text.push('\n');
        lines(text, "", paragraph);
    }
    if let Some(news) = paragraph.news.as_deref().map(one_line).filter(|news| !news.is_empty()) {
        let _ = writeln!(text, "\n{news}");
    }
    if let Some(why) = why(&paragraph.because) {
        let _ = writeln!(text, "\nWhy: {why}");
    }
    if !paragraph.also_in.is_empty() {
        text.push_str("\nAlso in:\n");
        for source in &paragraph.also_in {
            let _ = writeln!(text, "- {}", source_line(source));
            if let Some(link) = source.link.as_deref().map(one_line).filter(|link| !link.is_empty()) {
                let _ = writeln!(text, "  {link}");
            }
        }
        lines(text, "- ", paragraph);
    }
}

/// The further lines: a notice's words, or how many more sources there are.
fn lines(text: &mut String, lead: &str, paragraph: &Paragraph) {
    for line in &paragraph.lines {
        let _ = writeln!(text, "{lead}{}", one_line(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_pages_are_links() {
        assert_eq!(
            web_link(" https://a.org/é\" x ").map(String::from),
            Some("https://a.org/%C3%A9%22%20x".into())
        );
        for link in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//a.org",
            "mailto:a@b.c",
            "",
        ] {
            assert_eq!(web_link(link), None, "{link}");
        }
    }

    #[test]
    fn a_reason_is_a_sentence() {
        assert_eq!(why("Because “GSIM” stands there"), Some("“GSIM” stands there.".into()));
        assert_eq!(why("“GSIM” stands there."), Some("“GSIM” stands there.".into()));
        assert_eq!(why(" . "), None);
    }
}
