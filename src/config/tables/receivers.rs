//! `[receiver.NAME]`: who alerts go to.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use url::Url;

use crate::alert::Recipient;
use crate::config::schema::RECEIVER;
use crate::config::source::{At, Node, folded};
use crate::config::values::{Check, Fields, Text, mailbox};
use crate::deliver::{Receiver, To};

pub(crate) struct Read {
    pub receiver: Receiver,
    pub recipient: Recipient,
}

/// The receiver that there is when none is written.
pub(crate) fn console() -> Read {
    Read {
        receiver: Receiver {
            name: "console".to_owned(),
            to: To::Console,
        },
        recipient: Recipient {
            name: "console".to_owned(),
            addresses: vec![String::new()],
            time_zone: TimeZone::UTC,
            quiet_hours: None,
        },
    }
}

pub(crate) fn receiver(check: &mut Check<'_>, name: &str, node: &Node, has_mail: bool) -> Option<Read> {
    let fields = Fields::open(check, &RECEIVER, Some(name), node)?;
    let addresses = fields.texts(check, "email").map(|texts| {
        let mut addresses: Vec<String> = Vec::new();
        for text in &texts {
            match mailbox(text.text) {
                Ok(address) if addresses.contains(&address.to_string()) => {
                    check.warn(
                        &text.at(),
                        format!("`{}` stands here twice", text.text),
                        Some("take one out".to_owned()),
                    );
                }
                Ok(address) => addresses.push(address.to_string()),
                Err((what, mend)) => check.error(&text.at(), what, mend),
            }
        }
        addresses
    });
    let webhook = fields
        .text(check, "webhook")
        .and_then(|text| match web_address(text.text) {
            Ok(url) => Some(url),
            Err((what, mend)) => {
                check.error(&text.at(), what, mend);
                None
            }
        });
    let secret = fields.secret(check, "secret");
    let console = fields.flag(check, "console");
    let time_zone = fields.time_zone(check, "time_zone");
    let quiet_hours = fields.quiet_hours(check, "quiet_hours");

    let ways: Vec<&str> = ["email", "webhook", "console"]
        .into_iter()
        .filter(|key| fields.node(key).is_some() && !(*key == "console" && console == Some(false)))
        .collect();
    match ways.as_slice() {
        [] if !fields.lacks(&["email", "webhook", "console"]) => {}
        [] => {
            let what = format!(
                "{} has neither `email` nor `webhook` nor `console`: it cannot be told",
                fields.header
            );
            check.missing(
                &At::Key(fields.at),
                what,
                Some("add email = \"name@example.org\", webhook = \"https://…\" or console = true".to_owned()),
            );
        }
        [_] => {}
        [_, second, ..] => {
            let what = format!("{} has {}; a receiver has one", fields.header, backquoted(&ways));
            let mend = format!("make a second receiver for `{second}`");
            check.error(&fields.at_key(second), what, Some(mend));
        }
    }
    if ways.contains(&"email") && !has_mail {
        let mend = "add [mail] with `server` and `from`".to_owned();
        check.missing(
            &fields.at_key("email"),
            "there is no [mail] table to send this through",
            Some(mend),
        );
    }
    if fields.node("secret").is_some() && fields.node("webhook").is_none() {
        check.error(
            &fields.at_key("secret"),
            "`secret` signs a webhook, and there is none here",
            None,
        );
    }
    if quiet_hours.is_some() && fields.node("time_zone").is_none() {
        let mend = "add time_zone = \"Africa/Bamako\", or whichever it is".to_owned();
        check.warn(
            &fields.at_key("quiet_hours"),
            "these quiet hours are read as UTC",
            Some(mend),
        );
    }
    let (to, addresses) = match ways.first() {
        Some(&"email") => (To::Email, addresses?),
        Some(&"webhook") => (To::Webhook { url: webhook?, secret }, vec![String::new()]),
        _ => (To::Console, vec![String::new()]),
    };
    Some(Read {
        receiver: Receiver {
            name: name.to_owned(),
            to,
        },
        recipient: Recipient {
            name: name.to_owned(),
            addresses,
            time_zone: time_zone.unwrap_or(TimeZone::UTC),
            quiet_hours,
        },
    })
}

fn backquoted(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(" and ")
}

/// An `https:` or `http:` URL with a host.
pub(super) fn web_address(written: &str) -> Result<Url, (String, Option<String>)> {
    let plain = written.trim();
    match Url::parse(plain) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        _ => {
            let near = Url::parse(&format!("https://{plain}")).ok();
            let near = near.filter(|url| !plain.contains(':') && url.host_str().is_some_and(|host| host.contains('.')));
            let mend = near.map_or("write \"https://…\"", |_| "write https:// before it");
            // It is not repeated: a chat's address is its password.
            Err(("this is not a web address".to_owned(), Some(mend.to_owned())))
        }
    }
}

/// Names that can be referred to. Capitals do not matter, since no two of one table differ only in them.
pub(crate) struct Known<'a> {
    word: &'static str,
    names: Vec<&'a str>,
    by_name: HashMap<String, usize>,
}

impl<'a> Known<'a> {
    /// `word` completes "there is no …".
    pub(crate) fn new(word: &'static str, names: impl Iterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.collect();
        Self {
            word,
            by_name: names.iter().enumerate().map(|(at, name)| (folded(name), at)).collect(),
            names,
        }
    }

    /// The names in a list, each as its table spells it.
    pub(crate) fn read(&self, check: &mut Check<'_>, fields: &Fields<'_>, key: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for text in fields.texts(check, key).unwrap_or_default() {
            match self.one(check, &text) {
                Some(name) if found.iter().any(|known| known == name) => {
                    check.warn(
                        &text.at(),
                        format!("`{name}` stands here twice"),
                        Some("take one out".to_owned()),
                    );
                }
                Some(name) => found.push(name.to_owned()),
                None => {}
            }
        }
        found
    }

    /// A name as its table spells it.
    pub(crate) fn one(&self, check: &mut Check<'_>, text: &Text<'_>) -> Option<&'a str> {
        let known = self.by_name.get(&folded(text.text.trim())).map(|at| self.names[*at]);
        if known.is_none() && !check.layers.broken {
            let mend = check.choices(text.text, &self.names);
            check.error(&text.at(), format!("there is no {} `{}`", self.word, text.text), mend);
        }
        known
    }
}
