//! Every table and key that a configuration may hold: the one list behind the reader, its messages and the JSON Schema.

use super::list_keys::{GROUP, PLACE, WORDS};
use super::shape::Shape;
use super::table::{Key, Table, key};

pub(crate) const MAIL: Table = Table {
    name: "mail",
    named: false,
    about: "The mail server that alerts are sent through.",
    keys: &[
        key(
            "server",
            Shape::Text,
            "Host and port: \"smtp.example.org:587\" (STARTTLS), \"smtps://smtp.example.org\" (TLS from the first byte), \"localhost:25\" (this machine, plain).",
        ),
        key("from", Shape::Text, "The sender: \"Wirewatch <alerts@example.org>\"."),
        key(
            "user",
            Shape::Text,
            "The name to log in with; left out where the server asks for none.",
        ),
        key(
            "password",
            Shape::Secret,
            "Where the password is read: { file = \"/etc/wirewatch/smtp-password\" }, { credential = \"smtp-password\" } under systemd, or the variable WIREWATCH__MAIL__PASSWORD.",
        ),
        key(
            "timeout",
            Shape::Duration,
            "How long one mail may take, from connecting to the server's answer; \"1 min\" if left out.",
        ),
    ],
};

pub(crate) const STORE: Table = Table {
    name: "store",
    named: false,
    about: "Where Wirewatch remembers what it has read and sent.",
    keys: &[
        key(
            "path",
            Shape::Text,
            "A folder; a relative one counts from the configuration folder. If left out: systemd's StateDirectory, /var/lib/wirewatch for a configuration in /etc, else wirewatch-data beside the configuration folder.",
        ),
        key(
            "keep",
            Shape::Duration,
            "How long texts, alerts and finished deliveries are kept; \"18 months\" if left out.",
        ),
    ],
};

pub(crate) const POLLING: Table = Table {
    name: "polling",
    named: false,
    about: "How often and how gently feeds are asked.",
    keys: &[
        key(
            "fastest",
            Shape::Duration,
            "The shortest time between two requests to one feed; \"5 min\" if left out.",
        ),
        key(
            "slowest",
            Shape::Duration,
            "The longest time between two requests to one feed; \"1 hour\" if left out.",
        ),
        key(
            "at_once",
            Shape::Whole(1, 1000),
            "How many feeds are asked at the same time; 32 if left out.",
        ),
        key(
            "gap",
            Shape::Duration,
            "The pause between two requests to one host; \"2 s\" if left out.",
        ),
        key(
            "timeout",
            Shape::Duration,
            "How long one request may take; \"30 s\" if left out.",
        ),
        key(
            "article_wait",
            Shape::Duration,
            "How long an article that cannot be opened is tried again (`full_text`); then the feed's own text stands; \"2 min\" if left out.",
        ),
        key(
            "max_size",
            Shape::Size,
            "How much of one feed is read; \"20 MB\" if left out.",
        ),
        key(
            "contact",
            Shape::Text,
            "A mail or web address that publishers can turn to; it is sent with every request.",
        ),
        key(
            "allow_private",
            Shape::Flag,
            "true allows feeds and webhooks on private networks and on this machine; false if left out.",
        ),
        key(
            "proxy",
            Shape::Text,
            "A proxy: \"http://…\" or \"socks5h://…\" (Tor), \"environment\" for the one that HTTP_PROXY and HTTPS_PROXY name; directly if left out.",
        ),
        key("proxy_user", Shape::Text, "The user name that the proxy asks for."),
        key(
            "proxy_password",
            Shape::Secret,
            "Where its password is read: { file = \"…\" }.",
        ),
        key(
            "no_proxy",
            Shape::Texts,
            "Hosts, domains and networks that are reached without the proxy.",
        ),
        key(
            "ca_file",
            Shape::Text,
            "Certificates (PEM) of authorities that are trusted beside the machine's own.",
        ),
    ],
};

pub(crate) const HEALTH: Table = Table {
    name: "health",
    named: false,
    about: "Who hears when a feed or a receiver is in trouble.",
    keys: &[
        key("tell", Shape::Texts, "Names of receivers; nobody if left out."),
        key(
            "feed_failing_for",
            Shape::Duration,
            "How long a feed must fail before it is told; \"3 hours\" if left out.",
        ),
        key(
            "heartbeat",
            Shape::Time,
            "The time of day of a daily sign of life, in each receiver's time zone; none if left out.",
        ),
    ],
};

pub(crate) const FEEDS: Table = Table {
    name: "feeds",
    named: true,
    about: "Feeds that are read, in groups of your choice.",
    keys: &[
        key(
            "urls",
            Shape::Texts,
            "Addresses of feeds: https://…, http://… or file:NAME for a file in the configuration folder.",
        ),
        key(
            "opml",
            Shape::Texts,
            "A list of feeds exported from a reader, as a file in the configuration folder.",
        ),
        key(
            "title",
            Shape::Text,
            "A name to show instead of the feed's own; only where the table holds one feed.",
        ),
        key(
            "titles",
            Shape::Titles,
            "Names to show instead of the feeds' own, by their addresses: { \"https://…\" = \"…\" }.",
        ),
        key(
            "full_text",
            Shape::FullText,
            "Whether the article itself is opened and searched: true, \"when short\" (where the feed gives only a few lines) or false; false if left out.",
        ),
        key(
            "trust",
            Shape::OneOf(TRUST),
            "How far you trust these feeds; \"normal\" if left out.",
        ),
        key(
            "backfill",
            Shape::Backfill,
            "What becomes of the entries that a feed holds when it is first read: \"none\" (no alert, if left out), \"all\", or those of the last \"6 hours\".",
        ),
        key(
            "country",
            Shape::Country,
            "The country that these feeds report from, as two letters: \"ML\". Dates without a time zone are read in its own.",
        ),
        key(
            "language",
            Shape::Language,
            "The language of these feeds: \"fr\"; what the feed says if left out.",
        ),
        key("fastest", Shape::Duration, "As in [polling], for these feeds."),
        key("slowest", Shape::Duration, "As in [polling], for these feeds."),
        key(
            "user",
            Shape::Text,
            "The user name that the feeds' server asks for (Basic).",
        ),
        key(
            "password",
            Shape::Secret,
            "Where its password is read: { file = \"…\" }.",
        ),
        key(
            "headers",
            Shape::Headers,
            "Headers to send to the feeds' server: { X-Api-Key = { file = \"…\" } }.",
        ),
        key(
            "client_certificate",
            Shape::Text,
            "A certificate (PEM) that says to the server who asks.",
        ),
        key("client_key", Shape::Text, "The file with its key (PEM)."),
        key(
            "proxy",
            Shape::Text,
            "A proxy: \"http://…\" or \"socks5h://…\" (Tor), \"environment\" for the one that HTTP_PROXY and HTTPS_PROXY name, \"none\" for the direct way; as in [polling] if left out.",
        ),
        key("proxy_user", Shape::Text, "The user name that the proxy asks for."),
        key(
            "proxy_password",
            Shape::Secret,
            "Where its password is read: { file = \"…\" }.",
        ),
        key(
            "no_proxy",
            Shape::Texts,
            "Hosts, domains and networks that are reached without the proxy.",
        ),
        key(
            "ca_file",
            Shape::Text,
            "Certificates (PEM) of authorities that are trusted beside the machine's own.",
        ),
    ],
};

pub(crate) const RECEIVER: Table = Table {
    name: "receiver",
    named: true,
    about: "Somebody or something that alerts go to. Without any, alerts are printed.",
    keys: &[
        key(
            "email",
            Shape::Texts,
            "One or more mail addresses; needs a [mail] table.",
        ),
        key(
            "webhook",
            Shape::Text,
            "A web address that alerts are posted to (Standard Webhooks 1.0).",
        ),
        key(
            "secret",
            Shape::Secret,
            "Where the webhook's signing secret is read: { file = \"…\" }.",
        ),
        key("console", Shape::Flag, "true prints alerts where Wirewatch runs."),
        key(
            "time_zone",
            Shape::TimeZone,
            "The receiver's time zone: \"Africa/Bamako\"; UTC if left out.",
        ),
        key(
            "quiet_hours",
            Shape::QuietHours,
            "Alerts are held between these times and come as one digest after; urgent ones come at once: \"22:00-06:00\".",
        ),
    ],
};

pub(super) const LOOK_IN: &[&str] = &["title", "text", "title and text"];
pub(super) const LEVELS: &[&str] = &["urgent", "normal", "low"];
pub(super) const TRUST: &[&str] = &["low", "normal", "high"];

pub(crate) const WATCH: Table = Table {
    name: "watch",
    named: true,
    about: "What you want to be told of.",
    keys: &[
        key("title", Shape::Text, "A line to show in alerts; the name if left out."),
        key(
            "find",
            Shape::Texts,
            "Alert where any of these stands: words, phrases, beginnings (attack*), /patterns/, @lists.",
        ),
        key("together_with", Shape::Texts, "… and any of these stands with it."),
        key(
            "how_close",
            Shape::HowClose,
            "How close the two must stand: \"10 words\", \"same sentence\", \"same paragraph\" or \"same article\"; \"same article\" if left out.",
        ),
        key("but_not", Shape::Texts, "No alert where any of these stands."),
        key(
            "look_in",
            Shape::OneOf(LOOK_IN),
            "Which part of an entry is searched; \"title and text\" if left out.",
        ),
        key(
            "feeds",
            Shape::Texts,
            "Only entries of these [feeds.NAME]; all if left out.",
        ),
        key(
            "level",
            Shape::OneOf(LEVELS),
            "How pressing an alert is; \"normal\" if left out. Urgent ones pass quiet hours.",
        ),
        key("tell", Shape::Texts, "Only these receivers; all if left out."),
        key(
            "should_alert",
            Shape::Examples,
            "Examples that must alert, as texts or as { text = \"…\", feed = \"…\" }; tried whenever the configuration is loaded.",
        ),
        key(
            "should_stay_quiet",
            Shape::Examples,
            "Examples that must not alert; tried whenever the configuration is loaded.",
        ),
        key(
            "where",
            Shape::Where,
            "Only entries that name a place there: { inside = [\"Mali\", \"Sahel\"] }, { within_km = 60, of = [\"Bamako\"] }, or a distance for each level.",
        ),
        key(
            "languages",
            Shape::Texts,
            "Only entries in these languages: \"fr\", \"en\"; all if left out.",
        ),
        key(
            "min_confidence",
            Shape::Share,
            "How sure a place must be, from 0 to 1; 0.5 if left out.",
        ),
        key(
            "demonyms",
            Shape::Flag,
            "Whether \"Malian\" counts as Mali; true if left out.",
        ),
        key(
            "query",
            Shape::Text,
            "In place of find: terms with AND, OR, NOT, NEAR/10, SENT, PARA, title:, text:, feed:, lang:, place:, near: and parentheses.",
        ),
        key(
            "weights",
            Shape::Weights,
            "Terms, place: and near: with weights, each counted once; alert where their sum is at_least.",
        ),
        key("at_least", Shape::Whole(1, 1_000_000), "The sum that alerts."),
    ],
};

pub(crate) const TABLES: &[&Table] = &[
    &MAIL, &STORE, &POLLING, &HEALTH, &WEB, &FEEDS, &RECEIVER, &GROUP, &PLACE, &WORDS, &WATCH, &WATCHES,
];

pub(crate) fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

pub(crate) const WATCHES: Table = Table {
    name: "watches",
    named: true,
    about: "Many watches from the table of a spreadsheet.",
    keys: &[Key {
        name: "csv",
        shape: Shape::Texts,
        about: "A file in the configuration folder, saved as CSV; its first row names the columns: name, find, together_with, but_not, the other keys of a watch, and those of its where: inside, within_km, of.",
    }],
};

pub(crate) const WEB: Table = Table {
    name: "web",
    named: false,
    about: "Where others reach Wirewatch: hubs that push what is new in a feed (WebSub).",
    keys: &[
        key(
            "listen",
            Shape::Text,
            "Address and port on this machine: \"127.0.0.1:8080\", behind a web server that passes requests on. Taken at the start.",
        ),
        key(
            "public",
            Shape::Text,
            "How the world writes that address: \"https://wirewatch.example.org/\". Without it feeds are only polled.",
        ),
    ],
};
