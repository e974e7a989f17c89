//! Names that say nothing about where the reported events are: datelines, links to other articles, lists of tags.

use std::sync::LazyLock;

use super::links::{listed, passages, phrase};
use crate::document::{Document, Field};
use crate::gazetteer::PlaceKind;
use crate::index::QuickSet;
use crate::places::place_mention::{Aside, PlaceMention, Why};
use crate::text::steps;

/// Bytes within which a dateline ends.
const DATELINE: usize = 120;
/// What a watch counts.
const COUNTS: f32 = 0.5;

/// Agencies that stand in brackets, or after the dash, of a dateline.
static AGENCIES: LazyLock<QuickSet<String>> = LazyLock::new(|| {
    listed(
        "ap;afp;reuters;dpa;efe;ansa;xinhua;ips;irin;upi;anp;pap;pti;ians;ani;apa;aps;panapress;pana;apanews;amap;\
    aib;anp niger;nan;sapa;bbc;cnn;rfi;dw;voa;tass;ria;itar tass;interfax;тасс;риа;риа новости;интерфакс;\
    укринформ;anadolu;aa;iha;dha;lusa;belga;kyodo;yonhap;ا ف ب;اف ب;رويترز;وكالات;د ب ا;سانا;واس;وام",
    )
});

/// Sets [`PlaceMention::aside`] of each mention; they are in the order of the text.
pub(crate) fn mark(document: Document<'_>, mentions: &mut [PlaceMention]) {
    if mentions.is_empty() {
        return;
    }
    let links = passages(document.text);
    let mut ahead = links.iter().peekable();
    for mention in mentions.iter_mut().filter(|mention| mention.field == Field::Text) {
        let at = mention.span.start;
        // Both rise.
        while ahead.next_if(|(range, _)| range.end <= at).is_some() {
            steps::count(1);
        }
        let inside = ahead.peek().filter(|(range, _)| range.contains(&at));
        mention.aside = inside.map(|(_, aside)| *aside);
    }
    let published = |mention: &&mut PlaceMention| mention.because.contains(&Why::Publisher);
    for mention in mentions.iter_mut().filter(published) {
        mention.aside = Some(Aside::Publisher);
    }
    let Some(end) = dateline(document.text, mentions) else {
        return;
    };
    let sent_from = |mention: &PlaceMention| mention.field == Field::Text && mention.span.end <= end;
    let others = mentions.iter().any(|mention| {
        !sent_from(mention)
            && mention.aside.is_none()
            && mention.confidence >= COUNTS
            && !mention.because.contains(&Why::Demonym)
    });
    if others {
        for mention in mentions.iter_mut().filter(|mention| sent_from(mention)) {
            mention.aside = Some(Aside::Dateline);
        }
    }
}

/// Where the dateline at the head of the text ends: `KIDAL, Mali (AFP) –`, `МОСКВА, 5 марта. /ТАСС/`, `باماكو - وكالات`.
fn dateline(text: &str, mentions: &[PlaceMention]) -> Option<usize> {
    let limit = (DATELINE..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len());
    let head = &text[..limit];
    let (end, agency) = closing(head)?;
    let mut rest = String::new();
    let mut at = 0;
    let mut town = false;
    for mention in mentions
        .iter()
        .filter(|one| one.field == Field::Text && one.span.end <= end)
    {
        let before = head.get(at..mention.span.start)?;
        // “Fighters who came from Kidal – some on motorbikes –” is a sentence.
        if at == 0
            && before
                .split_whitespace()
                .any(|word| word.starts_with(char::is_lowercase))
        {
            return None;
        }
        rest.push_str(before);
        rest.push(' ');
        at = mention.span.end;
        town |= matches!(mention.place.kind, PlaceKind::City | PlaceKind::Capital);
    }
    if at == 0 || !(town || agency) {
        return None;
    }
    rest.push_str(head.get(at..end)?);
    // What is left beside the places: a date, an agency, words in capitals; hardly ever a sentence.
    let words = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .filter(|word| !word.chars().all(|c| c.is_numeric() || c.is_uppercase()))
        .count();
    (words <= 4 && rest.chars().filter(|c| c.is_alphabetic()).count() <= 40).then_some(end)
}

/// The dash or the agency that a dateline ends with, and whether it is an agency.
fn closing(head: &str) -> Option<(usize, bool)> {
    for (at, c) in head.char_indices() {
        let before = head[..at].chars().next_back();
        let after = head[at + c.len_utf8()..].chars().next();
        let spaced = before.is_some_and(|c| c.is_whitespace() || matches!(c, '.' | ')' | ','))
            || after.is_some_and(char::is_whitespace);
        match c {
            '—' | '–' => return Some((at, false)),
            '-' if spaced => return Some((at, false)),
            '(' | '/' | '[' => {
                let rest = &head[at + 1..];
                let close = rest.find([')', '/', ']'])?;
                if rest[..close]
                    .split([',', '/'])
                    .any(|part| AGENCIES.contains(&phrase(part)))
                {
                    return Some((at, true));
                }
            }
            '.' | '!' | '?'
                if after.is_some_and(char::is_whitespace) && !head[..at].ends_with(|c: char| c.is_numeric()) =>
            {
                // A date or an abbreviated state ends with a stop, and a dash or agency follows at once.
                let next = head[at + 1..].trim_start().chars().next();
                if !matches!(next, Some('—' | '–' | '-' | '(' | '/')) && head[..at].split_whitespace().count() > 5 {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::all_places::places;
    use crate::places::place_mention::PlaceContext;

    #[test]
    fn datelines_links_and_tags_are_set_aside() {
        for (what, title, text, name, expected) in [
            (
                "an agency's dateline",
                "Army chief resigns",
                "BAMAKO, Mali (AP) — Gunmen attacked a base near Kidal.",
                "BAMAKO",
                Some(Aside::Dateline),
            ),
            (
                "its country too",
                "",
                "BAMAKO, Mali (AP) — Gunmen attacked a base near Niamey.",
                "Mali",
                Some(Aside::Dateline),
            ),
            (
                "what follows it counts",
                "",
                "BAMAKO, Mali (AP) — Gunmen attacked a base near Kidal.",
                "Kidal",
                None,
            ),
            (
                "the only place of an entry",
                "Army chief resigns",
                "BAMAKO, Mali (AP) — The head of the army resigned on Friday.",
                "BAMAKO",
                None,
            ),
            (
                "in French, with a date",
                "",
                "Ouagadougou, 3 mars 2025 (AFP) – Des hommes armés ont attaqué Djibo.",
                "Ouagadougou",
                Some(Aside::Dateline),
            ),
            (
                "a dash alone",
                "",
                "Abuja – Residents of Maiduguri fled on Friday.",
                "Abuja",
                Some(Aside::Dateline),
            ),
            (
                "a country and a dash is a topic",
                "",
                "Mali – Des hommes armés ont attaqué Djibo.",
                "Mali",
                None,
            ),
            (
                "in Russian",
                "",
                "ПАРИЖ, 5 марта. /ТАСС/. Президент Мали прибыл в Москву.",
                "ПАРИЖ",
                Some(Aside::Dateline),
            ),
            (
                "in Arabic",
                "",
                "باريس (أ ف ب) - قتل عشرة جنود في مالي",
                "باريس",
                Some(Aside::Dateline),
            ),
            (
                "a sentence with a dash",
                "",
                "Fighters who came from Kidal - some on motorbikes - attacked Gao.",
                "Kidal",
                None,
            ),
            (
                "a link on its own line",
                "",
                "Floods hit Dakar.\nRead also: Ten killed in Bamako\nMore rain is expected.",
                "Bamako",
                Some(Aside::Related),
            ),
            (
                "the line after it",
                "",
                "Read also: Ten killed in Bamako\nFloods hit Dakar.",
                "Dakar",
                None,
            ),
            (
                "a link in brackets",
                "",
                "Floods hit Dakar (Lire aussi : Dix morts à Bamako) et Thiès.",
                "Bamako",
                Some(Aside::Related),
            ),
            (
                "a reporter's seat",
                "",
                "Gunmen attacked Gao. (Reporting by Ann Lee in Nairobi; editing by Bo Ray)",
                "Nairobi",
                Some(Aside::Credit),
            ),
            (
                "what stands before it",
                "",
                "Gunmen attacked Gao. (Reporting by Ann Lee in Nairobi; editing by Bo Ray)",
                "Gao",
                None,
            ),
            (
                "without brackets",
                "",
                "Gunmen attacked Gao.\nAdditional reporting by Ann Lee in Dakar.",
                "Dakar",
                Some(Aside::Credit),
            ),
            (
                "a photo's credit",
                "",
                "Gunmen attacked Gao.\nPhoto: Getty Images/Nairobi desk",
                "Nairobi",
                Some(Aside::Credit),
            ),
            (
                "a photo's caption",
                "",
                "Gunmen attacked.\nPhoto: a soldier guards a road near Gao",
                "Gao",
                None,
            ),
            (
                "another newspaper",
                "",
                "Gunmen attacked Gao. This article appeared first in the Kenya Weekly.",
                "Kenya",
                Some(Aside::Credit),
            ),
            (
                "the footer of a feed",
                "",
                "Gunmen attacked Gao.\nThe post Ten killed. Army answers in Bamako appeared first on Mali Actu.",
                "Mali",
                Some(Aside::Credit),
            ),
            (
                "the same in French",
                "",
                "Attaque à Gao.\nL’article Dix morts est apparu en premier sur Niger Inter.",
                "Niger",
                Some(Aside::Credit),
            ),
            (
                "reporting that is none",
                "",
                "Reporting by telephone from Gao, he said that ten had died.",
                "Gao",
                None,
            ),
            (
                "tags",
                "",
                "Floods hit Dakar.\nTags: Mali, Niger",
                "Mali",
                Some(Aside::Tags),
            ),
            (
                "tags at the end of a flat text",
                "",
                "Floods hit Dakar. Mots-clés : Mali, Niger",
                "Niger",
                Some(Aside::Tags),
            ),
            (
                "hashtags",
                "",
                "Floods hit Dakar.\n#Mali #Niger",
                "Niger",
                Some(Aside::Tags),
            ),
            (
                "a word that begins so",
                "",
                "Related families fled to Bamako.",
                "Bamako",
                None,
            ),
        ] {
            let document = Document {
                title,
                text,
                ..Document::default()
            };
            let found = places(document, PlaceContext::default());
            let mention = found
                .iter()
                .find(|one| &document.field(one.field)[one.span.clone()] == name);
            let aside = mention.map(|one| one.aside);
            assert_eq!(aside, Some(expected), "{what}: {found:?}");
        }
    }
}
