//! Other spellings of a word or phrase, which readers do not tell apart: `AK-47` and AK47, `St. Louis` and St Louis,
//! `ceasefire` and cease-fire, `München` and Muenchen, `Burkina Faso` and #BurkinaFaso.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Compounds that are written as one word, with a hyphen or as two.
const COMPOUNDS: &str = "air base; air field; air lift; air port; air space; air strike; anti aircraft; anti government; anti terror; \
    anti terrorism; anti tank; car jacking; cease fire; check point; co operation; counter attack; counter insurgency; \
    counter offensive; counter terrorism; coup plotter; cross border; cyber attack; cyber crime; cyber security; de escalation; \
    death toll; drone strike; e mail; fire arm; fire fight; fire power; gun battle; gun fight; gun fire; gun man; gun men; \
    gun point; hand gun; hide out; hi jack; home land; hostage taker; land mine; land slide; mal ware; man hunt; night club; \
    non government; para military; peace keeper; peace keeping; pipe line; rain storm; ransom ware; re take; roadside bomb; sand storm; \
    shell fire; ship wreck; spy ware; strong hold; sub marine; take over; truck load; war lord; war plane; war ship; \
    water way; zero day";

/// Words of titles that are written with a stop or without.
const STOPPED: [&str; 17] = [
    "st", "ste", "mt", "ft", "pt", "dr", "gen", "col", "lt", "sgt", "capt", "maj", "mr", "mrs", "ms", "no", "vs",
];

/// The other ways to write a compound, by each of them joined by a space, folded, in the stream's form.
static WAYS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let pairs = COMPOUNDS.split(';').map(str::trim);
    pairs
        .flat_map(|apart| {
            let (apart, joined) = (format!(" {apart}"), format!(" {}", apart.replace(' ', "")));
            [(apart.clone(), joined.clone()), (joined, apart)]
        })
        .collect()
});

/// Letters of a phrase that is run together in a hashtag, and of the longest that is.
const RUN_TOGETHER: std::ops::RangeInclusive<usize> = 8..=40;

/// Returns other spellings of a term: `written` is the term, `plain` its plain form, `name` whether it is written as a name.
pub(super) fn spellings(written: &str, plain: &str, name: bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    found.extend(WAYS.get(plain).cloned());
    designation(plain, &mut found);
    stops(plain, &mut found);
    found.extend(umlauts(written, plain));
    // می‌خواهم, with a joint or without.
    if written.contains('\u{200C}') {
        found.push(plain.replace(' ', ""));
    }
    found.extend(run_together(plain).filter(|_| name));
    found.retain(|one| one != plain);
    found.sort_unstable();
    found.dedup();
    found
}

/// `F-16` is F16 and F-16s, `AK47` is AK-47: letters, then digits.
fn designation(plain: &str, found: &mut Vec<String>) {
    let Some(bare) = plain.strip_prefix(' ').filter(|bare| bare.is_ascii()) else {
        return;
    };
    let letters = bare.bytes().take_while(u8::is_ascii_lowercase).count();
    let rest = &bare[letters..];
    let digits = rest.strip_prefix(' ').unwrap_or(rest);
    let model =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if !(1..=4).contains(&letters) || digits.is_empty() || digits.len() > 5 || !model(digits) {
        return;
    }
    let (apart, joined) = (
        format!(" {} {digits}", &bare[..letters]),
        format!(" {}{digits}", &bare[..letters]),
    );
    if digits.ends_with(|c: char| c.is_ascii_digit()) {
        found.extend([format!("{apart}s"), format!("{joined}s")]);
    }
    found.extend([apart, joined]);
}

/// `St. Louis` is St Louis, and the other way round.
fn stops(plain: &str, found: &mut Vec<String>) {
    let mut words = plain.trim_start().split(' ').peekable();
    let (mut with, mut without, mut any) = (String::new(), String::new(), false);
    while let Some(word) = words.next() {
        let bare = word.trim_end_matches('.');
        let stopped = STOPPED.contains(&bare) && words.peek().is_some();
        any |= stopped;
        for (out, stop) in [(&mut with, "."), (&mut without, "")] {
            out.push(' ');
            out.push_str(if stopped { bare } else { word });
            out.push_str(if stopped { stop } else { "" });
        }
    }
    if any && plain.starts_with(' ') {
        found.extend([with, without]);
    }
}

/// `München` is Muenchen, `Århus` Aarhus: letters that keyboards lack, written as two.
fn umlauts(written: &str, plain: &str) -> Option<String> {
    let spelled: String = written
        .chars()
        .map(|letter| match letter {
            'ä' | 'Ä' | 'æ' | 'Æ' => "ae".to_owned(),
            'ö' | 'Ö' | 'ø' | 'Ø' => "oe".to_owned(),
            'ü' | 'Ü' => "ue".to_owned(),
            'å' | 'Å' => "aa".to_owned(),
            other => other.to_string(),
        })
        .collect();
    (spelled != written)
        .then(|| crate::text::folded::Folded::new(&spelled).text.trim_end().to_owned())
        .filter(|spelled| spelled != plain)
}

/// `#BurkinaFaso`: the words of a name without spaces, where each has enough letters that together they are no other word.
fn run_together(plain: &str) -> Option<String> {
    let words: Vec<&str> = plain.strip_prefix(' ')?.split(' ').collect();
    let letters = |word: &&str| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let joined = words.concat();
    let fits = (2..=4).contains(&words.len()) && words.iter().all(letters) && RUN_TOGETHER.contains(&joined.len());
    fits.then(|| format!(" {joined}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::folded::Folded;

    #[test]
    fn words_have_other_spellings() {
        let table: [(&str, &[&str]); 14] = [
            ("AK-47", &[" ak 47s", " ak47", " ak47s"]),
            ("AK47", &[" ak 47", " ak 47s", " ak47s"]),
            ("F-16", &[" f 16s", " f16", " f16s"]),
            ("S-300V", &[" s300v"]),
            ("St. Louis", &[" st louis"]),
            ("St Petersburg", &[" st. petersburg"]),
            ("ceasefire", &[" cease fire"]),
            ("cease-fire", &[" ceasefire"]),
            ("München", &[" muenchen"]),
            ("Århus", &[" aarhus"]),
            ("Burkina Faso", &[" burkinafaso"]),
            ("Mali", &[]),
            ("war in Mali", &[]),
            ("no", &[]),
        ];
        for (written, expected) in table {
            let plain = Folded::new(written).text;
            assert_eq!(spellings(written, plain.trim_end(), true), expected, "{written}");
        }
    }
}
