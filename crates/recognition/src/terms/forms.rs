//! The forms under which a term occurs in a folded stream.

use crate::mention::TermId;
use crate::terms::capitals::{Capitals, is_acronym};
use crate::terms::spellings::spellings;
use crate::terms::stem::Stems;
use crate::terms::term::{Pattern, Term};
use crate::text::boundary::Reach;
use crate::text::fold::in_word;
use crate::text::folded::Folded;
use crate::text::script;

/// A string of the stream that a term matches, with a leading space if it begins with a word of a spaced script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Form {
    pub(crate) text: String,
    pub(crate) reach: Reach,
}

/// The forms of all terms, their texts concatenated: there may be half a million.
#[derive(Debug, Default)]
pub(crate) struct AllForms {
    texts: String,
    forms: Vec<Noted>,
}

/// An entry of [`AllForms`]: bytes of the texts, and the owner.
#[derive(Debug, Clone, Copy)]
struct Noted {
    from: u32,
    to: u32,
    term: TermId,
    reach: Reach,
}

impl AllForms {
    pub(crate) fn add(&mut self, form: &Form, term: TermId) {
        let from = self.texts.len() as u32;
        self.texts.push_str(&form.text);
        self.forms.push(Noted {
            from,
            to: self.texts.len() as u32,
            term,
            reach: form.reach,
        });
    }

    pub(crate) fn len(&self) -> usize {
        self.forms.len()
    }

    /// Sorts, so that forms with the same text are adjacent.
    pub(crate) fn sort(&mut self) {
        let texts = &self.texts;
        let key = |one: &Noted| (&texts[one.from as usize..one.to as usize], one.reach, one.term);
        self.forms.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
    }

    pub(crate) fn text(&self, form: usize) -> &str {
        let Noted { from, to, .. } = self.forms[form];
        &self.texts[from as usize..to as usize]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Reach, TermId)> {
        let each = |(at, one): (usize, &Noted)| (self.text(at), one.reach, one.term);
        self.forms.iter().enumerate().map(each)
    }
}

/// Returns the plain form of a term, by which equal terms are recognised; `None` for regular expressions.
pub(crate) fn plain_form(term: &Term) -> Option<String> {
    let shared;
    let words: &str = match &term.pattern {
        Pattern::Words(words) | Pattern::Prefix(words) => words,
        Pattern::Stem(word) => {
            shared = Stems::of(word).prefix;
            &shared
        }
        Pattern::Regex(_) | Pattern::Place(_) | Pattern::Where(_) => return None,
    };
    let enclosing = |c: char| c.is_whitespace() || "\"“”„«»‹›‘’'()[]{}<>¿¡".contains(c);
    let inner = words.trim_start_matches(enclosing);
    let inner = match &term.pattern {
        Pattern::Prefix(_) | Pattern::Stem(_) => inner,
        _ => inner.trim_end_matches(|c: char| enclosing(c) || ",;:.".contains(c)),
    };
    let stream = Folded::new(if inner.is_empty() { words } else { inner }).text;
    // CVE-2026-*: the hyphen parts what it begins from the rest.
    let stream = match (&term.pattern, stream.trim_end().strip_suffix(['-', '_'])) {
        (Pattern::Prefix(_), Some(begun)) => format!("{begun} "),
        _ => stream.trim_end().to_owned(),
    };
    let bare = stream.trim_start();
    let led = bare
        .chars()
        .next()
        .is_some_and(|first| in_word(first) && !script::unspaced(first) && !script::writes_on(first));
    Some(if led { stream.clone() } else { bare.to_owned() })
}

/// Returns a key that is the same for terms that match alike.
pub(crate) fn key(term: &Term, plain: Option<&str>, case: &Capitals) -> String {
    let entity = term.entity.as_ref().map_or("", |entity| &entity.id);
    let (kind, text) = match (&term.pattern, plain) {
        (Pattern::Words(_), Some(plain)) => {
            let noun = term.entity.is_none() && term.written().chars().next().is_some_and(char::is_lowercase);
            (if noun { 'n' } else { 'w' }, plain)
        }
        (Pattern::Prefix(_), Some(plain)) => ('p', plain),
        (Pattern::Stem(word), _) => ('s', &**word),
        (Pattern::Regex(regex), _) => ('r', &**regex),
        (Pattern::Place(place), _) => return format!("g{place:?}\n{entity}"),
        (Pattern::Where(pattern), _) => return format!("h{pattern:?}"),
        (Pattern::Words(text) | Pattern::Prefix(text), None) => ('?', &**text),
    };
    let case = match case {
        Capitals::Any => "",
        Capitals::All => "A",
        Capitals::Exactly(written) => written,
    };
    format!("{kind}{text}\n{case}\n{entity}")
}

/// Returns every form of a term whose plain form is `plain`.
pub(crate) fn forms(term: &Term, plain: String, capitals: &Capitals) -> Vec<Form> {
    if !plain.contains(in_word) {
        return Vec::new();
    }
    let written = match &term.pattern {
        Pattern::Words(words) => words,
        Pattern::Prefix(_) | Pattern::Stem(_) => {
            return vec![Form {
                text: plain,
                reach: Reach::Open,
            }];
        }
        Pattern::Regex(_) | Pattern::Place(_) | Pattern::Where(_) => return Vec::new(),
    };
    let common = term.entity.is_none() && !term.exact_case && written.chars().next().is_some_and(char::is_lowercase);
    let reach = match capitals {
        Capitals::All => Reach::Whole,
        _ if common => Reach::Noun,
        _ => Reach::Name,
    };
    let mut others = Vec::new();
    if common {
        others.extend(changed_ending(&plain).map(|text| Form {
            text,
            reach: Reach::Whole,
        }));
        others.extend(inner_plurals(&plain).map(|text| Form { text, reach }));
    }
    if !term.exact_case {
        let spellings = spellings(written, &plain, !common);
        others.extend(spellings.into_iter().map(|text| Form { text, reach }));
    }
    // N'Djamena is also written Ndjamena; shorter ones would become other words (l'an, LAN).
    if let Some(joined) = joined(&plain) {
        others.push(Form { text: joined, reach });
    }
    // U.S., O.N.U.
    if is_acronym(written) && written.len() >= 2 && written.is_ascii() {
        let dotted = plain
            .trim_start()
            .split("")
            .filter(|letter| !letter.is_empty())
            .collect::<Vec<_>>();
        others.push(Form {
            text: format!(" {}", dotted.join(". ")),
            reach: Reach::Whole,
        });
    }
    others.push(Form { text: plain, reach });
    others
}

/// army, armies; hôpital, hôpitaux.
fn changed_ending(plain: &str) -> Option<String> {
    let last_word = plain.rsplit(' ').next()?;
    if !last_word.is_ascii() || last_word.len() < 4 {
        return None;
    }
    if let Some(stem) = plain.strip_suffix('y') {
        return (!stem.ends_with(['a', 'e', 'i', 'o', 'u'])).then(|| format!("{stem}ies"));
    }
    plain
        .strip_suffix("al")
        .filter(|_| last_word.len() >= 5)
        .map(|stem| format!("{stem}aux"))
}

/// attaque armée, attaques armées: in the Romance languages the inner words of a phrase take the plural too.
fn inner_plurals(plain: &str) -> Option<String> {
    let words: Vec<&str> = plain.trim_start().split(' ').collect();
    if !(2..=4).contains(&words.len()) || !words[0].bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut out = String::with_capacity(plain.len() + words.len());
    for (at, word) in words.iter().enumerate() {
        out.push(' ');
        out.push_str(word);
        let inner = at + 1 < words.len();
        let takes_s =
            word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) && !word.ends_with(['s', 'x', 'z']);
        if inner && takes_s {
            out.push('s');
        }
    }
    (out != plain).then_some(out)
}

fn joined(plain: &str) -> Option<String> {
    let joined = plain.replace("' ", "");
    let longest = joined.split(' ').map(|word| word.chars().count()).max()?;
    (joined != plain && longest >= 5).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_have_forms() {
        let table: [(&str, &str, &[&str]); 14] = [
            ("a name", "Mali", &[" mali"]),
            ("a hyphen", "al-Shabaab", &[" al shabaab"]),
            ("an apostrophe", "N’Djamena", &[" ndjamena", " n' djamena"]),
            ("a short elision stays", "l'an", &[" l' an"]),
            ("English in -y", "army", &[" armies", " army"]),
            ("French in -al", "hôpital", &[" hopitaux", " hopital"]),
            (
                "a phrase of nouns",
                "attaque armée",
                &[" attaques armee", " attaque armee"],
            ),
            (
                "a phrase that is a name",
                "Burkina Faso",
                &[" burkinafaso", " burkina faso"],
            ),
            ("an acronym", "ONU", &[" o. n. u", " onu"]),
            ("a beginning", "attaqu*", &[" attaqu"]),
            (
                "quotes around it",
                "« Katiba Macina »",
                &[" katibamacina", " katiba macina"],
            ),
            ("Han has no space before it", "马里", &["马里"]),
            ("Arabic neither", "مالي", &["مالي"]),
            ("a sign stays", "C++", &[" c++"]),
        ];
        for (what, written, expected) in table {
            let term = Term::parse(written).unwrap();
            let forms = forms(&term, plain_form(&term).unwrap(), &Capitals::of(&term));
            assert_eq!(
                forms.iter().map(|form| form.text.as_str()).collect::<Vec<_>>(),
                expected,
                "{what}"
            );
        }
    }
}
