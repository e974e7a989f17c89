//! Numbers that a reader would call news: a toll, a count, a CVE; not dates, times, telephones and counters.

use std::borrow::Cow;
use std::ops::Range;

use wirewatch_recognition::words;

use super::number_words::{CLASSED, LEADS, MONTHS, UNITS, WEAK, is_casualty, lists, written};

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// As it is compared: `1000` of `1,000`, `1 000` and `1.000`, `3` of `three` and `trois`.
    pub value: String,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// People killed, hurt, missing, driven out or taken stand beside it.
    pub casualties: bool,
}

/// A word, number or mark of a sentence.
struct Token<'t> {
    span: Range<usize>,
    folded: Cow<'t, str>,
}

/// The sentences of a text, and its numbers in their order, each with the index of its sentence.
pub(crate) type Counted = (Vec<Range<usize>>, Vec<(usize, Number)>);

/// All numbers of a text that may be news, in its order.
pub fn numbers(text: &str) -> Vec<Number> {
    counted(text).1.into_iter().map(|(_, number)| number).collect()
}

/// The sentences of a text, and all its numbers that may be news, in their order.
pub(crate) fn counted(text: &str) -> Counted {
    let mut found = Vec::new();
    let sentences = sentences(text);
    for (index, sentence) in sentences.iter().enumerate() {
        let tokens = tokens(text, sentence.clone());
        let mut at = 0;
        while at < tokens.len() {
            let (number, next) = read(text, &tokens, at);
            found.extend(number.map(|number| (index, number)));
            at = next;
        }
    }
    (sentences, found)
}

/// Byte ranges of the sentences. A stop ends one before white space; a line break always does.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match c {
            '\n' | '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' | '؟' | '।' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            sentences.push(start..at + c.len_utf8());
            start = at + c.len_utf8();
        }
    }
    sentences.push(start..text.len());
    sentences.retain(|range| !text[range.clone()].trim().is_empty());
    sentences
}

fn tokens(text: &str, sentence: Range<usize>) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let part = &text[sentence.clone()];
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            let word = &part[from..at];
            // Almost every word; as `words` folds it.
            let folded = match word.is_ascii() {
                true if word.bytes().any(|byte| byte.is_ascii_uppercase()) => word.to_ascii_lowercase().into(),
                true => word.into(),
                // “Very” in French is no three of Spanish.
                false if word.to_lowercase() == "très" => "très".into(),
                false => words(word).concat().into(),
            };
            tokens.push(Token {
                span: sentence.start + from..sentence.start + at,
                folded,
            });
        }
    }
    tokens
}

/// Reads the number that begins at token `at`, if one does, and says where to go on.
fn read(text: &str, tokens: &[Token<'_>], at: usize) -> (Option<Number>, usize) {
    let token = &tokens[at];
    if token.folded == "cve" {
        return cve(text, tokens, at);
    }
    if token.folded.bytes().all(|byte| byte.is_ascii_digit()) && !token.folded.is_empty() {
        return digits(text, tokens, at);
    }
    if let Some(class) = CLASSED.get(&*token.folded) {
        // How many people, and of nothing else.
        let number = beside_casualties(tokens, at, at).then(|| Number {
            value: (*class).to_owned(),
            span: token.span.clone(),
            casualties: true,
        });
        return (number, at + 1);
    }
    let Some(mut value) = written(&token.folded) else {
        return (None, at + 1);
    };
    let mut last = at;
    // "twenty-three", "trente-huit", "vingt et un", "soixante-dix-sept"
    while let Some(next) = tokens.get(last + 1) {
        let between = between(text, &tokens[last], next);
        let Some(more) = written(&next.folded).filter(|more| value % 10 == 0 && *more < 20 && value >= 20) else {
            break;
        };
        if !matches!(between, "-" | " " | "‑") {
            break;
        }
        value += more;
        last += 1;
    }
    let weak = last == at && lists(WEAK, &token.folded);
    let casualties = match weak {
        true => tokens
            .iter()
            .skip(at + 1)
            .take(2)
            .any(|token| is_casualty(&token.folded)),
        false => beside_casualties(tokens, at, last),
    };
    if !casualties && (weak || is_measure(tokens, at, last)) {
        return (None, last + 1);
    }
    let span = token.span.start..tokens[last].span.end;
    (
        Some(Number {
            value: value.to_string(),
            span,
            casualties,
        }),
        last + 1,
    )
}

fn between<'t>(text: &'t str, one: &Token<'_>, next: &Token<'_>) -> &'t str {
    &text[one.span.end..next.span.start]
}

/// `CVE-2026-91874`: an advisory's own number.
fn cve(text: &str, tokens: &[Token<'_>], at: usize) -> (Option<Number>, usize) {
    let all_digits = |token: &Token<'_>| token.folded.bytes().all(|byte| byte.is_ascii_digit());
    match &tokens[at..] {
        [cve, year, number, ..]
            if all_digits(year)
                && all_digits(number)
                && between(text, cve, year) == "-"
                && between(text, year, number) == "-" =>
        {
            let value = format!("CVE-{}-{}", year.folded, number.folded);
            let span = cve.span.start..number.span.end;
            (
                Some(Number {
                    value,
                    span,
                    casualties: true,
                }),
                at + 3,
            )
        }
        _ => (None, at + 1),
    }
}

fn digits(text: &str, tokens: &[Token<'_>], at: usize) -> (Option<Number>, usize) {
    let mut last = at;
    let mut value = tokens[at].folded.clone().into_owned();
    let mut plain = true;
    while let Some(next) = tokens.get(last + 1) {
        let mark = between(text, &tokens[last], next);
        if mark == " " && is_year(&value) {
            break;
        }
        let numeric = next.folded.starts_with(|c: char| c.is_ascii_digit());
        let group = next.folded.len() == 3
            && next.folded.bytes().all(|byte| byte.is_ascii_digit())
            && tokens[at].folded.len() <= 3;
        if numeric && group && matches!(mark, "," | "." | " " | "\u{a0}" | "\u{202f}" | "\u{2009}" | "'" | "’") {
            value.push_str(&next.folded);
        } else if numeric && matches!(mark, "." | ",") && last == at && next.folded.len() <= 2 {
            value = format!("{value}.{}", next.folded);
        } else if numeric && matches!(mark, "." | "," | ":" | "/" | "-" | " " | "\u{a0}") {
            // A date, a time, a version, a score or a telephone: the whole of it is no count.
            plain = false;
        } else {
            break;
        }
        last += 1;
    }
    let casualties = plain && beside_casualties(tokens, at, last);
    let span = tokens[at].span.start..tokens[last].span.end;
    let alone = plain && !is_glued(text, &span);
    let year = last == at && is_year(&value);
    let long = value.len() > 9;
    if !alone || long || value.starts_with('0') && value.len() > 1 && !value.starts_with("0.") {
        return (None, last + 1);
    }
    if year && !directly_before_casualties(tokens, last) || is_measure(tokens, at, last) {
        return (None, last + 1);
    }
    (
        Some(Number {
            value,
            span,
            casualties,
        }),
        last + 1,
    )
}

fn is_year(value: &str) -> bool {
    value.len() == 4 && (value.starts_with("19") || value.starts_with("20"))
}

/// Part of a longer name: `A71`, `N-380`, `+223`, `#12`.
fn is_glued(text: &str, span: &Range<usize>) -> bool {
    let before = text[..span.start].chars().next_back();
    let mut after = text[span.end..].chars();
    let mut lead = text[..span.start].chars().rev();
    matches!(before, Some('+' | '#' | '@' | '_' | '/'))
        || matches!(lead.next(), Some('-' | '‑')) && lead.next().is_some_and(char::is_alphabetic)
        || matches!(after.next(), Some('/' | '_')) && after.next().is_some_and(char::is_alphanumeric)
}

/// A date, an age, a time, a telephone, a counter of readers.
fn is_measure(tokens: &[Token<'_>], first: usize, last: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| &token.folded);
    let before = word(first.checked_sub(1));
    let after = word(Some(last + 1));
    lists(MONTHS, after)
        || lists(MONTHS, before) && !directly_before_casualties(tokens, last)
        || lists(UNITS, after)
        || lists(LEADS, before)
}

/// Within four words before or after, in the same sentence.
fn beside_casualties(tokens: &[Token<'_>], first: usize, last: usize) -> bool {
    let reach = first.saturating_sub(4)..tokens.len().min(last + 5);
    tokens[reach].iter().any(|token| is_casualty(&token.folded))
}

fn directly_before_casualties(tokens: &[Token<'_>], last: usize) -> bool {
    tokens.get(last + 1).is_some_and(|token| is_casualty(&token.folded))
}

#[cfg(test)]
mod tests {
    use super::{Number, numbers, sentences};

    fn values(text: &str, near: bool) -> Vec<String> {
        let wanted = |number: &Number| near || number.casualties;
        numbers(text)
            .into_iter()
            .filter(wanted)
            .map(|number| number.value)
            .collect()
    }

    #[test]
    fn one_value_however_it_is_written() {
        for (text, value) in [
            ("1,000 people were displaced", "1000"),
            ("1 000 déplacés", "1000"),
            ("1\u{202f}000 déplacés", "1000"),
            ("1.000 Menschen, dead", "1000"),
            ("three soldiers were killed", "3"),
            ("trois soldats tués", "3"),
            ("Three killed", "3"),
            ("twelve dead", "12"),
            ("douze morts", "12"),
            ("trente-huit corps", "38"),
            ("twenty-three people dead", "23"),
            ("Murieron 3 personas", "3"),
            ("tres muertos", "3"),
            ("siete muertos", "7"),
            ("3 Menschen kamen ums Leben", "3"),
            ("sieben Tote", "7"),
            ("zwölf Verletzte", "12"),
            ("sete feridos", "7"),
            ("sette morti", "7"),
            ("7 kişi öldü", "7"),
            ("yedi kişi yaralandı", "7"),
            ("семь человек погибли", "7"),
            ("двух убитых", "2"),
            ("وقتل 7 أشخاص", "7"),
            ("مقتل سبعة أشخاص", "7"),
            ("dozens killed", "dozens"),
            ("hundreds were wounded", "hundreds"),
            ("des dizaines de morts", "dozens"),
            ("decenas de muertos", "dozens"),
            ("Hunderte Tote", "hundreds"),
            ("десятки раненых", "dozens"),
            ("مئات القتلى", "hundreds"),
            ("one killed", "1"),
            ("un mort", "1"),
            ("six policemen were killed", "6"),
            ("2024 dead", "2024"),
            ("CVE-2026-91874 is exploited", "CVE-2026-91874"),
        ] {
            assert_eq!(values(text, false), [value], "{text}");
        }
    }

    #[test]
    fn dates_times_telephones_and_counters_are_no_numbers() {
        for text in [
            "killed on 17 September 2024",
            "tués le 17 septembre",
            "killed on September 17",
            "dead since 2024-09-17",
            "17/09/2024: morts",
            "at 14:30 they were killed",
            "à 14h30 des morts",
            "tués vers 6 h",
            "call +223 20 22 49 81 about the dead",
            "tel 20224981",
            "3 min read",
            "Lecture 4 minutes",
            "1,234 views",
            "12 commentaires",
            "Updated 5 minutes ago",
            "a man of 34 ans, a 23-year-old",
            "the A71 near N380",
            "one of them, une ville, un véhicule neuf",
            "tués à Bamako, selon un médecin",
            "version 9.1.4.2 fixes it",
            "won 2-1",
            "très grièvement blessé",
            "dozens of shops",
            "des centaines de voitures",
        ] {
            assert_eq!(values(text, true), [""; 0], "{text}");
        }
    }

    #[test]
    fn far_from_a_mention_only_casualties_count() {
        let text = "The firm sold 400 lorries. In Bamako 14 people were killed.";
        assert_eq!(values(text, false), ["14"]);
        assert_eq!(values(text, true), ["400", "14"]);
    }

    #[test]
    fn a_sentence_ends_at_a_stop_before_white_space() {
        let text = "At 9.30 it began. Then?\nYes! last";
        let parts: Vec<&str> = sentences(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(parts, ["At 9.30 it began.", "Then?", "Yes!", "last"]);
    }
}
