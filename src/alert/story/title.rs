//! Titles as they are compared: without the outlet's name and the words that every title may carry.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use wirewatch_recognition::words;
use wirewatch_syndication::derive_id;

/// A title with fewer words of its own is no key: "Live updates", "Morning briefing".
const ENOUGH: usize = 4;

/// Words that stand in any title of news. English, French, Spanish; folded.
const COMMON: &str = "about after against all and are but can during for from has have her his how into its more new not off one our \
    out over say says said than that the their they this was were what when where which who why will with you your \
    aux avec ces contre dans des est elle ete ils les leur mais ont par pas plus pour que qui sans ses son sont \
    sur sous une vers apres avant entre con del desde las los para por sin sobre tras una ante alert alerte \
    analysis analyse audio brief briefing breaking bulletin daily direct digest edition evening exclusive flash \
    headlines hebdo journal latest live minute morning news newsletter actualite actualites actu infos photos \
    podcast recap report roundup review revue presse soir matin summary today tonight top stories story update \
    updated updates urgent video watch weekly week semaine jour world monde press round";
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche \
    lunes martes miercoles jueves viernes sabado domingo";
const MONTHS: &str = "january february march april may june july august september october november december janvier fevrier mars \
    avril mai juin juillet aout septembre octobre novembre decembre";
static UNDISTINCTIVE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    [COMMON, DAYS, MONTHS]
        .into_iter()
        .flat_map(str::split_ascii_whitespace)
        .collect()
});
/// Words of labels that a desk sets before or behind a headline: how fresh it is, what comes with it. Folded.
const LABELS: &str = "breaking exclusive urgent live update updated updates flash alert alerte just in developing latest watch video videos \
    photo photos pictures gallery audio podcast listen corrected correction refile wrapup en direct vivo directo direto ao vivo ultima \
    ultimas hora ultimo momento noticia exclusif exclusiva exclusivo infos info maj derniere minute eilmeldung eil liveticker ticker \
    aktualisiert son dakika canli срочно молния видео фото обновлено эксклюзив عاجل فيديو مباشر بالفيديو صور بالصور 速報 快讯 视频";
/// Of these those that are no label alone.
const BESIDE_LABELS: &str = "in en ao just hora ultimo ultima minute momento noticia";
static LABEL_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| LABELS.split_ascii_whitespace().collect());
/// Bytes within which a label ends.
const LABEL_BYTES: usize = 48;

/// A title's keys.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Title {
    /// All of it but labels.
    pub full: u64,
    /// Without what looks like an outlet's name at one end.
    pub bare: Option<u64>,
    /// That name is the feed's or its site's, not just short.
    pub sure: bool,
    /// Whether it says enough to be a key.
    pub telling: bool,
}

impl Title {
    /// `outlets` are names of where the entry stands: the feed's title, the link's host.
    pub fn of(title: &str, outlets: &[&str]) -> Self {
        let title = without_labels(title);
        let all = words(title);
        let cut = cut_outlet(title, outlets);
        let own = cut.map_or(title, |(rest, _)| rest);
        Self {
            full: key(&all),
            bare: cut.map(|(rest, _)| key(&words(rest))),
            sure: cut.is_some_and(|(_, sure)| sure),
            telling: words(own).iter().filter(|word| is_distinctive(word)).count() >= ENOUGH,
        }
    }

    /// Says the same. Two short ends that were cut must both be outlets: "… - Tewkesbury" and "… - Worcester" may be
    /// two floods.
    pub fn equals(&self, other: &Self) -> bool {
        self.full == other.full
            || self.bare == Some(other.full)
            || other.bare == Some(self.full)
            || self.bare.is_some() && self.bare == other.bare && self.sure && other.sure
    }

    pub fn keys(&self) -> impl Iterator<Item = u64> {
        [Some(self.full), self.bare].into_iter().flatten()
    }
}

/// A word that helps to tell one event from another: not common, not a day or month, no number.
pub fn is_distinctive(word: &str) -> bool {
    let letters = word.chars().count();
    letters >= 3 && !word.starts_with(|c: char| c.is_numeric()) && !UNDISTINCTIVE.contains(word)
}

/// Which day of the week a folded word names: 0 for Monday.
pub fn weekday(word: &str) -> Option<usize> {
    // The shortest and the longest of them; a quick no to most words.
    if !(5..=9).contains(&word.len()) {
        return None;
    }
    DAYS.split_ascii_whitespace()
        .position(|day| day == word)
        .map(|at| at % 7)
}

fn key(words: &[String]) -> u64 {
    derive_id(&[&words.join(" ")])
}

/// Bytes of a title that are the headline, without its labels.
pub(crate) fn headline_span(title: &str) -> Range<usize> {
    let headline = without_labels(title);
    let start = headline.as_ptr() as usize - title.as_ptr() as usize;
    start..start + headline.len()
}

/// The headline without its labels: `UPDATE 2-`, `VIDEO |`, `[Watch]`, `🔴 EN DIRECT -`, `… (PHOTOS)`.
pub(super) fn without_labels(title: &str) -> &str {
    let mut title = title.trim();
    loop {
        let signs = |c: char| !c.is_alphanumeric() && !"[(【«“\"'‘".contains(c);
        title = title.trim_start_matches(signs);
        let rest = label_ahead(title).or_else(|| label_behind(title));
        match rest.map(str::trim).filter(|rest| !rest.is_empty()) {
            Some(rest) => title = rest,
            None => return title.trim(),
        }
    }
}

fn label_ahead(title: &str) -> Option<&str> {
    let near = &title[..first_bytes(title, LABEL_BYTES)];
    for (open, close) in [('[', ']'), ('(', ')'), ('【', '】')] {
        if let Some(inner) = near.strip_prefix(open) {
            let end = inner.find(close)?;
            return is_label(&inner[..end]).then(|| &title[open.len_utf8() + end + close.len_utf8()..]);
        }
    }
    let parts = near.match_indices([':', '|', '-', '–', '—', '.', '•', '/', '+']);
    parts
        .take(3)
        .find(|(at, _)| is_label(&title[..*at]))
        .map(|(at, sign)| &title[at + sign.len()..])
}

fn label_behind(title: &str) -> Option<&str> {
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some(inner) = title.strip_suffix(close) {
            let at = inner.rfind(open)?;
            return is_label(&inner[at + open.len_utf8()..]).then(|| &title[..at]);
        }
    }
    let at = title.rfind(['|', '–', '—']).or_else(|| title.rfind(" - "))?;
    is_label(title[at..].trim_start_matches([' ', '|', '–', '—', '-'])).then(|| &title[..at])
}

fn is_label(text: &str) -> bool {
    if text.len() > LABEL_BYTES {
        return false;
    }
    let words = words(text);
    let number = |word: &String| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let beside = |word: &str| BESIDE_LABELS.split_ascii_whitespace().any(|other| other == word);
    let tells = words
        .iter()
        .any(|word| LABEL_WORDS.contains(word.as_str()) && !beside(word));
    let pair = words.len() >= 2 && words.iter().all(|word| beside(word));
    (1..=4).contains(&words.len())
        && words
            .iter()
            .all(|word| LABEL_WORDS.contains(word.as_str()) || number(word))
        && (tells || pair)
}

/// The end of the first so many bytes, on a character boundary.
pub(super) fn first_bytes(text: &str, most: usize) -> usize {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// The title without an outlet's name at its end ("… - BBC News", "… | RFI", "… (EBW)") or, where it is known to be
/// one, at its beginning ("RFI: …"); and whether the name is known.
fn cut_outlet<'t>(title: &'t str, outlets: &[&str]) -> Option<(&'t str, bool)> {
    if let Some((head, rest)) = title.split_once(": ")
        && is_outlet(head, outlets)
        && !rest.trim().is_empty()
    {
        return Some((rest.trim(), true));
    }
    let (rest, end) = [" - ", " | ", " – ", " — ", " · ", " :: ", " (", "|"]
        .iter()
        .filter_map(|mark| title.rsplit_once(mark))
        .max_by_key(|(rest, _)| rest.len())?;
    let names = words(end);
    let sure = is_outlet(end, outlets);
    let looks_like_one = (1..=4).contains(&names.len()) && !end.contains(|c: char| c.is_numeric());
    let enough = words(rest).iter().filter(|word| is_distinctive(word)).count() >= ENOUGH;
    (sure || looks_like_one && enough)
        .then_some((rest.trim(), sure))
        .filter(|(rest, _)| !rest.is_empty())
}

/// The same words as one of the outlets, or, run together, a part of its host.
fn is_outlet(name: &str, outlets: &[&str]) -> bool {
    let name = words(name);
    let together = name.concat();
    together.len() >= 3
        && outlets.iter().any(|outlet| {
            let outlet = words(outlet);
            let whole = outlet.concat();
            !outlet.is_empty()
                && (name == outlet
                    || outlet.starts_with(&name)
                    || name.starts_with(&outlet)
                    || whole.contains(&together))
        })
}

#[cfg(test)]
mod tests {
    use super::{Title, without_labels};

    #[test]
    fn labels_are_no_part_of_a_headline() {
        let plain = "Fuel depot burns near Kati barracks";
        for labelled in [
            "UPDATE 2-Fuel depot burns near Kati barracks",
            "UPDATE: Fuel depot burns near Kati barracks",
            "VIDEO | Fuel depot burns near Kati barracks",
            "VIDEO. Fuel depot burns near Kati barracks",
            "[Watch] Fuel depot burns near Kati barracks",
            "(PHOTOS) Fuel depot burns near Kati barracks",
            "JUST IN - Fuel depot burns near Kati barracks",
            "JUST IN: Fuel depot burns near Kati barracks",
            "🔴 EN DIRECT - Fuel depot burns near Kati barracks",
            "LIVE: Fuel depot burns near Kati barracks",
            "Última hora | Fuel depot burns near Kati barracks",
            "EILMELDUNG +++ Fuel depot burns near Kati barracks",
            "Eilmeldung: Fuel depot burns near Kati barracks",
            "SON DAKİKA: Fuel depot burns near Kati barracks",
            "СРОЧНО: Fuel depot burns near Kati barracks",
            "عاجل | Fuel depot burns near Kati barracks",
            "Fuel depot burns near Kati barracks (VIDEO)",
            "Fuel depot burns near Kati barracks [photos]",
            "Fuel depot burns near Kati barracks – video",
            "BREAKING: UPDATE 3 - Fuel depot burns near Kati barracks",
        ] {
            assert_eq!(without_labels(labelled), plain, "{labelled}");
        }
        for whole in [
            "Live fire drill near Kati",
            "In Kati: a fuel depot burns",
            "Mali: fuel depot burns",
            "Anti-army protest",
            "2-1 win for Mali",
            "Watch out for floods",
            "Hora: a dance",
            "Video",
        ] {
            assert_eq!(without_labels(whole), whole);
        }
    }

    #[test]
    fn one_title_with_and_without_its_outlet() {
        let bare = Title::of("Mali : embuscade meurtrière près de Ségou", &[]);
        for (what, title, outlets) in [
            (
                "an outlet nobody told us of",
                "Mali : embuscade meurtrière près de Ségou - BBC News",
                &[][..],
            ),
            ("a bar", "Mali : embuscade meurtrière près de Ségou | RFI", &[]),
            ("brackets", "Mali : embuscade meurtrière près de Ségou (AFP)", &[]),
            (
                "a known name in front",
                "RFI Afrique: Mali : embuscade meurtrière près de Ségou",
                &["RFI Afrique"],
            ),
            ("a flag", "BREAKING: Mali : embuscade meurtrière près de Ségou", &[]),
            ("capitals and accents", "MALI : EMBUSCADE MEURTRIERE PRES DE SEGOU", &[]),
            (
                "a site's name",
                "Mali : embuscade meurtrière près de Ségou - Berry Info",
                &["berryinfo.example"],
            ),
        ] {
            let title = Title::of(title, outlets);
            assert!(title.equals(&bare) && bare.equals(&title), "{what}");
            assert!(title.telling, "{what}");
        }
    }

    #[test]
    fn titles_that_differ_at_their_end_differ() {
        for (one, other) in [
            (
                "Flood warning for the river Severn at Upton - Tewkesbury",
                "Flood warning for the river Severn at Upton - Worcester",
            ),
            (
                "Gateway authentication bypass in web portal - CVE-2026-1",
                "Gateway authentication bypass in web portal - CVE-2026-2",
            ),
            (
                "Landmine kills five members of one family",
                "Landmine kills four members of one family",
            ),
        ] {
            assert!(!Title::of(one, &[]).equals(&Title::of(other, &[])), "{one}");
        }
        let feed = ["River Watch"];
        let one = Title::of("Severn rises at Upton overnight - River Watch", &feed);
        assert!(one.equals(&Title::of("Severn rises at Upton overnight | The Post", &["The Post"])));
    }

    #[test]
    fn titles_of_every_day_say_too_little() {
        for title in [
            "Live updates",
            "Morning briefing",
            "Le journal de 8 heures",
            "The world this week",
            "Mali",
            "",
        ] {
            assert!(!Title::of(title, &[]).telling, "{title}");
        }
        assert!(Title::of("Gunmen kill 14 in ambush on convoy", &[]).telling);
    }
}
