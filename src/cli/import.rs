//! `feeds import` and `feeds export`: OPML in and out.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::feeds::{Row, name};
use super::place::configuration;
use super::print::{count, out};
use crate::config::read_opml;
use crate::daemon::Origin;

/// Writes the feeds of an OPML file that are not watched yet into a file of their own in the configuration folder.
/// Nothing that is there is touched, and a result that would not load is taken back.
pub fn import(origin: &Origin, opml: &Path) -> Result<()> {
    let known: HashSet<String> = configuration(origin)?
        .feeds
        .iter()
        .map(|feed| feed.url.as_str().to_owned())
        .collect();
    let text = fs::read_to_string(opml).with_context(|| format!("cannot read {}", opml.display()))?;
    let feeds = read_opml(&text).with_context(|| format!("{} is not OPML", opml.display()))?;
    let found = feeds.len();
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut taken = known;
    for feed in feeds {
        if taken.insert(feed.url.clone()) {
            let folder = feed.folder.as_deref().map_or_else(|| stem(opml), slug);
            tables
                .entry(folder)
                .or_default()
                .push((feed.url, feed.title.unwrap_or_default()));
        }
    }
    let added: usize = tables.values().map(Vec::len).sum();
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
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&target)
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => anyhow::anyhow!(
                "{} is there already, from an earlier import; rename it, or give the OPML file another name",
                target.display()
            ),
            _ => anyhow::anyhow!("cannot make {}: {error}", target.display()),
        })?;
    file.write_all(written(&tables, opml).as_bytes())?;
    drop(file);
    if let Err(problems) = configuration(origin) {
        fs::remove_file(&target)?;
        bail!("the feeds were not taken over, since the configuration would not load with them:\n{problems}");
    }
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
    })
}

fn written(tables: &BTreeMap<String, Vec<(String, String)>>, opml: &Path) -> String {
    let mut text = format!(
        "# Taken over from {}.\n",
        opml.file_name().unwrap_or_default().to_string_lossy()
    );
    for (name, feeds) in tables {
        let _ = write!(text, "\n[feeds.{name}]\nurls = [\n");
        for (url, title) in feeds {
            let title: String = title.chars().filter(|letter| !letter.is_control()).collect();
            let gap = if title.is_empty() { "" } else { "  # " };
            let _ = writeln!(text, "  {},{gap}{title}", toml::Value::String(url.clone()));
        }
        text.push_str("]\n");
    }
    text
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
pub fn export(rows: &[Row<'_>]) -> Result<()> {
    let mut groups: BTreeMap<&str, Vec<&Row<'_>>> = BTreeMap::new();
    for row in rows.iter().filter(|(feed, _)| feed.url.scheme() != "file") {
        groups.entry(&row.0.group).or_default().push(row);
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
                let url = escape(feed.url.as_str());
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
