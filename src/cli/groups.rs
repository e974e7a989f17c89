//! `groups`: what the built-in groups are called, and what `@NAME` means.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use serde::Serialize;

use super::print::{json_lines, out, table};
use crate::text::count;
use wirewatch_recognition::{Group, fold, groups};

#[derive(Serialize)]
struct Row<'g> {
    key: &'g str,
    name: &'g str,
    names: &'g [String],
    exact_case: &'g [String],
    kind: &'static str,
    countries: &'g [String],
    parent: Option<&'g str>,
    branches: Vec<&'g str>,
    source: &'g str,
}

impl<'g> Row<'g> {
    fn of(group: &'g Group) -> Self {
        Self {
            key: &group.key,
            name: &group.name,
            names: &group.names,
            exact_case: &group.exact_case,
            kind: group.kind.words(),
            countries: &group.countries,
            parent: group.parent.as_deref(),
            branches: branches(group).map(|branch| branch.key.as_str()).collect(),
            source: &group.source,
        }
    }
}

/// All groups, or those that `name` asks for: one by its key or any of its names, several by a part of a name or by a
/// country code.
pub fn groups_command(name: Option<&str>, json: bool) -> Result<ExitCode> {
    let found = match name {
        Some(name) => asked_for(name.trim().trim_start_matches('@')),
        None => groups().collect(),
    };
    match (found.as_slice(), name) {
        ([], name) => bail!(
            "no built-in group is called `{}`; `wirewatch groups` lists them all, and your own [group.NAME] can hold any other",
            name.unwrap_or_default()
        ),
        (found, _) if json => json_lines(found.iter().map(|group| Row::of(group)))?,
        ([group], Some(_)) => out(|out| one(out, group))?,
        (found, _) => out(|out| list(out, found))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn branches(group: &Group) -> impl Iterator<Item = &'static Group> {
    groups().filter(move |branch| branch.parent.as_deref() == Some(&group.key))
}

fn asked_for(name: &str) -> Vec<&'static Group> {
    let plain = |text: &str| fold(&text.replace(['-', '_'], " "));
    let wanted = plain(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let all_names = |group: &'static Group| {
        let names = group.names.iter().chain(&group.exact_case);
        names.chain([&group.key, &group.name]).map(|name| plain(name))
    };
    let by = |fits: &dyn Fn(&'static Group) -> bool| groups().filter(|group| fits(group)).collect::<Vec<_>>();
    let ways: [Vec<&'static Group>; 4] = [
        by(&|group| plain(&group.key) == wanted),
        by(&|group| all_names(group).any(|name| name == wanted)),
        by(&|group| group.countries.iter().any(|country| country.eq_ignore_ascii_case(name))),
        by(&|group| wanted.chars().count() > 2 && all_names(group).any(|name| name.contains(&wanted))),
    ];
    ways.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

fn list(out: &mut dyn Write, found: &[&Group]) -> io::Result<()> {
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|group| {
            vec![
                format!("@{}", group.key),
                group.name.clone(),
                group.kind.words().to_owned(),
                group.countries.join(" "),
                group
                    .parent
                    .as_ref()
                    .map_or(String::new(), |parent| format!("@{parent}")),
                (group.names.len() + group.exact_case.len()).to_string(),
            ]
        })
        .collect();
    let heads = [
        ("WRITE", 28),
        ("NAME", 36),
        ("KIND", 24),
        ("COUNTRIES", 20),
        ("BELONGS TO", 22),
        ("NAMES", 5),
    ];
    table(out, &heads, &rows)?;
    writeln!(
        out,
        "\n{}; `wirewatch groups NAME` shows one with all its names",
        count(found.len(), "group")
    )
}

fn one(out: &mut dyn Write, group: &Group) -> io::Result<()> {
    let key = &group.key;
    writeln!(out, "@{key}: {}, {}", group.name, group.kind.words())?;
    if !group.countries.is_empty() {
        writeln!(out, "  countries   {}", group.countries.join(", "))?;
    }
    if let Some(parent) = &group.parent {
        writeln!(out, "  belongs to  @{parent}")?;
    }
    let branches: Vec<String> = branches(group).map(|branch| format!("@{}", branch.key)).collect();
    if !branches.is_empty() {
        writeln!(out, "  branches    {}", branches.join(", "))?;
        writeln!(
            out,
            "              not part of @{key}; @{key}* means it with all of them"
        )?;
    }
    writeln!(out, "  source      {}", group.source)?;
    writeln!(out, "  names")?;
    for name in &group.names {
        writeln!(out, "    {name}")?;
    }
    if !group.exact_case.is_empty() {
        writeln!(out, "  names with exactly these capitals")?;
        for name in &group.exact_case {
            writeln!(out, "    {name}")?;
        }
    }
    writeln!(
        out,
        "\nIn a watch: find = [\"@{key}\"]. To add a name, write [group.{key}] with names = [\"…\"]."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_found_by_whatever_people_know_of_it() {
        let keys = |name: &str| -> Vec<&str> { asked_for(name).iter().map(|group| group.key.as_str()).collect() };
        for (what, name) in [
            ("the key", "jnim"),
            ("the key in capitals", "JNIM"),
            ("another name", "GSIM"),
            (
                "a long name without accents",
                "groupe de soutien a l'islam et aux musulmans",
            ),
            ("another script", "جماعة نصرة الإسلام والمسلمين"),
        ] {
            assert_eq!(keys(name), ["jnim"], "{what}");
        }
        let katibas = keys("katiba");
        assert!(
            katibas.len() > 2 && katibas.contains(&"katiba-macina"),
            "a part of names: {katibas:?}"
        );
        assert!(keys("ml").contains(&"jnim"), "a country code");
        assert_eq!(keys("zzyzx"), Vec::<&str>::new());
        assert_eq!(keys(" "), Vec::<&str>::new());
    }

    #[test]
    fn one_group_is_shown_with_all_that_its_name_means() {
        let mut shown = Vec::new();
        one(&mut shown, asked_for("jnim")[0]).unwrap();
        let shown = String::from_utf8(shown).unwrap();
        for part in [
            "@jnim: JNIM, jihadist group\n",
            "  countries   ML, BF, ",
            "  belongs to  @al-qaeda\n",
            "@katiba-macina",
            "@jnim* means it with all of them",
            "\n    GSIM\n",
        ] {
            assert!(shown.contains(part), "{part:?} in\n{shown}");
        }
    }
}
