//! Names that belong to who published the text: `Rains return - The Jerusalem Post`, `Le Monde : …`, the feed's `<source>`.

use std::sync::LazyLock;

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::index::QuickSet;
use crate::places::find::Found;
use crate::text::{Shape, Tokens, words};

/// Words that hardly stand in anything but the name of a newspaper, a station or an agency, folded.
static PRESS: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    "times post herald tribune gazette journal chronicle telegraph inquirer observer guardian examiner dispatch courier mirror \
     independent sentinel standard star sun mail express globe bulletin echo argus newspaper newspapers broadcasting radio tv \
     television agency wire press zeitung welle rundschau tagesspiegel tagblatt tageblatt anzeiger nachrichten allgemeine spiegel \
     corriere gazzetta repubblica giornale messaggero folha jornal diario periodico prensa noticias noticiero quotidien figaro \
     parisien soir presse depeche haber haberleri gazetesi ajansi новости известия ведомости газета правда вести риа тасс \
     интерфакс укринформ وكاله صحيفه جريده قناه الاخبار نيوز تلفزيون اذاعه times-union heraldo universal"
        .split_whitespace()
        .collect()
});

/// Words that stand there, too, but begin headlines as well: they count behind a title alone.
static PRESS_BEHIND: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    "news newsroom actu actus actualite actualites info infos web online live today daily weekly magazine fm net com org media \
     network channel corporation monitor reporter insider review voice vanguard punch nation citizen tele telediario hoy ya \
     cbs nbc abc bbc cnn fox npr pbs sky rfi rtl bfm itv afp dpa efe ansa lusa anadolu xinhua aljazeera اخبار"
        .split_whitespace()
        .collect()
});

/// Newspapers that are called by an article and a word.
static NAMED: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    "le monde;le point;le temps;le matin;le devoir;le pays;le soleil;le parisien;le figaro;la croix;la presse;la libre;la tribune;\
     la nouvelle;l express;l obs;el pais;el mundo;el tiempo;el nacional;el comercio;el espectador;el economista;el debate;el sol;\
     el imparcial;el financiero;el mercurio;el observador;el telegrafo;el faro;el espanol;el colombiano;el universal;la nacion;\
     la jornada;la razon;la vanguardia;la tercera;la hora;la estrella;la gaceta;la verdad;la voz;la opinion;la republica;\
     la stampa;il sole;il fatto;il post;die zeit;die welt;jeune afrique;de standaard;de volkskrant;o globo"
        .split(';')
        .collect()
});

/// Words between the capitals of a name.
const SMALL: &str = "of the de la le les el los do da du des di del der die das and et y e for fur und d l";

/// Words of a publisher's name at most.
const WORDS: usize = 7;

/// The names under which the document's publisher may appear in it.
#[derive(Debug, Default)]
pub(crate) struct Publishers {
    names: Vec<Vec<String>>,
}

impl Publishers {
    /// Names that the caller knows ([`Document::publisher`]), and those that stand before or behind the title.
    pub(crate) fn of(document: Document<'_>, title: &Tokens) -> Self {
        let said = document.publisher.unwrap_or_default();
        let parts = said.split([':', '|', '»', '—']).flat_map(|part| part.split(" - "));
        let mut names: Vec<Vec<String>> = parts.flat_map(|part| part.split(" – ")).map(words).collect();
        // A feed that is called `South Sudan` says nothing of whom the words South Sudan belong to.
        names.retain(|name| (2..=WORDS).contains(&name.len()) && !is_place(&name.join(" ")));
        names.extend(beside_title(title));
        Self { names }
    }

    /// Whether a name found in a text lies in the publisher's.
    pub(crate) fn cover(&self, tokens: &Tokens, found: &Found) -> bool {
        let covers = |name: &Vec<String>| {
            let first = tokens.word(found.first);
            let at = |index: usize| found.first.checked_sub(index);
            let mut begins = name.iter().enumerate().filter(|(_, word)| *word == first);
            begins.any(|(index, _)| {
                at(index).is_some_and(|begin| {
                    let stands = name
                        .iter()
                        .enumerate()
                        .all(|(offset, word)| tokens.word(begin + offset) == word);
                    stands && found.last < begin + name.len()
                })
            })
        };
        self.names.iter().any(covers)
    }
}

/// Whether the words are the name of a place and nothing else.
fn is_place(name: &str) -> bool {
    Gazetteer::built_in().named(name).next().is_some()
}

/// The publisher before the first, or behind the last of the signs that part a title.
fn beside_title(title: &Tokens) -> Vec<Vec<String>> {
    let last = title.list.len();
    let mut parts = (1..last).filter_map(|at| Some((at, parting(title, at)?)));
    let Some((first, sign)) = parts.next() else {
        return Vec::new();
    };
    let behind = parts.rfind(|(_, sign)| *sign == Sign::Dash);
    let behind = behind.or((sign == Sign::Dash).then_some((first, sign)));
    let mut names = Vec::new();
    if let Some((from, _)) = behind
        && from >= 3
        && published(title, from, last, true)
    {
        names.push((from..last).map(|at| title.word(at).to_owned()).collect());
    }
    if last - first >= 3 && published(title, 0, first, false) {
        names.push((0..first).map(|at| title.word(at).to_owned()).collect());
    }
    names
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Dash,
    Colon,
}

/// The sign that parts a title before the word `at`.
fn parting(title: &Tokens, at: usize) -> Option<Sign> {
    let between = &title.folded.text[title.list[at - 1].stream.end..title.list[at].stream.start];
    let dash = between.contains(" - ") || between.contains(['–', '—', '|', '·', '•', '»']);
    match dash {
        true => Some(Sign::Dash),
        false => between.contains(':').then_some(Sign::Colon),
    }
}

/// Whether the words are the name of a newspaper, a station or an agency.
fn published(title: &Tokens, from: usize, to: usize, behind: bool) -> bool {
    let word = |at: usize| title.word(at);
    if to - from > WORDS || from == to {
        return false;
    }
    let small = |at: usize| SMALL.split(' ').any(|one| one == word(at));
    let named = (from..to).all(|at| title.list[at].shape != Shape::Lower || small(at));
    if !named {
        return false;
    }
    let pair = |at: usize| NAMED.contains(&*format!("{} {}", word(at), word(at + 1)));
    let known = (from..to - 1).any(pair);
    if behind {
        let press = |at: usize| PRESS.contains(word(at)) || PRESS_BEHIND.contains(word(at));
        return known || (from..to).any(press);
    }
    // Before the title: `Philadelphia Inquirer`, `Times of India`; but not `Mali Press Under Fire`.
    let of = to - from >= 3 && word(from + 1) == "of";
    let ends = PRESS.contains(word(to - 1)) || (of && PRESS.contains(word(from)));
    to - from >= 2 && to - from <= 4 && (known || ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::all_places::places;
    use crate::places::place_mention::Aside;
    use crate::places::place_mention::PlaceContext;

    /// Places of the document that count, and those that belong to the publisher.
    fn found(title: &str, text: &str, publisher: Option<&str>) -> (Vec<String>, Vec<String>) {
        let document = Document {
            title,
            text,
            publisher,
            ..Document::default()
        };
        let mentions = places(document, PlaceContext::default());
        let (published, others): (Vec<_>, Vec<_>) = mentions
            .into_iter()
            .partition(|mention| mention.aside == Some(Aside::Publisher));
        assert!(
            published.iter().all(|mention| mention.confidence < 0.5),
            "{published:?}"
        );
        let names = |list: Vec<crate::places::place_mention::PlaceMention>| {
            let counts = list
                .into_iter()
                .filter(|mention| mention.confidence >= 0.5 || mention.aside.is_some());
            counts.map(|mention| mention.place.name.to_owned()).collect()
        };
        (names(others), names(published))
    }

    #[test]
    fn a_publishers_name_is_no_place_of_the_events() {
        for (what, title, publisher, places, published) in [
            (
                "behind a dash",
                "Rains return to the valleys - The Times of Israel",
                None,
                vec![],
                vec!["Israel"],
            ),
            (
                "behind a long dash",
                "Dix morts à Gao – Mali Actu",
                None,
                vec!["Gao"],
                vec!["Mali"],
            ),
            (
                "behind a bar",
                "Ten killed in Gao | Niger Radio",
                None,
                vec!["Gao"],
                vec!["Niger"],
            ),
            (
                "before a colon",
                "Times of India: Landslide kills nine in Nepal",
                None,
                vec!["Nepal"],
                vec!["India"],
            ),
            (
                "as the feed's source says",
                "Ten killed in Gao - Nouvelle Kenya",
                Some("Nouvelle Kenya"),
                vec!["Gao"],
                vec!["Kenya"],
            ),
            (
                "as the feed's title says, with its section",
                "Ten killed in Gao - Sahara Kenya Plus",
                Some("Sahara Kenya Plus: World"),
                vec!["Gao"],
                vec!["Kenya"],
            ),
            (
                "a place behind a dash",
                "Cholera spreads to three towns - Haiti",
                None,
                vec!["Haiti"],
                vec![],
            ),
            (
                "a feed that is called like a place",
                "Ten killed in South Sudan",
                Some("South Sudan"),
                vec!["South Sudan"],
                vec![],
            ),
            (
                "a topic before a colon",
                "Mali Press Under Fire: Ten Held In Bamako",
                None,
                vec!["Mali", "Bamako"],
                vec![],
            ),
            ("a title that is all of the name", "Kenya Times", None, vec![], vec![]),
            (
                "a sentence behind a dash",
                "Ten killed in Gao - Niger sends news teams",
                None,
                vec!["Gao", "Niger"],
                vec![],
            ),
        ] {
            let expected: (Vec<String>, Vec<String>) = (
                places.into_iter().map(str::to_owned).collect(),
                published.into_iter().map(str::to_owned).collect(),
            );
            let (mut others, published) = found(title, "", publisher);
            others.retain(|name| !published.contains(name) || expected.0.contains(name));
            assert_eq!((others, published), expected, "{what}: {title}");
        }
    }

    #[test]
    fn in_the_text_the_publishers_name_is_the_same() {
        let text = "Rains return to the valleys  The Times of Israel";
        let (places, published) = found("Rains return to the valleys - The Times of Israel", text, None);
        assert!(places.is_empty(), "{places:?}");
        assert_eq!(published, ["Israel", "Israel"]);
        let (places, _) = found(
            "Rains return - The Times of Israel",
            "Storms hit Israel on Friday.",
            None,
        );
        assert_eq!(places, ["Israel"], "elsewhere in the text the country is meant");
    }
}
