//! `db`: the store as a whole.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use jiff::tz::TimeZone;

use super::print::out;
use super::startup::{Db, Forgotten, NOTHING_YET, configuration_or_last, reader};
use crate::config::Configuration;
use crate::daemon::{Clock, Origin, SystemClock};
use crate::net::{ShownAddress, shown_text};
use crate::store::{Forget, Sqlite, Store};
use crate::text::{clean, count};

pub async fn db(origin: &Origin, what: Db) -> Result<ExitCode> {
    let configuration = configuration_or_last(origin)?;
    let folder = &configuration.store.path;
    match what {
        Db::Backup { file } => backup(folder, &file)?,
        Db::Restore { file } => restore(folder, &file)?,
        Db::Check => return check(&configuration).await,
        Db::Forget(what) => forget(&configuration, what).await?,
    }
    Ok(ExitCode::SUCCESS)
}

fn backup(folder: &Path, file: &Path) -> Result<()> {
    let bytes = Sqlite::backup(folder, file).context("failed to")?;
    out(|out| {
        writeln!(
            out,
            "{} holds the whole store ({}), and was examined. It holds what the store does: texts, addresses of receivers and feeds.",
            file.display(),
            size(bytes)
        )
    })
}

fn restore(folder: &Path, file: &Path) -> Result<()> {
    let restored = Sqlite::restore(folder, file, SystemClock.now()).context("failed to")?;
    out(|out| {
        writeln!(
            out,
            "The store is that of {} now, with {}.",
            file.display(),
            count(restored.feeds, "feed")
        )?;
        if let Some(before) = &restored.before {
            writeln!(out, "The store that was there is kept as {}.", before.display())?;
        }
        writeln!(
            out,
            "What was due in it goes out under its old ids. What came since arrives as one digest, marked as possibly already sent."
        )
    })
}

async fn check(configuration: &Configuration) -> Result<ExitCode> {
    let Some(store) = reader(configuration)? else {
        out(|out| writeln!(out, "{NOTHING_YET}"))?;
        return Ok(ExitCode::FAILURE);
    };
    let wrong = store.integrity().await.context("failed to")?;
    if !wrong.is_empty() {
        out(|out| {
            writeln!(out, "{} is damaged:", store.path().display())?;
            for line in &wrong {
                writeln!(out, "  {}", clean(line))?;
            }
            writeln!(
                out,
                "Stop Wirewatch, and put a backup in its place: `wirewatch db restore FILE`. The damaged file is kept."
            )
        })?;
        return Ok(ExitCode::FAILURE);
    }
    let tally = store.tally().await.context("failed to")?;
    let bytes = store.size().unwrap_or_default();
    out(|out| {
        writeln!(
            out,
            "{} is whole: {}, {} feeds, {} entries, {} alerts, {} deliveries due, {} given up.",
            store.path().display(),
            size(bytes),
            tally.feeds,
            tally.entries,
            tally.alerts,
            tally.deliveries_due,
            tally.deliveries_dead
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn forget(configuration: &Configuration, what: Forgotten) -> Result<()> {
    let folder = &configuration.store.path;
    let (forgotten, still) = match (what.recipient, what.before, what.feed) {
        (Some(recipient), _, _) => {
            let recipient = recipient.trim().to_owned();
            let known = configuration.recipients.iter().any(|known| {
                let lower = recipient.to_lowercase();
                known.name == recipient
                    || known
                        .addresses
                        .iter()
                        .any(|address| address.to_lowercase().contains(&lower))
            });
            if recipient.is_empty() {
                bail!("--recipient: write a mail address or the name of a receiver");
            }
            let still = known.then(|| {
                format!(
                    "{} still stands in the configuration: new alerts go there",
                    clean(&recipient)
                )
            });
            (
                Sqlite::forget(folder, &Forget::Recipient(recipient)).context("failed to")?,
                still,
            )
        }
        (_, Some(day), _) => {
            let before = day.to_zoned(TimeZone::UTC)?.timestamp();
            if before > SystemClock.now() {
                bail!("--before: {day} is still to come");
            }
            let store = Sqlite::open(folder).context("failed to")?;
            let forgotten = store.prune(before).await.context("failed to")?;
            drop(store);
            Sqlite::compact(folder).context("failed to")?;
            let still = "what is due or given up stays, and so do the keys by which entries are known again".to_owned();
            (forgotten, Some(still))
        }
        (_, _, Some(feed)) => {
            let url = url::Url::parse(feed.trim()).map_or_else(|_| feed.trim().to_owned(), String::from);
            let known = configuration.feeds.iter().any(|known| known.url.as_str() == url);
            let still = known.then(|| {
                let shown = ShownAddress::of_text(&url);
                format!("{shown} still stands in the configuration: it is read as a new feed, and what it holds then is not alerted")
            });
            (Sqlite::forget(folder, &Forget::Feed(url)).context("failed to")?, still)
        }
        (None, None, None) => bail!("write --recipient, --before or --feed"),
    };
    out(|out| {
        writeln!(out, "{} forgotten; the file was written anew.", count(forgotten, "row"))?;
        if let Some(still) = &still {
            writeln!(out, "Mind that {}.", shown_text(still))?;
        }
        let copies = Sqlite::copies(folder);
        if !copies.is_empty() {
            writeln!(
                out,
                "Copies beside it, like your backups, still hold what was forgotten:"
            )?;
            for copy in &copies {
                writeln!(out, "  {}", copy.display())?;
            }
        }
        Ok(())
    })
}

/// "14 MB".
fn size(bytes: u64) -> String {
    match bytes {
        0..=999_999 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}
