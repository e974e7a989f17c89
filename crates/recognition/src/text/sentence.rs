//! Sentence boundaries in the languages of the region, with abbreviations. In doubt two sentences stay one: a watch
//! that asks for “same sentence” then fires once too often rather than never.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::paragraph::paragraph_starts;
use crate::text::steps;

/// Abbreviations that do not end a sentence even before a capital: titles, ranks, addresses, months.
static ABBREVIATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "mr mrs ms dr prof rev hon st ste gen gov sen rep pres lt col maj capt cpt sgt cpl pvt adm cmdr brig insp supt det \
     jr sr no nos vs v vol fig ca cf al inc ltd corp co bros dept est approx mt ft ave blvd rd jan feb mar apr jun jul \
     aug sep sept oct nov dec mon tue wed thu fri sat sun \
     m mm mme mlle mgr me pr gal adj cdt av bd env janv févr avr juil déc art chap éd p pp tél \
     sra srta dra gral cnel tte cap ud uds av avda núm pág sto sta exc ee \
     eng sig dott on \
     nr bzw hr fr str hl usw evtl abs z \
     г гг ул им тыс млн млрд руб стр см рис др пр проф акад ген \
     ks prof gen płk ul im tzw np \
     د أ م"
        .split_whitespace()
        .collect()
});

/// Returns the offsets at which sentences begin, except the first. A new paragraph begins a sentence.
pub(crate) fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = paragraph_starts(text);
    let paragraphs = starts.len();
    let (mut from, mut letter) = (0, 0);
    while let Some(found) = text[from..].find(['.', '!', '?', '…', '؟', '۔', '।', '。', '！', '？']) {
        let at = from + found;
        let stop = &text[at..];
        let stops = stop.find(|c| !is_stop(c)).unwrap_or(stop.len());
        let after = at + stops;
        from = after;
        let closed = after + closing(&text[after..]);
        let spaced = &text[closed..];
        let next = closed + spaced.find(|c: char| !c.is_whitespace()).unwrap_or(spaced.len());
        if next == text.len() {
            break;
        }
        let wide = stop[..stops].chars().any(|c| matches!(c, '。' | '！' | '？'));
        // The next letter or digit: from one stop to the next it mostly is the same.
        if letter < next {
            let ahead = text[next..].find(char::is_alphanumeric);
            letter = ahead.map_or(text.len(), |ahead| next + ahead);
            steps::count(letter - next);
        }
        let goes_on = text[letter..].starts_with(char::is_lowercase);
        let single_dot = &stop[..stops] == ".";
        if (wide || next > closed) && !goes_on && !(single_dot && abbreviates(&text[..at])) {
            starts.push(next);
            from = next;
        }
    }
    if starts.len() > paragraphs && paragraphs > 0 {
        starts.sort_unstable();
        starts.dedup();
    }
    starts
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '。' | '！' | '？')
}

/// Returns the bytes of closing quotes and brackets, a French one with the space before it.
fn closing(rest: &str) -> usize {
    let mut len = 0;
    for (at, c) in rest.char_indices() {
        steps::count(1);
        match c {
            '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' => len = at + c.len_utf8(),
            ' ' | '\u{A0}' | '\u{202F}' => {}
            _ => break,
        }
        // Only a French quote may stand behind a space, and behind one.
        let mut after = rest[at..].chars().skip(1);
        if c == ' ' && after.next() != Some('»') {
            break;
        }
    }
    len
}

/// Whether the full stop after `before` belongs to an abbreviation, an initial (`J. Smith`, `U.S.`) or an ordinal (`3.
/// Mai`).
fn abbreviates(before: &str) -> bool {
    let begin = before
        .char_indices()
        .rev()
        .find(|&(_, c)| !(c.is_alphanumeric() || c == '.'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let word = &before[begin..];
    let letters = word.chars().count();
    if word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2) {
        return true;
    }
    if letters <= 2 && word.chars().all(|c| c.is_ascii_digit()) {
        return true;
    }
    (letters == 1 && word.chars().all(char::is_uppercase)) || ABBREVIATIONS.contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin() {
        let table: [(&str, &str, &[&str]); 18] = [
            ("two", "It fell. He ran.", &["It fell. ", "He ran."]),
            (
                "a rank",
                "Gen. Camara spoke. All left.",
                &["Gen. Camara spoke. ", "All left."],
            ),
            (
                "initials",
                "J. F. Smith of the U.S. Army came.",
                &["J. F. Smith of the U.S. Army came."],
            ),
            ("a decimal", "It cost 3.5 million.", &["It cost 3.5 million."]),
            (
                "lower case goes on",
                "He said e.g. this etc. and left.",
                &["He said e.g. this etc. and left."],
            ),
            ("a quote closes", "“Go!” He went.", &["“Go!” ", "He went."]),
            (
                "French guillemets",
                "« Partez ! » Il part.",
                &["« Partez ! » ", "Il part."],
            ),
            (
                "French titles",
                "M. Diarra et Mme. Touré parlent.",
                &["M. Diarra et Mme. Touré parlent."],
            ),
            (
                "Spanish",
                "¿Quién? ¡Nadie! El Sr. Paz calla.",
                &["¿Quién? ", "¡Nadie! ", "El Sr. Paz calla."],
            ),
            (
                "Russian",
                "Взрыв на ул. Ленина. Погибли двое.",
                &["Взрыв на ул. Ленина. ", "Погибли двое."],
            ),
            ("Russian year", "В 2024 г. Мали вышла.", &["В 2024 г. Мали вышла."]),
            ("Arabic", "هل وصل؟ نعم وصل.", &["هل وصل؟ ", "نعم وصل."]),
            (
                "Japanese",
                "バマコで爆発。二人が死亡。",
                &["バマコで爆発。", "二人が死亡。"],
            ),
            ("Hindi", "हमला हुआ। दो मरे।", &["हमला हुआ। ", "दो मरे।"]),
            (
                "German ordinal",
                "Am 3. Mai kam er. Er ging.",
                &["Am 3. Mai kam er. ", "Er ging."],
            ),
            ("an ellipsis", "He fell… Then rose.", &["He fell… ", "Then rose."]),
            ("paragraphs", "No stop\n\nNext one", &["No stop\n\n", "Next one"]),
            (
                "a year ends one",
                "It was 2024. He left.",
                &["It was 2024. ", "He left."],
            ),
        ];
        for (what, text, expected) in table {
            let mut parts = Vec::new();
            let mut from = 0;
            for start in sentence_starts(text).into_iter().chain([text.len()]) {
                parts.push(&text[from..start]);
                from = start;
            }
            assert_eq!(parts, expected, "{what}");
        }
    }
}
