//! `[group.NAME]`, `[place.NAME]` and `[words.NAME]`, and what `@NAME` stands for.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::imports::imported;
use super::own_places::{Own, own_place};
use super::{built_in, patterns};
use crate::config::schema::{GROUP, PLACE, Table, WORDS};
use crate::config::source::{At, Node, folded};
use crate::config::values::{Check, Fields, Text};
use wirewatch_recognition::{Entity, EntityKind, Group, OwnPlace, Pattern, Term, TermList, fold, group};

/// Lists within lists within lists: deeper is a mistake.
const DEEPEST: usize = 32;

struct List<'a> {
    name: &'a str,
    header: String,
    entity: Option<Arc<Entity>>,
    terms: Vec<Text<'a>>,
    exact: Vec<Text<'a>>,
    /// The built-in group that it adds to.
    beside: Option<&'static Group>,
    /// Of a `[place.NAME]`.
    place: Option<Own>,
    /// From files that hold many names.
    imported: Option<Vec<Term>>,
    state: State,
}

enum State {
    Unread,
    Reading,
    Read(Arc<[Term]>),
}

/// All lists of the files, each resolved when first asked for.
pub(crate) struct Lists<'a> {
    lists: Vec<List<'a>>,
    by_name: HashMap<String, usize>,
    /// The built-in groups that were asked for.
    built_in: HashMap<&'static str, Arc<[Term]>>,
    /// What `@NAME` alone stands for in a watch.
    shared: HashMap<String, TermList>,
}

impl<'a> Lists<'a> {
    pub(crate) fn read<'n: 'a>(
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
            let others: &[&str] = match table.name {
                "group" => &["exact_case", "csv", "ftm"],
                "place" => &["exact_case", "means"],
                _ => &[],
            };
            if fields.lacks(&[key]) && fields.lacks(others) {
                let mend = format!("add {key} = [\"…\"]");
                check.missing(
                    &At::Key(fields.at),
                    format!("{} has no `{key}`", fields.header),
                    Some(mend),
                );
            }
            let (terms, exact) = (terms.unwrap_or_default(), exact.unwrap_or_default());
            warn_of_small_letters(check, &exact);
            let beside = beside(check, table, name, &fields);
            let shown = terms.iter().chain(&exact).find(|text| !text.text.starts_with('@'));
            let id = format!("{}:{}", table.name, folded(name));
            let place = (table.name == PLACE.name)
                .then(|| own_place(check, &fields, id.clone(), shown.map(|text| text.text), name));
            let brings = table.name == GROUP.name && !fields.lacks(&["csv", "ftm"]);
            let imported = brings.then(|| imported(check, &fields, name));
            let entity = match (beside, &place) {
                (Some(group), _) => Some(built_in::entity(group)),
                (None, Some(place)) => Some(place.entity.clone()),
                (None, None) if table.name == WORDS.name => None,
                (None, None) => Some(Arc::new(Entity {
                    id,
                    kind: EntityKind::Group,
                    name: shown.map_or(name, |text| text.text.trim()).to_owned(),
                    country: None,
                })),
            };
            lists.push(List {
                name,
                header: fields.header,
                entity,
                terms,
                exact,
                beside,
                place,
                imported,
                state: State::Unread,
            });
        }
        let by_name = lists
            .iter()
            .enumerate()
            .map(|(at, list)| (folded(list.name), at))
            .collect();
        let mut lists = Self {
            lists,
            by_name,
            built_in: HashMap::new(),
            shared: HashMap::new(),
        };
        for at in 0..lists.lists.len() {
            lists.resolve(check, at, &mut Vec::new());
        }
        lists
    }

    /// Reads terms as written in a list, `@NAME` replaced by what it stands for, each term once.
    pub(crate) fn terms(&mut self, check: &mut Check<'_>, texts: &[Text<'_>]) -> Vec<Term> {
        self.expand(check, texts, None, false, &mut Vec::new())
    }

    /// The terms of a list of a watch as they are kept: where the list is one `@NAME`, other watches share them.
    pub(crate) fn kept(&mut self, texts: &[Text<'_>], terms: Vec<Term>) -> TermList {
        let [only] = texts else { return terms.into() };
        let Some(name) = only.text.trim().strip_prefix('@') else {
            return terms.into();
        };
        match self.shared.get(name) {
            Some(shared) if **shared == *terms => shared.clone(),
            // Another watch counts places otherwise.
            Some(_) => terms.into(),
            None => {
                let kept = TermList::from(terms);
                self.shared.insert(name.to_owned(), kept.clone());
                kept
            }
        }
    }

    /// A `[place.NAME]` by its name, with or without the `@`, or by one of the names that it lists.
    pub(crate) fn own_place(&self, written: &str) -> Option<&Own> {
        let written = written.trim();
        if let Some(at) = self.by_name.get(&folded(written.trim_start_matches('@'))) {
            return self.lists[*at].place.as_ref();
        }
        let wanted = fold(written);
        let named = |list: &&List<'_>| list.terms.iter().any(|text| fold(text.text) == wanted);
        self.lists
            .iter()
            .filter(|list| list.place.is_some())
            .find(named)?
            .place
            .as_ref()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().map(|list| list.name)
    }

    /// All `[place.NAME]`.
    pub(crate) fn own_places(&self) -> Vec<OwnPlace> {
        let finished = |list: &List<'_>| match (&list.place, &list.state) {
            (Some(place), State::Read(terms)) => Some(place.finished(terms)),
            _ => None,
        };
        self.lists.iter().filter_map(finished).collect()
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
        let mut known: HashSet<Pattern> = all.iter().map(|term| term.pattern.clone()).collect();
        let others = self.expand(check, &terms, entity.as_ref(), false, path);
        all.extend(others.into_iter().filter(|term| !known.contains(&term.pattern)));
        if let Some(group) = self.lists[at].beside {
            known.extend(all.iter().map(|term| term.pattern.clone()));
            let others = built_in::terms(group);
            all.extend(others.into_iter().filter(|term| !known.contains(&term.pattern)));
        }
        if let Some(place) = &self.lists[at].place {
            // By the names that the gazetteer has for it the text must mean it.
            all.retain(|term| term.exact_case || !place.is_known_as(&term.pattern));
            all.extend(place.terms(self.lists[at].name));
        }
        all.extend(self.lists[at].imported.iter().flatten().cloned());
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
        /// Lists up to this long are compared term by term, which is quicker than a set.
        const SHORT: usize = 24;
        let mut terms: Vec<Term> = Vec::new();
        let mut known: HashSet<(Pattern, bool)> = HashSet::new();
        for text in texts {
            let found: Vec<Term> = match text.text.trim().strip_prefix('@') {
                Some(name) => self
                    .refer(check, text, name, path)
                    .map(|terms| terms.to_vec())
                    .unwrap_or_default(),
                None => patterns::term(check, text)
                    .into_iter()
                    .map(|term| owned(term, entity, exact_case))
                    .collect(),
            };
            if terms.len() + found.len() <= SHORT {
                for term in found {
                    let same = |one: &Term| one.pattern == term.pattern && one.exact_case == term.exact_case;
                    if !terms.iter().any(same) {
                        terms.push(term);
                    }
                }
                continue;
            }
            let key = |term: &Term| (term.pattern.clone(), term.exact_case);
            if known.is_empty() {
                known.extend(terms.iter().map(key));
            }
            terms.extend(found.into_iter().filter(|term| known.insert(key(term))));
        }
        terms
    }

    /// The terms that `@name` stands for; `@name*` is the group with all that belong to it.
    fn refer(
        &mut self,
        check: &mut Check<'_>,
        text: &Text<'_>,
        name: &str,
        path: &mut Vec<usize>,
    ) -> Option<Arc<[Term]>> {
        let Some(parent) = name.strip_suffix('*') else {
            return self.refer_to_one(check, text, name, path);
        };
        let own = self.refer_to_one(check, text, parent, path)?;
        let Some(group) = self.behind(parent) else {
            let what = format!("`@{parent}` is no built-in group: it is not known what belongs to it");
            check.error(&text.at(), what, Some(format!("write @{parent} without the star")));
            return None;
        };
        let below = built_in::below(group);
        if below.is_empty() {
            let what = format!("no other built-in group belongs to `@{parent}`");
            check.warn(&text.at(), what, Some(format!("write @{parent} without the star")));
        }
        let mut terms = own.to_vec();
        for group in below {
            // The files' own [group.NAME] of it, where there is one.
            terms.extend(self.refer_to_one(check, text, &group.key, path)?.iter().cloned());
        }
        Some(terms.into())
    }

    /// The built-in group that a name of the files or of the program stands for.
    fn behind(&self, name: &str) -> Option<&'static Group> {
        match self.by_name.get(&folded(name)) {
            Some(at) if self.lists[*at].entity.as_ref()?.kind == EntityKind::Group => group(name),
            Some(_) => None,
            None => group(name),
        }
    }

    fn refer_to_one(
        &mut self,
        check: &mut Check<'_>,
        text: &Text<'_>,
        name: &str,
        path: &mut Vec<usize>,
    ) -> Option<Arc<[Term]>> {
        let Some(at) = self.by_name.get(&folded(name)).copied() else {
            if let Some(group) = group(name) {
                let terms = self.built_in.entry(&group.key);
                return Some(terms.or_insert_with(|| built_in::terms(group).into()).clone());
            }
            if let Some(terms) = self.built_in_place(check, text, name) {
                return Some(terms);
            }
            if !check.layers.broken {
                let own = self.lists.iter().map(|list| list.name);
                let mend = built_in::meant(check.suggest, name, own);
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
        let list = &self.lists[at];
        let nothing_else = list.place.is_none() && list.imported.is_none();
        if terms.is_empty() && path.is_empty() && list.terms.is_empty() && list.exact.is_empty() && nothing_else {
            check.missing(&text.at(), format!("{} is empty", self.lists[at].header), None);
        }
        Some(terms)
    }
}

/// Names in `exact_case` that are written without a capital, though their script has them.
fn warn_of_small_letters(check: &mut Check<'_>, exact: &[Text<'_>]) {
    for text in exact {
        let plain = text.text.trim();
        let cased = plain.chars().any(char::is_lowercase) && !plain.chars().any(char::is_uppercase);
        if cased && !plain.starts_with(['@', '/']) {
            let what = format!("`{plain}` in `exact_case` has no capital: it is not found where a text writes one");
            let mend = "write it with its capitals, or put it into `names`".to_owned();
            check.warn(&text.at(), what, Some(mend));
        }
    }
}

/// The built-in group that a `[group.NAME]` adds to: the one of its name, unless `only` replaces it.
fn beside(check: &mut Check<'_>, table: &Table, name: &str, fields: &Fields<'_>) -> Option<&'static Group> {
    if table.name != GROUP.name {
        return None;
    }
    let known = group(name);
    let only = fields.flag(check, "only").unwrap_or(false);
    if only && known.is_none() {
        let what = format!("`only` replaces a built-in group, and there is none with the name {name}");
        let mend =
            built_in::nearest(check.suggest, name).map(|near| format!("did you mean {}?", GROUP.header(Some(near))));
        let mend = mend.unwrap_or_else(|| "take `only` out".to_owned());
        check.warn(&fields.at_key("only"), what, Some(mend));
    }
    known.filter(|_| !only)
}

fn owned(mut term: Term, entity: Option<&Arc<Entity>>, exact_case: bool) -> Term {
    term.entity = entity.cloned();
    term.exact_case |= exact_case;
    term
}
