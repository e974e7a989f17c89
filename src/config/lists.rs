//! `[group.NAME]`, `[place.NAME]` and `[words.NAME]`, and what `@NAME` stands for.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::checking::{At, Check};
use super::feeds::country;
use super::fields::{Fields, Text};
use super::keys::{GROUP, PLACE, Table, WORDS};
use super::layer::{Node, folded};
use crate::watch::{Entity, EntityKind, Pattern, Term, TermError};

/// Lists within lists within lists: deeper is a mistake.
const DEEPEST: usize = 32;

/// The terms of a group that the program itself knows.
fn built_in(_name: &str) -> Option<Vec<Term>> {
    None
}

/// Names of the groups that the program itself knows, for suggestions.
fn built_in_names() -> &'static [&'static str] {
    &[]
}

struct List<'a> {
    name: &'a str,
    header: String,
    entity: Option<Arc<Entity>>,
    terms: Vec<Text<'a>>,
    exact: Vec<Text<'a>>,
    state: State,
}

enum State {
    Unread,
    Reading,
    Read(Arc<[Term]>),
}

/// All lists of the files, each resolved when first asked for.
pub(super) struct Lists<'a> {
    lists: Vec<List<'a>>,
    by_name: HashMap<String, usize>,
}

impl<'a> Lists<'a> {
    pub(super) fn read<'n: 'a>(
        check: &mut Check<'_>,
        nodes: impl Iterator<Item = (&'static Table, &'n str, &'n Node)>,
    ) -> Self {
        let mut lists: Vec<List<'a>> = Vec::new();
        for (table, name, node) in nodes {
            let Some(fields) = Fields::open(check, table, Some(name), node) else {
                continue;
            };
            let key = if table.name == WORDS.name { "list" } else { "names" };
            let terms = fields.texts(check, key);
            let exact = if table.name == WORDS.name {
                None
            } else {
                fields.texts(check, "exact_case")
            };
            if fields.lacks(&[key, "exact_case"]) {
                let mend = format!("add {key} = [\"…\"]");
                check.missing(
                    &At::Key(fields.at),
                    format!("{} has no `{key}`", fields.header),
                    Some(mend),
                );
            }
            let (terms, exact) = (terms.unwrap_or_default(), exact.unwrap_or_default());
            let shown = terms.iter().chain(&exact).find(|text| !text.text.starts_with('@'));
            let entity = (table.name != WORDS.name).then(|| {
                Arc::new(Entity {
                    id: format!("{}:{}", table.name, folded(name)),
                    kind: if table.name == GROUP.name {
                        EntityKind::Group
                    } else {
                        EntityKind::Place
                    },
                    name: shown.map_or(name, |text| text.text.trim()).to_owned(),
                    country: if table.name == PLACE.name {
                        country(check, &fields)
                    } else {
                        None
                    },
                })
            });
            lists.push(List {
                name,
                header: fields.header,
                entity,
                terms,
                exact,
                state: State::Unread,
            });
        }
        let by_name = lists
            .iter()
            .enumerate()
            .map(|(at, list)| (folded(list.name), at))
            .collect();
        let mut lists = Self { lists, by_name };
        for at in 0..lists.lists.len() {
            lists.resolve(check, at, &mut Vec::new());
        }
        lists
    }

    /// Reads terms as written in a list, `@NAME` replaced by what it stands for, each term once.
    pub(super) fn terms(&mut self, check: &mut Check<'_>, texts: &[Text<'_>]) -> Vec<Term> {
        self.expand(check, texts, None, false, &mut Vec::new())
    }

    fn resolve(&mut self, check: &mut Check<'_>, at: usize, path: &mut Vec<usize>) -> Arc<[Term]> {
        if let State::Read(terms) = &self.lists[at].state {
            return terms.clone();
        }
        self.lists[at].state = State::Reading;
        path.push(at);
        let list = &self.lists[at];
        let (terms, exact, entity) = (list.terms.clone(), list.exact.clone(), list.entity.clone());
        // A name that stands in both lists is meant with its capitals.
        let mut all = self.expand(check, &exact, entity.as_ref(), true, path);
        let known: HashSet<Pattern> = all.iter().map(|term| term.pattern.clone()).collect();
        let others = self.expand(check, &terms, entity.as_ref(), false, path);
        all.extend(others.into_iter().filter(|term| !known.contains(&term.pattern)));
        path.pop();
        let all: Arc<[Term]> = all.into();
        self.lists[at].state = State::Read(all.clone());
        all
    }

    fn expand(
        &mut self,
        check: &mut Check<'_>,
        texts: &[Text<'_>],
        entity: Option<&Arc<Entity>>,
        exact_case: bool,
        path: &mut Vec<usize>,
    ) -> Vec<Term> {
        let mut terms: Vec<Term> = Vec::new();
        let mut known: HashSet<(Pattern, bool)> = HashSet::new();
        for text in texts {
            let found: Vec<Term> = match text.text.trim().strip_prefix('@') {
                Some(name) => self
                    .refer(check, text, name, path)
                    .map(|terms| terms.to_vec())
                    .unwrap_or_default(),
                None => term(check, text)
                    .into_iter()
                    .map(|term| owned(term, entity, exact_case))
                    .collect(),
            };
            terms.extend(
                found
                    .into_iter()
                    .filter(|term| known.insert((term.pattern.clone(), term.exact_case))),
            );
        }
        terms
    }

    fn refer(
        &mut self,
        check: &mut Check<'_>,
        text: &Text<'_>,
        name: &str,
        path: &mut Vec<usize>,
    ) -> Option<Arc<[Term]>> {
        let Some(at) = self.by_name.get(&folded(name)).copied() else {
            if let Some(terms) = built_in(name) {
                return Some(terms.into());
            }
            if !check.layers.broken {
                let names = self
                    .lists
                    .iter()
                    .map(|list| list.name)
                    .chain(built_in_names().iter().copied());
                let mend = match check.suggest.nearest(name, names) {
                    Some(near) => format!("did you mean `@{near}`?"),
                    None => format!("write a [group.NAME], [place.NAME] or [words.NAME] with the name {name}"),
                };
                check.error(
                    &text.at(),
                    format!("there is no group, place or words list `@{name}`"),
                    Some(mend),
                );
            }
            return None;
        };
        if matches!(self.lists[at].state, State::Reading) {
            let from = path.iter().position(|step| *step == at).unwrap_or(0);
            let steps: Vec<&str> = path[from..]
                .iter()
                .chain([&at])
                .map(|step| self.lists[*step].name)
                .collect();
            let what = match steps.as_slice() {
                [name, _] => format!("@{name} stands in its own list"),
                steps => format!(
                    "lists go round in a circle: {}",
                    steps.iter().map(|s| format!("@{s}")).collect::<Vec<_>>().join(" → ")
                ),
            };
            check.error(&text.at(), what, Some(format!("take @{name} out here")));
            return None;
        }
        if path.len() >= DEEPEST {
            check.error(
                &text.at(),
                format!("lists stand within lists more than {DEEPEST} deep"),
                None,
            );
            return None;
        }
        let terms = self.resolve(check, at, path);
        if terms.is_empty() && path.is_empty() && self.lists[at].terms.is_empty() && self.lists[at].exact.is_empty() {
            check.missing(&text.at(), format!("{} is empty", self.lists[at].header), None);
        }
        Some(terms)
    }
}

fn owned(mut term: Term, entity: Option<&Arc<Entity>>, exact_case: bool) -> Term {
    term.entity = entity.cloned();
    term.exact_case |= exact_case;
    term
}

/// One term, checked and judged for being too general.
fn term(check: &mut Check<'_>, text: &Text<'_>) -> Option<Term> {
    let written = text.text.trim();
    if written.starts_with(['"', '“', '«']) && written.ends_with(['"', '”', '»']) && written.chars().count() > 2 {
        let inner = written.trim_matches(['"', '“', '”', '«', '»']).trim();
        let what = "several words are a phrase without quotes of their own";
        check.error(&text.at(), what, Some(format!("write \"{inner}\"")));
        return None;
    }
    match Term::parse(written) {
        Ok(term) => {
            too_general(check, text, &term);
            Some(term)
        }
        Err(error) => {
            let (at, mend) = match &error {
                TermError::Regex { at, .. } => (*at, None),
                TermError::Star { .. } => {
                    let mend = format!("write \"{}\", or /…/ for a pattern", written.replace('*', ""));
                    (written.find('*'), Some(mend))
                }
                _ => (None, None),
            };
            let indent = text.text.len() - text.text.trim_start().len();
            let place = at.map_or(text.at(), |at| At::Within(text.at, indent + at..indent + at + 1));
            check.error(&place, error.to_string(), mend);
            None
        }
    }
}

fn too_general(check: &mut Check<'_>, text: &Text<'_>, term: &Term) {
    // In scripts that write whole words with one sign a single one says something.
    let letters = |word: &str| {
        word.chars().filter(|c| c.is_alphanumeric()).count() + word.chars().filter(|c| *c > '\u{2E80}').count()
    };
    let what = match &term.pattern {
        Pattern::Words(word) if letters(word) < 2 => format!("`{word}` alone is in almost every text"),
        Pattern::Prefix(prefix) if letters(prefix) < 3 => format!("very many words begin with `{prefix}`"),
        Pattern::Regex(regex) if regex::Regex::new(regex).is_ok_and(|regex| regex.is_match("")) => {
            format!("/{regex}/ is found in every text, even in an empty one")
        }
        _ => return,
    };
    check.warn(
        &text.at(),
        what,
        Some("write more of it, or expect many alerts".to_owned()),
    );
}
