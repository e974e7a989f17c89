//! Names that are part of something else's: a bank, a church, a team, a sea, an animal, a currency.

use super::standing::{Setting, Standing};
use super::wording::Word;
use crate::gazetteer::{NameKind, PlaceKind};
use crate::places::find::Found;
use crate::places::place_mention::Why;
use crate::places::resolve::Reading;
use crate::text::Shape;

/// The standing of a name that the words around it make a part of another name; `None` where they say nothing of it.
/// `country`: it is known as a country before all.
pub(super) fn part_of_other(setting: &Setting, found: &Found, best: &Reading, country: bool) -> Option<Standing> {
    let tokens = setting.tokens;
    let (before, after) = (tokens.before(found.first), tokens.after(found.last));
    let next = setting.word(after);
    let capital_after = after.is_some_and(|at| tokens.capital(at));
    if best.name_kind == NameKind::Demonym {
        return (next.is_thing() || next.is_currency()).then_some(Standing::Weak(Why::PartOfName));
    }
    if is_animal(setting, found) {
        return Some(Standing::Person);
    }
    let doubted = |why| match country {
        true => Some(Standing::Weak(why)),
        false => Some(Standing::Out),
    };
    if next.is_thing() && (!capital_after || tokens.title_case) && best.place.kind != PlaceKind::Country {
        return doubted(Why::PartOfName);
    }
    if of_institution(setting, found) {
        return doubted(Why::Organisation);
    }
    if of_water(setting, found) {
        return Some(Standing::Weak(Why::PartOfName));
    }
    // In a headline of capitals `Madrid Real` may be two words that met.
    if tokens.capitals_say_nothing {
        return None;
    }
    let team = capital_after && next.is_team() && !tokens.title_case;
    let club = before.is_some_and(|at| tokens.capital(at) && !tokens.begins_sentence(at))
        && setting.word(before).begins_team()
        || before.is_some_and(|at| tokens.list[at].shape == Shape::Upper && setting.word(before).begins_team());
    (team || club).then_some(Standing::Weak(Why::Organisation))
}

/// `Bank of Baroda`, `Church of England`, `traité de Lisbonne`, `Banca d'Italia`.
fn of_institution(setting: &Setting, found: &Found) -> bool {
    let tokens = setting.tokens;
    let Some(of) = found.first.checked_sub(1) else {
        return false;
    };
    let Some(at) = before_of(setting, of) else {
        return false;
    };
    let institution = Word::new(tokens.word(at));
    institution.is_institution() && (tokens.capital(at) || institution.is_treaty())
}

/// `Gulf of Guinea`, `golfe du Mexique`, `mar de Omán`.
fn of_water(setting: &Setting, found: &Found) -> bool {
    let of = found.first.checked_sub(1);
    let at = of.and_then(|of| before_of(setting, of));
    at.is_some_and(|at| Word::new(setting.tokens.word(at)).is_water())
}

/// The word before “of”, where that stands at `of`; before “of the”, too.
fn before_of(setting: &Setting, of: usize) -> Option<usize> {
    let tokens = setting.tokens;
    let genitive = |at: usize| Word::new(tokens.word(at)).is_genitive();
    if genitive(of) {
        return tokens.before(of);
    }
    let article = matches!(tokens.word(of), "the" | "la" | "l" | "el");
    let of = of.checked_sub(1).filter(|at| article && genitive(*at))?;
    tokens.before(of)
}

/// `Mali the elephant`, `Mali, an elephant`, `Elephant Mali`, `l'éléphante Mali`.
fn is_animal(setting: &Setting, found: &Found) -> bool {
    let tokens = setting.tokens;
    let animal = |at: usize| Word::new(tokens.word(at)).is_animal();
    if tokens.before(found.first).is_some_and(animal) {
        return true;
    }
    // A few words describe it: `Mali, a 43-year-old Asian elephant`.
    let from = found.last + 1;
    let introduced = matches!(tokens.word(from), "the" | "a" | "an" | "une" | "un" | "le" | "la");
    let close = tokens.after(found.last).is_some();
    let reach = if close { from + 2 } else { from + 6 };
    introduced && (from + 1..reach.min(tokens.list.len())).any(animal)
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::places::all_places::places;
    use crate::places::place_mention::PlaceContext;

    #[test]
    fn what_is_called_after_a_place_is_no_place() {
        for (what, title, absent, present) in [
            ("a bank", "Bank of Baroda fined in Kampala", "IN", "UG"),
            (
                "a central bank of its country",
                "Bank of Ghana raises rates, Ghana says",
                "",
                "GH",
            ),
            ("a church", "Church of England bishop visits Nairobi", "GB", "KE"),
            ("a treaty", "Treaty of Lisbon debated in Dublin", "PT", "IE"),
            ("in French", "L'accord de Paris divise à Dakar", "FR", "SN"),
            ("in Spanish", "El acuerdo de Ginebra se discute en Bogotá", "CH", "CO"),
            ("a team", "Leeds United beaten by a side from Ghana", "GB", "GH"),
            (
                "a team by its first word",
                "Fans of FC Porto arrested in Rabat",
                "PT",
                "MA",
            ),
            ("a city that plays", "Fans riot in Porto, Portugal", "", "PT"),
            (
                "a gulf",
                "Pirates in the Gulf of Guinea attack a ship off Benin",
                "GN",
                "BJ",
            ),
            (
                "a gulf in French",
                "Piraterie dans le golfe de Guinée, au large du Bénin",
                "GN",
                "BJ",
            ),
            (
                "a currency",
                "Egyptian pound falls, traders in Khartoum say",
                "EG",
                "SD",
            ),
            ("a people without one", "Egyptian soldiers land in Khartoum", "", "EG"),
            ("a virus", "Marburg virus kills two in Rwanda", "DE", "RW"),
            ("a strain", "Reston ebolavirus found at a farm in Manila", "US", "PH"),
            ("a fever", "Lassa fever spreads in Nigeria", "CN", "NG"),
            ("soap", "Aleppo soap sells well in Marseille", "SY", "FR"),
            ("a hat", "Panama hats are made in Ecuador", "PA", "EC"),
            ("an animal", "Kenya the giraffe born at a zoo in Prague", "KE", "CZ"),
            (
                "an animal, described",
                "Mali, a 43-year-old elephant, dies in Manila",
                "ML",
                "PH",
            ),
            (
                "animals that live there",
                "Elephants in Botswana die of drought",
                "",
                "BW",
            ),
            ("helpers", "Red Cross staff leave Nyala in Sudan", "US", "SD"),
            (
                "a longer name",
                "Quake shakes New Guinea, felt in Port Moresby",
                "GN",
                "PG",
            ),
        ] {
            let document = Document {
                title,
                ..Document::default()
            };
            let mentions = places(document, PlaceContext::default());
            let counts = |code: &str| {
                let of = |one: &&crate::places::place_mention::PlaceMention| one.place.country == Some(code);
                mentions.iter().filter(of).any(|one| one.confidence >= 0.5)
            };
            assert!(!counts(absent), "{what}: {title}: {mentions:?}");
            assert!(counts(present), "{what}: {title}: {mentions:?}");
        }
    }
}
