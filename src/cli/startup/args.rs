//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::civil::Date;

/// Reads news feeds and tells you, once per story and with the reason, when an entry mentions a place or a group that
/// you watch.
#[derive(Debug, Parser)]
#[command(name = "wirewatch", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    /// The folder with the configuration [default: $WIREWATCH_CONFIG, else ./config, else /etc/wirewatch]
    #[arg(long, global = true, value_name = "DIR")]
    pub config: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the feeds and deliver alerts, until stopped
    Run {
        /// Poll what is due, deliver what is due, and end (for cron)
        #[arg(long)]
        once: bool,
    },
    /// Check the configuration: every problem at once, with its place and how to mend it
    Check {
        /// Also ask every feed once, and say what is wrong with each and what to do (exit code 1: one cannot be read)
        #[arg(long)]
        online: bool,
        /// One line of JSON for each problem; with --online, for each feed
        #[arg(long)]
        json: bool,
    },
    /// Say whether a text would raise an alert, and why (exit code 0: it would, 1: it would not)
    Explain(Explain),
    /// Say what became of an entry, stage by stage
    Why {
        /// The link of the entry, as the feed gives it
        url: String,
        #[arg(long)]
        json: bool,
    },
    /// Run documents through the watchlist: JSON lines in, JSON lines out
    Scan {
        /// A file with one {"id","title","text"} a line, or - for standard input
        #[arg(default_value = "-")]
        file: PathBuf,
        /// Also name the groups and places that are known without being written in the watchlist (slower; a first version)
        #[arg(long)]
        known: bool,
    },
    /// The feeds: how they are, what they hold, in and out as OPML
    #[command(subcommand)]
    Feeds(Feeds),
    /// The alerts that were raised
    #[command(subcommand)]
    Alerts(Alerts),
    /// What is to be delivered, was delivered, or died
    #[command(subcommand)]
    Deliveries(Deliveries),
    /// Send a test message to a receiver, and print what the other side said
    TestReceiver { name: String },
    /// The built-in groups, and what `@NAME` means in a watch
    Groups {
        /// A key, any name of a group, a part of one, or a country code
        name: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// What a name of a place can mean, and how to say which
    Places {
        /// A name in any language, a name with what it lies in ("Newport, Wales"), or an id
        name: String,
        /// Every village of the name
        #[arg(long)]
        all: bool,
        #[arg(long)]
        json: bool,
    },
    /// The store: a backup, a restore, a check, forgetting for good
    #[command(subcommand)]
    Db(Db),
    /// Print what the places and words in the program are made from, and their licences
    Licences,
    /// Print the JSON Schema of the configuration, for editors
    Schema,
    /// Print completions for a shell
    Completions { shell: Shell },
    /// Print the manual page
    Man,
}

#[derive(Debug, Subcommand)]
pub enum Db {
    /// Write a copy of the whole store to a file, while Wirewatch runs
    Backup {
        /// A file that is not there yet
        file: PathBuf,
    },
    /// Put a backup in place of the store; Wirewatch must be stopped
    Restore { file: PathBuf },
    /// Examine the store (exit code 1: it is damaged)
    Check,
    /// Forget for good; Wirewatch must be stopped
    Forget(Forgotten),
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Forgotten {
    /// All deliveries to a mail address, or to a receiver by its name
    #[arg(long, value_name = "ADDRESS")]
    pub recipient: Option<String>,
    /// Texts, alerts and finished deliveries from before a day: 2026-01-31
    #[arg(long, value_name = "DATE")]
    pub before: Option<Date>,
    /// A feed, with its entries, stories and alerts
    #[arg(long, value_name = "URL")]
    pub feed: Option<String>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false, id = "what")]
pub struct ExplainWhat {
    /// An article or a feed on the web
    pub url: Option<String>,
    /// A file: a feed, a web page, or plain text whose first line is the title
    #[arg(long, value_name = "F")]
    pub file: Option<PathBuf>,
    /// A text; its first line is the title
    #[arg(long)]
    pub text: Option<String>,
}

#[derive(Debug, Args)]
pub struct Explain {
    #[command(flatten)]
    pub what: ExplainWhat,
    /// As if it came from this feed: the name of its [feeds.NAME], or its address
    #[arg(long, value_name = "NAME")]
    pub feed: Option<String>,
    /// Only this watch
    #[arg(long, value_name = "NAME")]
    pub watch: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Feeds {
    /// How each feed is: last read, next poll and why
    List {
        #[arg(long)]
        json: bool,
    },
    /// Read feeds and print their entries
    Parse {
        /// Files or addresses
        #[arg(required = true, value_name = "FILE_OR_URL")]
        what: Vec<String>,
        /// The address that a file was fetched from; its relative links are completed with it
        #[arg(long, value_name = "URL")]
        base: Option<String>,
        /// One line of JSON a feed
        #[arg(long)]
        json: bool,
    },
    /// Find the feed of a page, and try it
    Discover {
        /// The page's address
        url: String,
        /// One line of JSON for each address that may be a feed
        #[arg(long)]
        json: bool,
    },
    /// Take over the feeds of another reader, ask each once, and say how they are
    Import {
        /// Its OPML file
        opml: PathBuf,
        /// Don't ask the feeds
        #[arg(long)]
        offline: bool,
        /// Where a feed has moved, or the page that is listed names its feed, write that address in place of the old one
        #[arg(long, conflicts_with = "offline")]
        mend: bool,
        /// Have the articles opened of feeds that give only two lines an entry
        #[arg(long, conflicts_with = "offline")]
        full_text: bool,
        /// One line of JSON a feed
        #[arg(long, conflicts_with = "offline")]
        json: bool,
    },
    /// Print the feeds as OPML
    Export {
        /// With passwords and tokens, which are left out otherwise
        #[arg(long)]
        with_secrets: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum Alerts {
    /// The newest alerts
    List {
        /// Only those of the last days or hours, as in "30 days"
        #[arg(long, default_value = "30 days")]
        since: String,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: usize,
        #[arg(long)]
        json: bool,
    },
    /// One alert, whole: reason, sources, deliveries
    Show {
        /// Its id, or the first digits of it
        id: String,
        #[arg(long)]
        json: bool,
    },
    /// Deliver an alert again, to everybody who was told
    Resend { id: String },
}

#[derive(Debug, Subcommand)]
pub enum Deliveries {
    /// What waits or died, newest first
    List {
        /// Also what was delivered or dropped
        #[arg(long)]
        all: bool,
        #[arg(long, default_value_t = 50)]
        limit: usize,
        #[arg(long)]
        json: bool,
    },
    /// Try deliveries again that died
    Replay {
        /// Their ids
        #[arg(required_unless_present = "all")]
        ids: Vec<String>,
        /// All that died
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
    /// Give up deliveries that wait or died
    Drop {
        #[arg(required = true)]
        ids: Vec<String>,
    },
}
