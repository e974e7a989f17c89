//! Verdicts in words, for people who never saw a regular expression.

use crate::document::{Document, Field};
use crate::evaluate::condition::term_at;
use crate::evaluate::phrases::{apart, field, listed, none_of, shortened, signed, together_in};
use crate::evaluate::verdict::{Because, Examined, Ground, Lack, Mentioned, PartId, Verdict};
use crate::location::Located;
use crate::mention::Mention;
use crate::terms::options::{HowClose, LookIn};
use crate::terms::term::{Pattern, Term};
use crate::text::folded_text::fold;
use crate::text::language::language_name;
use crate::text::passage::Passages;
use crate::watch::Watch;
use crate::watchlist::Watchlist;

/// Grounds that are told before the rest is counted.
const TOLD: usize = 3;

/// [`Verdict::sentence`].
pub(crate) fn sentence(
    verdict: &Verdict,
    watchlist: &Watchlist,
    document: Document<'_>,
    examined: &Examined,
) -> String {
    let telling = Telling {
        watchlist,
        number: verdict.watch,
        watch: &watchlist.watches()[verdict.watch],
        document,
        mentions: &examined.mentions,
        places: examined.places.as_deref(),
    };
    match &verdict.because {
        Because::Found { grounds } => match &verdict.placed {
            Some(placed) if telling.watch.asks_only_where() => placed.clause(),
            Some(placed) => format!("{}; {}", telling.grounds(grounds), placed.clause()),
            None => telling.grounds(grounds),
        },
        Because::OtherLanguage(here) => {
            let wanted: Vec<&str> = telling.watch.languages.iter().map(|code| language_name(code)).collect();
            format!(
                "it would fire, but the watch looks only at entries in {}, and this one is in {}",
                wanted.join(", "),
                language_name(here)
            )
        }
        Because::Elsewhere(missed) => match &telling.watch.place {
            Some(asked) => format!("it would fire, but {}", missed.clause(asked)),
            None => "it would fire, but it is elsewhere".to_owned(),
        },
        Because::Lacks { found, lack } => telling.lack(found, lack),
        Because::OtherFeed => format!(
            "the watch looks only at the feeds {}, and this entry is from {}",
            telling.watch.feeds.join(", "),
            document.feed.unwrap_or_default()
        ),
    }
}

/// A verdict that is put into words, with what it is about.
pub(super) struct Telling<'a> {
    watchlist: &'a Watchlist,
    number: usize,
    watch: &'a Watch,
    pub(super) document: Document<'a>,
    pub(super) mentions: &'a [Mention],
    /// `None` where they were not looked for.
    places: Option<&'a [Located]>,
}

impl Telling<'_> {
    fn grounds(&self, grounds: &[Ground]) -> String {
        match grounds {
            [] => "nothing speaks against it".to_owned(),
            [only] => self.ground(only),
            [Ground::Stands { mentions: one }, Ground::Stands { mentions: other }] => {
                self.close(HowClose::SameArticle, &[one.clone(), other.clone()])
            }
            several => {
                let mut parts: Vec<String> = several.iter().take(TOLD).map(|ground| self.ground(ground)).collect();
                if several.len() > TOLD {
                    parts.push(format!("{} more of what it asks for is there", several.len() - TOLD));
                }
                let last = parts.pop().unwrap_or_default();
                format!("{}, and {last}", parts.join(", "))
            }
        }
    }

    fn ground(&self, ground: &Ground) -> String {
        match ground {
            Ground::Stands { mentions } => self.stands(mentions),
            Ground::Close { how_close, sides } => self.close(*how_close, sides),
            Ground::Weighs { counted, sum, at_least } => {
                format!("{}, and {at_least} is enough", self.sum(counted, *sum))
            }
        }
    }

    fn lack(&self, found: &[Ground], lack: &Lack) -> String {
        let lacking = match lack {
            Lack::Absent { part } => self.absent(*part),
            Lack::Apart { how_close, sides } => {
                let firsts: Vec<String> = sides
                    .iter()
                    .filter_map(|side| side.first())
                    .map(|&at| self.quoted(at))
                    .collect();
                return format!("{} are there, but not {}", listed(&firsts), apart(*how_close));
            }
            Lack::Light { counted, sum, at_least } => {
                return format!("{}, and {at_least} is asked for", self.sum(counted, *sum));
            }
            Lack::LeftOut { by } if by.is_empty() => {
                return "it would fire, but the watch leaves out this feed".to_owned();
            }
            Lack::LeftOut { by } => {
                return format!("it would fire, but {}, which the watch leaves out", self.grounds(by));
            }
            Lack::Language { wanted, here } => {
                let here = here.as_deref().map_or("a language that is not clear", language_name);
                format!("the entry is in {here}, not in {}", language_name(wanted))
            }
            Lack::LeftOutLanguage { here } => {
                return format!(
                    "it would fire, but the watch leaves out entries in {}",
                    language_name(here)
                );
            }
            Lack::Feed { name } => {
                return format!(
                    "the watch looks only at the feed {name}, and this entry is from {}",
                    self.document.feed.unwrap_or("elsewhere")
                );
            }
        };
        match found.iter().find_map(|ground| ground.mentions().first().copied()) {
            None => lacking,
            Some(first) => format!(
                "{} appears in {}, but {lacking}",
                self.quoted(first),
                field(self.mentions[first].field)
            ),
        }
    }

    /// `neither “Mali” nor “Niger” appears in the title`.
    fn absent(&self, part: PartId) -> String {
        let mut terms: Vec<&Term> = Vec::new();
        let mut looked_in = None;
        for (places, look_in) in self.watchlist.watch_index.trees.places(self.number, part.0) {
            terms.extend(places.filter_map(|place| term_at(self.watch, place)));
            looked_in = match looked_in {
                Some(known) if known != look_in => Some(LookIn::TitleAndText),
                _ => Some(look_in),
            };
        }
        // What was not looked for may well stand there: then words are what is lacking.
        if self.places.is_none() && terms.iter().any(|term| !is_place(term)) {
            terms.retain(|term| !is_place(term));
        }
        if let ([only], Some(places)) = (terms.as_slice(), self.places)
            && let Pattern::Where(pattern) = &only.pattern
            && let Err(missed) = pattern.asked.judge(self.document, places)
        {
            return missed.clause(&pattern.asked);
        }
        let fields = match looked_in.unwrap_or_default() {
            LookIn::Title => "the title",
            LookIn::Text => "the text",
            LookIn::TitleAndText => "the title or the text",
        };
        format!("{} in {fields}", none_of(&terms))
    }

    /// `“JNIM” (6) and “embuscade” (4) make 10`.
    fn sum(&self, counted: &[(i32, usize)], sum: i32) -> String {
        let parts: Vec<String> = counted
            .iter()
            .map(|&(weight, mention)| format!("{} ({})", self.quoted(mention), signed(weight)))
            .collect();
        let make = if parts.len() == 1 { "makes" } else { "make" };
        format!("{} {make} {}", listed(&parts), signed(sum))
    }

    /// `“GSIM” and “Mopti” appear in the text`; of mentions in both fields `“attack” appears in the title; “attacked” and 5
    /// more in the text`. Each mention is named with its own field.
    fn stands(&self, mentions: &[usize]) -> String {
        let Some(&first) = mentions.first() else {
            return String::new();
        };
        let here = self.mentions[first].field;
        let all = [vec![first], self.distinct_others(mentions)].concat();
        let (near, far): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|&at| self.mentions[at].field == here);
        let verb = if near.len() == 1 { "appears" } else { "appear" };
        let sentence = format!("{} {verb} in {}", self.some_of(&near), field(here));
        match far.first() {
            None => sentence,
            Some(&other) if near.len() == 1 && far.len() == 1 => {
                format!(
                    "{sentence} and {} in {}",
                    self.quoted(other),
                    field(self.mentions[other].field)
                )
            }
            Some(&other) => format!(
                "{sentence}; {} in {}",
                self.some_of(&far),
                field(self.mentions[other].field)
            ),
        }
    }

    /// `“a”`, `“a” and “b”`, `“a”, “b” and 5 more`.
    fn some_of(&self, mentions: &[usize]) -> String {
        match mentions {
            [] => String::new(),
            [only] => self.quoted(*only),
            [one, other] => format!("{} and {}", self.quoted(*one), self.quoted(*other)),
            [one, other, rest @ ..] => {
                format!("{}, {} and {} more", self.quoted(*one), self.quoted(*other), rest.len())
            }
        }
    }

    fn close(&self, how_close: HowClose, sides: &[Mentioned]) -> String {
        let [find, together, more @ ..] = sides else {
            return self.stands(&sides.concat());
        };
        let passages = Passages::new(self.document);
        if !more.is_empty() {
            let firsts = self.sharing(&passages, how_close, sides);
            let quoted: Vec<String> = firsts.iter().map(|&at| self.quoted(at)).collect();
            return match how_close {
                HowClose::Words(words) => {
                    format!(
                        "{} appear together, each within {words} words of another",
                        listed(&quoted)
                    )
                }
                _ => format!("{} appear {}", listed(&quoted), together_in(how_close)),
            };
        }
        let (one, other) = self.nearest(&passages, how_close, find, together);
        let (one, other) = (&self.mentions[one], &self.mentions[other]);
        if one.field == other.field && one.span == other.span {
            return format!("{} appears in {}", self.quote(one), field(one.field));
        }
        self.both(&passages, one, other, how_close)
    }

    fn both(&self, passages: &Passages<'_>, one: &Mention, other: &Mention, how_close: HowClose) -> String {
        let (one_quoted, other_quoted) = (self.quote(one), self.quote(other));
        match (one.field, other.field, how_close) {
            (place, _, HowClose::Words(_)) => {
                let (one, other) = (passages.words(one), passages.words(other));
                let words = other.0.saturating_sub(one.1).max(one.0.saturating_sub(other.1));
                let how = match words {
                    0 => "at the same place".to_owned(),
                    1 => "next to each other".to_owned(),
                    _ => format!("{words} words apart"),
                };
                format!("{one_quoted} and {other_quoted} are {how} in {}", field(place))
            }
            (Field::Title, Field::Title, HowClose::SameSentence) => {
                format!("{one_quoted} and {other_quoted} appear in the same sentence of the title")
            }
            (Field::Title, Field::Title, _) => format!("{one_quoted} and {other_quoted} appear in the title"),
            (Field::Text, Field::Text, HowClose::SameArticle) => {
                format!("{one_quoted} and {other_quoted} appear in the text")
            }
            (Field::Text, Field::Text, close) => {
                format!(
                    "{one_quoted} and {other_quoted} appear {} of the text",
                    together_in(close)
                )
            }
            (first, second, HowClose::SameParagraph) => {
                let place = |field: Field| match field {
                    Field::Title => "the title",
                    Field::Text => "the first paragraph of the text",
                    Field::Position => "the position that the entry states",
                };
                format!(
                    "{one_quoted} appears in {} and {other_quoted} in {}",
                    place(first),
                    place(second)
                )
            }
            (first, second, _) => {
                format!(
                    "{one_quoted} appears in {} and {other_quoted} in {}",
                    field(first),
                    field(second)
                )
            }
        }
    }

    fn quoted(&self, at: usize) -> String {
        self.quote(&self.mentions[at])
    }

    /// `“GSIM” (JNIM)`: as it appears in the text, and whose name it is where that does not say so.
    fn quote(&self, mention: &Mention) -> String {
        let as_written = self
            .document
            .field(mention.field)
            .get(mention.span.clone())
            .unwrap_or_default();
        let one_line = as_written.split_whitespace().collect::<Vec<_>>().join(" ");
        let quoted = format!("“{}”", shortened(&one_line));
        let mut notes = Vec::new();
        if let Some(entity) = mention
            .entity
            .as_ref()
            .filter(|entity| fold(&entity.name) != fold(as_written))
        {
            notes.push(entity.name.clone());
        }
        notes.extend(self.there(mention));
        if notes.is_empty() {
            quoted
        } else {
            format!("{quoted} ({})", notes.join(", "))
        }
    }

    /// `in Mali`, `13 km from Bamako`: how a place answers a term that asks where.
    fn there(&self, mention: &Mention) -> Option<String> {
        let Pattern::Where(pattern) = &self.watchlist.term(mention.term).pattern else {
            return None;
        };
        let this = |place: &&Located| place.field == mention.field && place.span == mention.span;
        let place = self.places?.iter().find(this)?;
        pattern.asked.answer(self.document, place)?.there()
    }
}

fn is_place(term: &Term) -> bool {
    matches!(term.pattern, Pattern::Place(_) | Pattern::Where(_))
}
