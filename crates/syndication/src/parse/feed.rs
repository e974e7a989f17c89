//! The whole way from a body to a feed.

use std::time::Duration;

use url::Url;

use super::decode::decode;
use super::feed_rs_reader::{line_text, short_text, short_title};
use super::json::read_json_feed;
use super::page::offered;
use super::parsed_feed::{Hints, ParseError, ParsedFeed, Source};
use super::repair::{Draft, Mended, Repairs, absolute, base_of, to_atom};
use super::{cap, feed_rs_reader, page};
use crate::entry::{Entry, EntryKey};
use crate::hub::Offered;
use crate::identity::{KnownBy, key_anew};
use crate::position::{Position, Shape};
use crate::skips::Skips;

/// Reads a feed of any format. Never panics, whatever the bytes.
///
/// # Errors
///
/// The body is empty, a web page, or no feed at all.
///
/// ```
/// use wirewatch_syndication::{ParseError, Source, parse};
///
/// let page = Source { bytes: b"<!doctype html><html><body>Not found</body></html>", content_type: None, url: None, language: None , zone: None};
/// assert!(matches!(parse(page), Err(ParseError::Html { .. })));
/// # let feed = Source { bytes: br#"{"version":"https://jsonfeed.org/version/1.1","title":"News","items":[{"id":"1"}]}"#, ..page };
/// # assert_eq!(parse(feed)?.entries.len(), 1);
/// # Ok::<(), ParseError>(())
/// ```
pub fn parse(source: Source<'_>) -> Result<ParsedFeed, ParseError> {
    let mut repairs = Repairs::default();
    let text = decode(source.bytes, source.content_type, &mut repairs);
    let start = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    if start.is_empty() {
        return Err(ParseError::Empty);
    }
    if let Some(how) = packing(source.bytes) {
        return Err(ParseError::Packed { how });
    }
    if start.starts_with('{')
        && let Some(feed) = read_json_feed(start, source.url, &mut repairs)
    {
        return Ok(ParsedFeed {
            title: feed.title,
            link: feed.link,
            language: feed.language,
            seat: None,
            entries: with_keys(feed.entries),
            left_out: feed.left_out,
            repairs: repairs.into_list(),
            hints: feed.hints,
            older: feed.older,
            offered: feed.offered,
            cut_short: feed.cut_short,
        });
    }
    if let Some(message) = cap::read(start, source.language) {
        return Ok(of_message(message, source.url, repairs));
    }
    // Pages too have elements named `item` or `entry`: only the root of a feed is believed there.
    let believed = |mended: &Mended| !(mended.rootless || mended.beside.is_empty()) || !page::is_page(start);
    let Some(mut mended) = to_atom(start, source, &mut repairs).filter(believed) else {
        return Err(if page::is_page(start) {
            ParseError::Html {
                suggests: page::suggestions(start, source.url),
            }
        } else {
            ParseError::NotAFeed {
                starts_with: start.chars().take(60).collect(),
            }
        });
    };
    let beside = std::mem::take(&mut mended.beside);
    let mut entries = feed_rs_reader::read(&mended.atom, beside, &mended.dates, &mut repairs)
        .map_err(|why| ParseError::Unreadable { why })?;
    let link = mended.feed.link.as_ref().map(|(_, link)| link.clone());
    resolve_by_site(&mut entries, link.as_deref());
    let (stated, _) = std::mem::take(&mut mended.feed.stated).finish();
    let seat = take_seat(&mut entries).or(stated);
    Ok(ParsedFeed {
        title: mended
            .feed
            .title
            .as_ref()
            .map(|(_, title)| line_text(title))
            .filter(|title| !title.is_empty()),
        link,
        language: mended.feed.language.clone(),
        seat,
        entries: with_keys(entries),
        left_out: mended.left_out,
        repairs: repairs.into_list(),
        hints: hints(&mended.feed),
        older: mended.feed.older.as_ref().map(|(_, link)| link.clone()),
        offered: offered(start),
        cut_short: mended.cut_short,
    })
}

/// Returns the packing that a body begins like.
fn packing(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 7] = [
        (&[0x1f, 0x8b], "gzip"),
        (&[0x28, 0xb5, 0x2f, 0xfd], "zstd"),
        (b"PK\x03\x04", "zip"),
        (b"BZh", "bzip2"),
        (&[0xfd, b'7', b'z', b'X', b'Z', 0], "xz"),
        (&[0x1f, 0x9d], "compress"),
        (b"7z\xbc\xaf", "7z"),
    ];
    let (_, how) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark))?;
    Some(how)
}

/// A CAP message as a feed of one entry.
fn of_message(message: cap::Message, url: Option<&Url>, mut repairs: Repairs) -> ParsedFeed {
    let id = message.warning.as_ref().and_then(|warning| warning.id.clone());
    let entry = Entry {
        key: EntryKey::default(),
        id,
        title: short_title(message.title, &mut repairs),
        link: message.link.or_else(|| url.map(|url| url.as_str().to_owned())),
        text: short_text(message.text, &mut repairs),
        published: message.sent,
        language: message.language.clone(),
        position: message.position,
        warning: message.warning,
        ..Entry::default()
    };
    ParsedFeed {
        title: message.sender,
        link: None,
        language: message.language,
        seat: None,
        entries: with_keys(vec![entry]),
        left_out: 0,
        repairs: repairs.into_list(),
        hints: Hints::default(),
        older: None,
        offered: Offered::default(),
        cut_short: message.cut_short,
    }
}

/// Takes the position off entries that all state the same single point: a publishing system that writes its own seat
/// into every entry. Returns that position.
fn take_seat(entries: &mut [Entry]) -> Option<Box<Position>> {
    /// Two or three events at one place are no rarity.
    const ENOUGH: usize = 4;
    if entries.len() < ENOUGH {
        return None;
    }
    let point = |entry: &Entry| entry.position.as_ref()?.only_point();
    let first = point(entries.first()?)?;
    let seat = || {
        entries
            .iter()
            .all(|entry| entry.warning.is_none() && point(entry) == Some(first))
    };
    if !seat() {
        return None;
    }
    entries.iter_mut().for_each(|entry| entry.position = None);
    Some(Box::new(Position {
        shapes: vec![Shape::Point(first)],
        ..Position::default()
    }))
}

/// Links that neither `xml:base` nor the feed's own address made absolute are taken as relative to its site.
fn resolve_by_site(entries: &mut [Entry], site: Option<&str>) {
    let Some(site) = site.and_then(|site| base_of(site, None)) else {
        return;
    };
    for link in entries.iter_mut().filter_map(|entry| entry.link.as_mut()) {
        *link = absolute(link, Some(&site));
    }
}

fn with_keys(mut entries: Vec<Entry>) -> Vec<Entry> {
    key_anew(&mut entries, KnownBy::Id, &[]);
    entries
}

/// Pace hints of an XML feed: `ttl` in minutes, or the syndication module's period and frequency.
fn hints(feed: &Draft) -> Hints {
    let ttl = feed
        .ttl
        .as_ref()
        .and_then(|text| text.trim().parse::<u32>().ok())
        .map(|minutes| u64::from(minutes) * 60);
    let period = feed
        .period
        .as_ref()
        .and_then(|text| match text.trim().to_ascii_lowercase().as_str() {
            "hourly" => Some(3600),
            "daily" => Some(86_400),
            "weekly" => Some(7 * 86_400),
            "monthly" => Some(30 * 86_400),
            "yearly" => Some(365 * 86_400),
            _ => None,
        });
    let often = feed
        .frequency
        .as_ref()
        .and_then(|text| text.trim().parse::<u64>().ok())
        .unwrap_or(1)
        .max(1);
    let update_every = ttl.into_iter().chain(period.map(|period| period / often)).max();
    Hints {
        update_every: update_every.filter(|secs| *secs > 0).map(Duration::from_secs),
        skips: Skips::of(
            feed.skip_hours.iter().map(String::as_str),
            feed.skip_days.iter().map(String::as_str),
        ),
    }
}
