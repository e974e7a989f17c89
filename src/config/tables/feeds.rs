//! `[feeds.NAME]`: which feeds are read, and how.

use std::collections::HashMap;
use std::ops::Range;

use url::Url;

use super::access::access;
use super::feed_address::{address, listed_address, missing_file, titles};
use super::machine::pace;
use super::opml::{OpmlError, OpmlFeed, read_opml};
use super::paths::tidy;
use super::receivers::Known;
use crate::config::configuration::Polling;
use crate::config::schema::FEEDS;
use crate::config::source::{At, Node, Place, Severity, Source, Written};
use crate::config::values::{Check, Fields, Text, kind, parse};
use crate::feed::{Access, Backfill, FeedSettings, FullText, Trust};
use wirewatch_recognition::country_code;

/// The feeds so far, and where each URL was written.
#[derive(Default)]
pub(crate) struct Feeds {
    pub settings: Vec<FeedSettings>,
    places: HashMap<Url, String>,
}

/// The `[feeds.NAME]` by their names, with what is said of their feeds.
pub(crate) struct FeedTables<'k> {
    pub known: Known<'k>,
    settings: &'k [FeedSettings],
}

impl<'k> FeedTables<'k> {
    pub(crate) fn new(names: impl Iterator<Item = &'k str>, settings: &'k [FeedSettings]) -> Self {
        Self {
            known: Known::new("table [feeds.NAME] with the name", names),
            settings,
        }
    }

    /// Of one of its feeds; all of a table have the same but for their addresses and titles.
    pub(crate) fn settings(&self, name: &str) -> Option<&'k FeedSettings> {
        self.settings.iter().find(|settings| settings.group == name)
    }

    /// Whether some of these tables, or of all where none is named, do not say in which language their feeds are.
    pub(crate) fn some_without_language(&self, names: &[String]) -> bool {
        let among = |settings: &&FeedSettings| names.is_empty() || names.contains(&settings.group);
        self.settings
            .iter()
            .filter(among)
            .any(|settings| settings.language.is_none())
    }
}

pub(crate) fn feeds(check: &mut Check<'_>, name: &str, node: &Node, polling: &Polling, feeds: &mut Feeds) {
    let Some(fields) = Fields::open(check, &FEEDS, Some(name), node) else {
        return;
    };
    let (urls, lists) = (fields.texts(check, "urls"), fields.texts(check, "opml"));
    if fields.lacks(&["urls", "opml"]) {
        let what = format!("{} has neither `urls` nor `opml`", fields.header);
        check.missing(&At::Key(fields.at), what, Some("add urls = [\"https://…\"]".to_owned()));
    }
    let title = fields.text(check, "title");
    let titles = titles(check, &fields);
    let full_text = full_text(check, &fields);
    let trust = match fields.one_of(check, "trust") {
        Some(0) => Trust::Low,
        Some(2) => Trust::High,
        _ => Trust::Normal,
    };
    let backfill = backfill(check, &fields);
    let country = country(check, &fields);
    let language = language(check, &fields);
    let (fastest, slowest) = pace(check, &fields, polling.fastest, polling.slowest);
    let access = access(check, &fields, &polling.via);
    if let (Some(title), true) = (
        &title,
        lists.is_some() || urls.as_ref().is_some_and(|urls| urls.len() > 1),
    ) {
        let what = "one `title` cannot name several feeds".to_owned();
        check.warn(
            &title.at(),
            what,
            Some("leave it out; each feed brings its own".to_owned()),
        );
    }
    let settings = |url: Url, own: Option<String>| FeedSettings {
        url,
        group: name.to_owned(),
        title: own.or_else(|| title.as_ref().map(|title| title.text.trim().to_owned())),
        backfill,
        full_text,
        trust,
        country: country.clone(),
        language: language.clone(),
        fastest,
        slowest,
        access: access.clone(),
    };
    for text in urls.unwrap_or_default() {
        let place = check.place(&text.at());
        match address(check, text.text) {
            Ok(url) => {
                missing_file(check, &place, &url);
                two_users(check, &place, &url, &access);
                let brief = check.brief(text.at);
                let own = titles.get(&url).cloned();
                add(check, feeds, settings(url, own), place, brief);
            }
            Err((what, mend)) => check.error(&text.at(), what, mend),
        }
    }
    for text in lists.unwrap_or_default() {
        let Some((source, listed)) = list(check, &text) else {
            continue;
        };
        for feed in listed {
            let place = source.place(address_in(&source.text, &feed));
            let written = listed_address(&feed.url);
            match written.and_then(|written| address(check, &written)) {
                Ok(url) => add(check, feeds, settings(url, feed.title), place, source.brief(feed.at)),
                // A list exported years ago may hold anything: what cannot be read is told, the rest is.
                Err((what, _)) => check.say(Severity::Warning, place, what, Some("it is left out".to_owned())),
            }
        }
    }
}

/// An address that names a user, in a table that names one too.
fn two_users(check: &mut Check<'_>, place: &Place, url: &Url, access: &Access) {
    if access.user.is_some() && (!url.username().is_empty() || url.password().is_some()) {
        let what = "the address names a user, and `user` does too".to_owned();
        let mend = "take it out of the address: it stays the same feed".to_owned();
        check.say(Severity::Error, place.clone(), what, Some(mend));
    }
}

fn add(check: &mut Check<'_>, feeds: &mut Feeds, settings: FeedSettings, place: Place, brief: String) {
    match feeds.places.get(&settings.url) {
        Some(known) => {
            let what = format!("this feed is already in {known}; it is read once, as it stands there");
            check.say(
                Severity::Warning,
                place,
                what,
                Some("take one of the two out".to_owned()),
            );
        }
        None => {
            feeds.places.insert(settings.url.clone(), brief);
            feeds.settings.push(settings);
        }
    }
}

fn list(check: &mut Check<'_>, text: &Text<'_>) -> Option<(Source, Vec<super::opml::OpmlFeed>)> {
    let path = tidy(&check.outside.folder().join(text.text.trim()));
    let bytes = match check.outside.read(&path) {
        Ok(bytes) => bytes,
        Err(why) => {
            let mend = "a relative name counts from the configuration folder".to_owned();
            check.error(
                &text.at(),
                format!("the list {} cannot be read: {why}", path.display()),
                Some(mend),
            );
            return None;
        }
    };
    let source = Source::decode_any(&path, &bytes);
    check.files.push(path.clone());
    match read_opml(&source.text) {
        Ok(feeds) => Some((source, feeds)),
        Err(OpmlError::Broken { at, why }) => {
            let what = format!("this list of feeds is broken here: {why}");
            check.say(
                Severity::Error,
                source.place(at..at + 1),
                what,
                Some("export it again".to_owned()),
            );
            None
        }
        Err(error) => {
            check.error(
                &text.at(),
                format!("{} is no list of feeds: {error}", path.display()),
                Some("export it from your reader once more, as OPML".to_owned()),
            );
            None
        }
    }
}

/// Where the address of a listed feed stands, or its outline.
fn address_in(list: &str, feed: &OpmlFeed) -> Range<usize> {
    let outline = list.get(feed.at..).unwrap_or_default();
    let outline = &outline[..outline.find('>').unwrap_or(outline.len())];
    match outline.find(feed.url.as_str()) {
        Some(at) => feed.at + at..feed.at + at + feed.url.len(),
        None => feed.at..feed.at + outline.len(),
    }
}

fn full_text(check: &mut Check<'_>, fields: &Fields<'_>) -> FullText {
    let Some(node) = fields.node("full_text") else {
        return FullText::Never;
    };
    let at = At::Value(node.at);
    match &node.value {
        Written::Flag(false) => FullText::Never,
        Written::Flag(true) => FullText::Always,
        Written::Text(text) => match text.trim() {
            "when short" => FullText::WhenShort,
            "true" if check.is_variable(node.at) => FullText::Always,
            "false" if check.is_variable(node.at) => FullText::Never,
            other => {
                let mend = "write true, false or \"when short\"".to_owned();
                check.error(&at, format!("`full_text` cannot be `{other}`"), Some(mend));
                FullText::Never
            }
        },
        other => {
            check.error(
                &at,
                format!(
                    "`full_text` should be true, false or \"when short\", and this is {}",
                    kind(other)
                ),
                None,
            );
            FullText::Never
        }
    }
}

fn backfill(check: &mut Check<'_>, fields: &Fields<'_>) -> Backfill {
    let Some(text) = fields.text(check, "backfill") else {
        return Backfill::Remember;
    };
    match text.text.trim().to_lowercase().as_str() {
        "all" => Backfill::All,
        "none" => Backfill::Remember,
        written => match parse::duration(written) {
            Ok(duration) => Backfill::Within(duration),
            Err(_) => {
                let mend = "write \"all\", \"none\" or a length of time as \"6 hours\"".to_owned();
                check.error(&text.at(), format!("`backfill` cannot be `{}`", text.text), Some(mend));
                Backfill::Remember
            }
        },
    }
}

/// ISO 3166-1 alpha-2, as capitals.
pub(crate) fn country(check: &mut Check<'_>, fields: &Fields<'_>) -> Option<String> {
    let text = fields.text(check, "country")?;
    let plain = text.text.trim();
    let two_letters = plain.len() == 2 && plain.bytes().all(|b| b.is_ascii_alphabetic());
    match country_code(plain) {
        Some(code) if two_letters => return Some(code.to_owned()),
        None if two_letters => {
            let mend = "write the two letters of ISO 3166, as \"ML\" for Mali, or take it out".to_owned();
            check.warn(
                &text.at(),
                format!("no country has the code `{plain}`: it says nothing"),
                Some(mend),
            );
        }
        known => {
            let mend = match known {
                Some(code) => format!("write \"{code}\""),
                None => "write the two letters of ISO 3166, as \"ML\" for Mali".to_owned(),
            };
            check.error(&text.at(), format!("`{plain}` is not a country code"), Some(mend));
        }
    }
    None
}

/// The shape of BCP 47: a language of two or three letters, then parts of up to eight letters and digits.
fn language(check: &mut Check<'_>, fields: &Fields<'_>) -> Option<String> {
    let text = fields.text(check, "language")?;
    let plain = text.text.trim();
    let mut parts = plain.split('-');
    let first = parts
        .next()
        .is_some_and(|p| matches!(p.len(), 2 | 3) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    if first && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return Some(plain.to_owned());
    }
    let mend = "write its code, as \"fr\", \"en\" or \"ar\"".to_owned();
    check.error(&text.at(), format!("`{plain}` is not a language code"), Some(mend));
    None
}
