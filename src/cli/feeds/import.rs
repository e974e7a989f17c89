//! `feeds import` and `feeds export`: OPML in and out.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{IsTerminal, stdin, stdout};
use std::path::Path;

use anyhow::{Context, Result, bail};
use url::Url;
use wirewatch_syndication::decoded;

use super::feed_row::{Row, name};
use super::http::Asker;
use super::look::{self, Looked, look_at};
use crate::cli::print::out;
use crate::cli::startup::{checked_configuration, configuration};
use crate::config::{listed_address, read_opml};
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::{FeedSettings, Finding};
use crate::net::ShownAddress;
use crate::text::{clean, count};

/// What is to be done with the feeds once they are there.
#[derive(Debug, Clone, Copy)]
pub struct Wishes {
    pub offline: bool,
    pub mend: bool,
    pub full_text: bool,
    pub json: bool,
}

/// A feed of the list: its address, its name there, and its address in the list where another was found better.
#[derive(Debug, Clone)]
struct Taken {
    url: String,
    title: String,
    before: Option<String>,
}

/// The tables to write, by their names.
type Tables = BTreeMap<String, Vec<Taken>>;

/// Writes the feeds of an OPML file that are not watched yet into a file of their own in the configuration folder, asks
/// each once, and says how they are. Nothing that is there is touched, and a result that would not load is taken back.
pub async fn import(origin: &Origin, opml: &Path, wishes: Wishes) -> Result<()> {
    let known: HashSet<String> = configuration(origin)?
        .feeds
        .iter()
        .map(|feed| feed.url.as_str().to_owned())
        .collect();
    let bytes = fs::read(opml).with_context(|| format!("cannot read {}", opml.display()))?;
    let feeds = read_opml(&decoded(&bytes)).with_context(|| format!("{} is not OPML", opml.display()))?;
    let found = feeds.len();
    let mut tables = Tables::new();
    let mut taken = known.clone();
    let mut left_out = Vec::new();
    for feed in feeds {
        let url = match askable(&feed.url) {
            Ok(url) => url,
            Err(why) => {
                left_out.push(format!("{}: {why}", ShownAddress::of_text(&feed.url)));
                continue;
            }
        };
        if taken.insert(url.clone()) {
            let folder = feed.folder.as_deref().map_or_else(|| stem(opml), slug);
            tables.entry(folder).or_default().push(Taken {
                url,
                title: feed.title.unwrap_or_default(),
                before: None,
            });
        }
    }
    let added: usize = tables.values().map(Vec::len).sum();
    for left_out in &left_out {
        eprintln!("wirewatch: left out: {}", clean(left_out));
    }
    if !left_out.is_empty() && left_out.len() == found {
        bail!("no address in {} can be asked; nothing was taken over", opml.display());
    }
    let found = found - left_out.len();
    if added == 0 {
        return out(|out| {
            writeln!(
                out,
                "Nothing to add: its {} {} watched already.",
                count(found, "feed"),
                if found == 1 { "is" } else { "are" }
            )
        });
    }
    let target = origin.folder.join(format!("imported-{}.toml", stem(opml)));
    if target.exists() {
        bail!(
            "{} is there already, from an earlier import; rename it, or give the OPML file another name",
            target.display()
        );
    }
    write(origin, &target, &written(&tables, opml, &HashSet::new()), None)?;
    if !wishes.json {
        out(|out| {
            writeln!(
                out,
                "{} taken over into {}; {} watched already.\nA Wirewatch that runs reads them within seconds; what they hold already is remembered, not alerted.",
                count(added, "feed"),
                target.display(),
                match found - added {
                    0 => "none was".to_owned(),
                    1 => "1 was".to_owned(),
                    known => format!("{known} were"),
                }
            )
        })?;
    }
    if wishes.offline {
        return Ok(());
    }
    let configuration = configuration(origin)?;
    let mut new: Vec<FeedSettings> = configuration.feeds.clone();
    new.retain(|feed| !known.contains(feed.url.as_str()));
    let looked = look_at(&Asker::new(&configuration)?, &new).await;
    if wishes.json {
        look::json(&looked)?;
    } else {
        out(|out| {
            writeln!(out)?;
            look::report(out, &looked, SystemClock.now())
        })?;
    }
    better(origin, &target, opml, &mut tables, &looked, wishes)
}

/// Writes the file again with better addresses and with `full_text`, as far as that is wished.
fn better(
    origin: &Origin,
    target: &Path,
    opml: &Path,
    tables: &mut Tables,
    looked: &[Looked],
    wishes: Wishes,
) -> Result<()> {
    let better: HashMap<&str, &Url> = looked
        .iter()
        .filter_map(|one| Some((one.feed.url.as_str(), &one.instead.as_ref()?.0)))
        .collect();
    let short: HashSet<String> = looked
        .iter()
        .filter(|one| one.look.finding == Finding::Short)
        .map(|one| one.feed.group.clone())
        .collect();
    let people = !wishes.json && stdin().is_terminal() && stdout().is_terminal();
    let mend = !better.is_empty()
        && (wishes.mend
            || (people
                && agrees(&format!(
                    "Write the {} with an arrow in place of the old?",
                    count(better.len(), "address")
                ))?));
    let open = !short.is_empty()
        && (wishes.full_text
            || (people && agrees("Shall the articles be opened of feeds that give only two lines an entry?")?));
    if !mend && !open {
        return Ok(());
    }
    let mut written_anew = 0;
    for feed in tables.values_mut().flatten().filter(|_| mend) {
        let known = Url::parse(&feed.url).ok();
        let Some(url) = known.and_then(|url| better.get(url.as_str()).copied()) else {
            continue;
        };
        feed.before = Some(std::mem::replace(&mut feed.url, url.to_string()));
        written_anew += 1;
    }
    let nothing = HashSet::new();
    let before = fs::read_to_string(target)?;
    let text = written(tables, opml, if open { &short } else { &nothing });
    write(origin, target, &text, Some(&before))?;
    if wishes.json {
        return Ok(());
    }
    out(|out| {
        if mend {
            writeln!(
                out,
                "{} written anew in {}.",
                count(written_anew, "address"),
                target.display()
            )?;
        }
        if open {
            writeln!(
                out,
                "The articles of {} are opened where the feed gives little.",
                count(short.len(), "table")
            )?;
        }
        Ok(())
    })
}

/// Asks a person at a terminal; whoever only presses the return key says no.
fn agrees(question: &str) -> Result<bool> {
    out(|out| {
        write!(out, "{question} [y/N] ")?;
        out.flush()
    })?;
    let mut said = String::new();
    stdin().read_line(&mut said)?;
    Ok(matches!(said.trim().to_lowercase().as_str(), "y" | "yes" | "o" | "oui"))
}

/// Writes the file whole or not at all; one with which the configuration would not load is taken back.
fn write(origin: &Origin, target: &Path, text: &str, before: Option<&str>) -> Result<()> {
    fs::write(target, text).with_context(|| format!("cannot write {}", target.display()))?;
    let Err(problems) = checked_configuration(origin) else {
        return Ok(());
    };
    match before {
        Some(before) => fs::write(target, before)?,
        None => fs::remove_file(target)?,
    }
    bail!("the feeds were not taken over, since the configuration would not load with them:\n{problems}");
}

/// `opened`: the tables whose articles are opened.
fn written(tables: &Tables, opml: &Path, opened: &HashSet<String>) -> String {
    let mut text = format!(
        "# Taken over from {}.\n",
        opml.file_name().unwrap_or_default().to_string_lossy()
    );
    let bare = |text: &str| text.chars().filter(|letter| !letter.is_control()).collect::<String>();
    for (name, feeds) in tables {
        let _ = write!(text, "\n[feeds.{name}]\nurls = [\n");
        for feed in feeds {
            let was = feed
                .before
                .as_ref()
                .map(|before| format!("  # was {}", bare(before)))
                .unwrap_or_default();
            let url = toml::Value::String(feed.url.clone());
            let _ = writeln!(text, "  {url},{was}");
        }
        text.push_str("]\n");
        if opened.contains(name) {
            text.push_str("full_text = \"when short\"\n");
        }
        let titled: Vec<&Taken> = feeds.iter().filter(|feed| !feed.title.trim().is_empty()).collect();
        if !titled.is_empty() {
            let _ = writeln!(text, "\n[feeds.{name}.titles]");
            for feed in titled {
                let (url, title) = (toml::Value::String(feed.url.clone()), bare(&feed.title));
                let title = toml::Value::String(title);
                let _ = writeln!(text, "{url} = {title}");
            }
        }
    }
    text
}

/// Returns the address to ask for; the reason where there is none.
fn askable(written: &str) -> Result<String, String> {
    let url = listed_address(written).map_err(|(what, _)| what)?;
    match Url::parse(&url) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") && !url.contains(char::is_whitespace) => Ok(url),
        Ok(parsed) if !matches!(parsed.scheme(), "http" | "https") => {
            Err(format!("`{}:` is not an address to ask", parsed.scheme()))
        }
        _ => Err("it is not an address".to_owned()),
    }
}

fn stem(opml: &Path) -> String {
    slug(&opml.file_stem().unwrap_or_default().to_string_lossy())
}

/// A name that stands bare in TOML.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "feeds".to_owned()
    } else {
        slug.to_owned()
    }
}

/// Prints every feed on the web as OPML 2.0, one outline for each `[feeds.NAME]`.
pub fn export(rows: &[Row<'_>], with_secrets: bool) -> Result<()> {
    let mut groups: BTreeMap<&str, Vec<&Row<'_>>> = BTreeMap::new();
    for row in rows.iter().filter(|(feed, _)| feed.url.scheme() != "file") {
        groups.entry(&row.0.group).or_default().push(row);
    }
    let secret = rows
        .iter()
        .filter(|(feed, _)| feed.shown().as_str() != feed.url.as_str());
    match secret.count() {
        0 => {}
        _ if with_secrets => {}
        cut => eprintln!(
            "wirewatch: the passwords and tokens of {} are left out; `--with-secrets` writes them too",
            count(cut, "feed")
        ),
    }
    let escape = |text: &str| quick_xml::escape::escape(text).into_owned();
    out(|out| {
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head><title>Feeds of Wirewatch</title></head>\n  <body>"
        )?;
        for (group, feeds) in groups {
            writeln!(out, "    <outline text=\"{}\">", escape(group))?;
            for (feed, memory) in feeds {
                let shown = feed.shown();
                let url = if with_secrets {
                    feed.url.as_str()
                } else {
                    shown.as_str()
                };
                let url = escape(url);
                let title = escape(&name(feed, *memory));
                writeln!(out, "      <outline type=\"rss\" text=\"{title}\" xmlUrl=\"{url}\"/>")?;
            }
            writeln!(out, "    </outline>")?;
        }
        writeln!(out, "  </body>\n</opml>")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_name_becomes_a_bare_key() {
        for (name, key) in [
            ("Sahel & Maghreb", "sahel-maghreb"),
            ("Été 24", "t-24"),
            ("日本", "feeds"),
            ("a--b", "a-b"),
        ] {
            assert_eq!(slug(name), key, "{name}");
        }
    }
}
