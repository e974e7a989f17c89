//! The built-in directory of groups: armed groups, forces, gangs and hackers under the names that newspapers use.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use super::other_names;

/// One file for each part of the world; each key is in exactly one.
const FILES: &[(&str, &str)] = &[
    (
        "africa-east-central.toml",
        include_str!("../../data/groups/africa-east-central.toml"),
    ),
    ("americas.toml", include_str!("../../data/groups/americas.toml")),
    ("armies.toml", include_str!("../../data/groups/armies.toml")),
    ("asia.toml", include_str!("../../data/groups/asia.toml")),
    ("europe.toml", include_str!("../../data/groups/europe.toml")),
    ("global.toml", include_str!("../../data/groups/global.toml")),
    ("hackers.toml", include_str!("../../data/groups/hackers.toml")),
    ("middle-east.toml", include_str!("../../data/groups/middle-east.toml")),
    ("ransomware.toml", include_str!("../../data/groups/ransomware.toml")),
    ("sahel.toml", include_str!("../../data/groups/sahel.toml")),
    ("west-africa.toml", include_str!("../../data/groups/west-africa.toml")),
];

static DIRECTORY: LazyLock<BTreeMap<String, Group>> =
    LazyLock::new(|| read(FILES).expect("the compiled-in groups are well formed; a test reads them all"));

/// The kind of an organisation, by the word that a report would use, without a judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupKind {
    Jihadist,
    Rebel,
    Separatist,
    /// Self-defence groups, vigilantes, pro-government irregulars.
    Militia,
    /// A party or movement with an armed wing, or banned as one.
    Movement,
    /// Extremists without a territory: terror networks of the far right, sects.
    Extremist,
    /// Soldiers, police and security services of a state.
    Force,
    /// Peacekeepers and operations of several states or abroad.
    Mission,
    /// Organisations of states or of armed groups.
    Alliance,
    /// Juntas and authorities not recognised by all.
    Government,
    /// Private military companies.
    Company,
    /// Gangs, cartels, mafias.
    Gang,
    /// Crews that extort with ransomware or stolen files.
    Ransomware,
    /// Intruders who work for a state or are said to.
    Espionage,
    /// Hackers with a cause, and hackers for money who are not ransomware crews.
    Hackers,
}

impl GroupKind {
    /// Returns the kind for people, without an article: `jihadist group`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Jihadist => "jihadist group",
            Self::Rebel => "rebel group",
            Self::Separatist => "separatist group",
            Self::Militia => "militia",
            Self::Movement => "movement",
            Self::Extremist => "extremist group",
            Self::Force => "state force",
            Self::Mission => "mission",
            Self::Alliance => "alliance",
            Self::Government => "authority",
            Self::Company => "private military company",
            Self::Gang => "gang",
            Self::Ransomware => "ransomware crew",
            Self::Espionage => "state hackers",
            Self::Hackers => "hackers",
        }
    }
}

impl fmt::Display for GroupKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// A group under all the names that English, French, Spanish, Arabic and Russian newspapers use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Lower-case letters, digits and hyphens: the name after the `@` in a watch, and after `group:` in an entity's id.
    pub key: String,
    /// The usual English name or abbreviation.
    pub name: String,
    /// Names that are unambiguous in any capitals. Contains `name`, first, unless `exact_case` does.
    pub names: Vec<String>,
    /// Abbreviations that are also words or have other meanings: they match only with these capitals, and are weak
    /// evidence even so.
    pub exact_case: Vec<String>,
    /// What it is called in 17 languages, in their cases and with what is written on: matched, and too many to show.
    pub forms: Vec<String>,
    /// Of these those that match only with their capitals.
    pub exact_forms: Vec<String>,
    pub kind: GroupKind,
    /// Countries in which it acts, ISO 3166-1 alpha-2, its own country first; for hackers, where they are said to work
    /// from.
    pub countries: Vec<String>,
    /// The key of its parent group, or of the group that it has sworn allegiance to.
    pub parent: Option<String>,
    /// What else is called so.
    pub homonyms: Vec<Homonym>,
    /// What else its abbreviation stands for: Reporters Without Borders.
    pub stands_for: Vec<String>,
    /// Words before which its name is another word: حماس الجماهير, the zeal of the crowds.
    pub not_before: Vec<String>,
    /// A source for these facts.
    pub source: String,
}

/// Something else that bears the name of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Homonym {
    /// The M23 motorway.
    Road,
    /// Hugo Wagner.
    Person,
    /// Al Shabab of Riyadh.
    Club,
}

/// As written in `data/groups/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    exact_case: Vec<String>,
    kind: GroupKind,
    #[serde(default)]
    countries: Vec<String>,
    parent: Option<String>,
    #[serde(default)]
    homonyms: Vec<Homonym>,
    #[serde(default)]
    stands_for: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
    source: String,
}

/// Returns the built-in group of a key, in any capitals.
///
/// ```
/// let jnim = wirewatch_recognition::group("JNIM").expect("a built-in group");
/// assert!(jnim.countries.iter().any(|country| country == "ML"));
/// ```
pub fn group(key: &str) -> Option<&'static Group> {
    DIRECTORY.get(key).or_else(|| DIRECTORY.get(&key.to_ascii_lowercase()))
}

/// Returns all groups, by key.
pub fn groups() -> impl Iterator<Item = &'static Group> {
    DIRECTORY.values()
}

/// Reads the files; an error names the file, for whoever edits one.
fn read(files: &[(&str, &str)]) -> Result<BTreeMap<String, Group>, String> {
    let mut directory = BTreeMap::new();
    for (file, text) in files {
        let written: BTreeMap<String, Written> =
            toml::from_str(text).map_err(|error| format!("data/groups/{file}: {error}"))?;
        for (key, written) in written {
            match directory.entry(key) {
                Entry::Vacant(free) => {
                    let group = written.under(free.key().clone());
                    free.insert(group);
                }
                Entry::Occupied(taken) => {
                    return Err(format!("data/groups/{file}: `{}` is defined twice", taken.key()));
                }
            }
        }
    }
    for (key, names) in other_names::read()? {
        let group: &mut Group = directory
            .get_mut(&key)
            .ok_or_else(|| format!("data/groups/names: no group `{key}` in data/groups"))?;
        let own = |name: &String| group.names.contains(name) || group.exact_case.contains(name);
        let without = |names: Vec<String>| -> Vec<String> { names.into_iter().filter(|name| !own(name)).collect() };
        let (forms, exact_forms) = (without(names.any_capitals), without(names.exact_case));
        (group.forms, group.exact_forms) = (forms, exact_forms);
    }
    Ok(directory)
}

impl Written {
    fn under(self, key: String) -> Group {
        let Self {
            name,
            mut names,
            exact_case,
            kind,
            countries,
            parent,
            homonyms,
            stands_for,
            not_before,
            source,
        } = self;
        if !exact_case.contains(&name) {
            names.insert(0, name.clone());
        }
        Group {
            key,
            name,
            names,
            exact_case,
            forms: Vec::new(),
            exact_forms: Vec::new(),
            kind,
            countries,
            parent,
            homonyms,
            stands_for,
            not_before,
            source,
        }
    }
}
