//! Which of the places of one name a headline means: a table for each kind of evidence.

use wirewatch_recognition::{Document, Gazetteer, PlaceContext, PlaceKind, places};

/// What a watch counts.
const COUNTS: f32 = 0.5;

/// The country of a name in a document, where it counts; kind and name of the place for the messages.
fn meant(title: &str, text: &str, context: PlaceContext<'_>, name: &str) -> Option<(&'static str, PlaceKind)> {
    let document = Document {
        title,
        text,
        ..Document::default()
    };
    let mentions = places(document, context);
    let named = mentions.iter().filter(|mention| {
        mention.confidence >= COUNTS && document.field(mention.field)[mention.span.clone()].contains(name)
    });
    let best = named.max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    Some((best.place.country?, best.place.kind))
}

fn in_headlines(table: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (title, name, country) in table {
        let found = meant(title, "", PlaceContext::default(), name).map(|(country, _)| country);
        let expected = (!country.is_empty()).then_some(*country);
        if found != expected {
            wrong.push(format!("{title}: {name} is {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_town_goes_before_a_capital_that_had_its_name() {
    in_headlines(&[
        ("Philadelphia police shoot man", "Philadelphia", "US"),
        ("Two die in Philadelphia warehouse fire", "Philadelphia", "US"),
        ("Salem court sentences three for fraud", "Salem", "IN"),
        ("Quake kills two in Sano", "Sano", "JP"),
        ("Kita ward opens new library", "Kita", "JP"),
        ("Two shot in Columbia", "Columbia", "US"),
        ("Storm cuts power in Norfolk", "Norfolk", "US"),
        ("Shelling in Pokrovsk wounds five, Ukraine says", "Pokrovsk", "UA"),
        ("Explosion in Uman leaves two dead, Ukraine says", "Uman", "UA"),
        // The capital stays under the names that only it has.
        ("Pékin réagit aux sanctions", "Pékin", "CN"),
        ("Le Caire accueille la conférence", "Le Caire", "EG"),
        ("Взрыв в Москве", "Москве", "RU"),
        ("Kiew meldet neue Angriffe", "Kiew", "UA"),
        ("Londres despliega más policías", "Londres", "GB"),
    ]);
}

#[test]
fn a_town_goes_before_a_province_of_its_name() {
    for (what, title, name, country, kind) in [
        (
            "abroad",
            "Israeli strikes in Gaza kill 20",
            "Gaza",
            "PS",
            PlaceKind::City,
        ),
        (
            "abroad, a group acts",
            "ADF rebels kill 12 in Beni",
            "Beni",
            "CD",
            PlaceKind::City,
        ),
        (
            "abroad, in French",
            "Beni : les ADF tuent douze civils",
            "Beni",
            "CD",
            PlaceKind::City,
        ),
        (
            "abroad, larger",
            "Ferry from Bari catches fire",
            "Bari",
            "IT",
            PlaceKind::City,
        ),
        (
            "of its own province",
            "Car bomb in Kirkuk kills four",
            "Kirkuk",
            "IQ",
            PlaceKind::City,
        ),
        ("of its own region", "Rebels enter Gao", "Gao", "ML", PlaceKind::City),
        (
            "of its own governorate",
            "Air raid on Aleppo",
            "Aleppo",
            "SY",
            PlaceKind::City,
        ),
        (
            "of its own oblast",
            "Drones over Kharkiv",
            "Kharkiv",
            "UA",
            PlaceKind::City,
        ),
        (
            "named as a province",
            "Floods in Gaza province, Mozambique",
            "Gaza",
            "MZ",
            PlaceKind::Admin1,
        ),
        (
            "a state of states",
            "Wildfire grows in Texas",
            "Texas",
            "US",
            PlaceKind::Admin1,
        ),
    ] {
        let found = meant(title, "", PlaceContext::default(), name);
        assert_eq!(found, Some((country, kind)), "{what}: {title}");
    }
}

#[test]
fn the_country_named_in_the_sentence_decides() {
    in_headlines(&[
        ("Attack in Kita kills 12, Mali army says", "Kita", "ML"),
        ("Mali: gunmen raid Nara at dawn", "Nara", "ML"),
        ("Niger's army repels assault on Gaya", "Gaya", "NE"),
        ("Pakistan sends police to Hyderabad after riots", "Hyderabad", "PK"),
        ("Lebanon: protest in Tripoli over power cuts", "Tripoli", "LB"),
        ("Libya: protest in Tripoli over power cuts", "Tripoli", "LY"),
        ("Colombie : une attaque à Granada fait deux morts", "Granada", "CO"),
        ("Colombia: ataque armado en Florencia", "Florencia", "CO"),
        ("Cameroon troops kill rebels in Bali", "Bali", "CM"),
        ("Burkina Faso: thousands flee Bama", "Bama", "BF"),
        ("Nigeria: thousands flee Bama", "Bama", "NG"),
        ("Venezuela closes bridge near San Antonio", "San Antonio", "VE"),
        ("Somali forces retake Baki from militants", "Baki", "SO"),
        ("Nigerian army clears villages around Wamba", "Wamba", "NG"),
        ("Congolese soldiers withdraw from Wamba", "Wamba", "CD"),
        // Whoever acts elsewhere decides nothing: no town of theirs has the name, or hardly anybody lives there.
        ("French troops leave Gao", "Gao", "ML"),
        ("Israeli jets hit Damascus airport", "Damascus", "SY"),
        ("US envoy lands in Tripoli", "Tripoli", "LY"),
        ("Russian missiles hit port in Odesa", "Odesa", "UA"),
        ("Turkish drones strike Raqqa", "Raqqa", "SY"),
    ]);
}

#[test]
fn a_country_named_elsewhere_in_the_entry_decides() {
    for (what, title, text, name, country) in [
        (
            "in the title",
            "Mali suspends newspaper",
            "Its correspondent in Kita was arrested. He was freed later.",
            "Kita",
            "ML",
        ),
        (
            "in the text below",
            "Attack in Gaya kills four",
            "The army of Niger blamed bandits.",
            "Gaya",
            "NE",
        ),
        (
            "in a text of several sentences",
            "Blast near Hyderabad",
            "Police cordoned off the road. Nobody claimed it. Pakistan has seen many this year.",
            "Hyderabad",
            "PK",
        ),
        (
            "by a division",
            "Road to Nara cut",
            "Rains have flooded much of Koulikoro Region.",
            "Nara",
            "ML",
        ),
        (
            "by towns around",
            "Convoy attacked between Kayes and Kita",
            "Drivers were heading for Bamako.",
            "Kita",
            "ML",
        ),
        (
            "by towns around, in Spanish",
            "Combates entre Saravena y Arauquita",
            "También hubo disparos en Fortul.",
            "Saravena",
            "CO",
        ),
    ] {
        let found = meant(title, text, PlaceContext::default(), name).map(|(country, _)| country);
        assert_eq!(found, Some(country), "{what}: {title}");
    }
}

#[test]
fn a_group_that_acts_there_is_a_second_sign() {
    in_headlines(&[
        ("Boko Haram abducts pupils in Chibok", "Chibok", "NG"),
        ("JNIM kills ten in Kita", "Kita", "ML"),
        ("El ELN ataca un puesto en Tame", "Tame", "CO"),
        ("M23 rebels kill ten in Sake", "Sake", "CD"),
        ("Al-Shabaab storms base in Afgooye", "Afgooye", "SO"),
        ("Fano militia attacks convoy near Bure", "Bure", "ET"),
        ("ISWAP fighters overrun Gwoza", "Gwoza", "NG"),
    ]);
}

#[test]
fn a_name_of_a_country_is_the_country() {
    in_headlines(&[
        ("Norway sends aid after the quake", "Norway", "NO"),
        ("Mexico City mayor resigns as Mexico votes", "Mexico", "MX"),
        ("Colombia and Armenia sign visa deal", "Armenia", "AM"),
        ("US lawmakers visit Lebanon", "Lebanon", "LB"),
        ("Israel strikes Lebanon again", "Lebanon", "LB"),
        ("Israel ataca Líbano: doce muertos", "Líbano", "LB"),
        ("America first, says candidate in Peru", "Peru", "PE"),
        ("American tourists stranded in Cuba", "Cuba", "CU"),
        ("Tonga hit by tsunami", "Tonga", "TO"),
    ]);
}

#[test]
fn the_feeds_country_decides() {
    for (what, title, country, name) in [
        ("in French", "Attaque à Nara : 12 morts", "ML", "Nara"),
        ("a small town", "Incendie au marché de Kita", "ML", "Kita"),
        (
            "against a larger town",
            "Strike shuts schools in Hyderabad",
            "PK",
            "Hyderabad",
        ),
        ("against a capital", "Fuel shortage in Tripoli", "LB", "Tripoli"),
        (
            "against a country of the name",
            "Lluvias en Armenia dejan daños",
            "CO",
            "Armenia",
        ),
        ("an everyday word", "Attaque à Manga : deux blessés", "BF", "Manga"),
    ] {
        let context = PlaceContext {
            country: Some(country),
            ..PlaceContext::default()
        };
        let found = meant(title, "", context, name).map(|(country, _)| country);
        assert_eq!(found, Some(country), "{what}: {title}");
    }
}

#[test]
fn apostrophes_and_hyphens_belong_to_names() {
    in_headlines(&[
        ("Air raid on Sa'dah kills six", "Sa'dah", "YE"),
        ("Air raid on Sa’dah kills six", "Sa’dah", "YE"),
        ("Gunmen in Fada N'Gourma", "Fada N'Gourma", "BF"),
        ("Gunmen in Fada N’gourma", "Fada N’gourma", "BF"),
        ("Clashes in Ma'arrat Misrin", "Ma'arrat Misrin", "SY"),
        ("Fighting near Mek'ele resumes", "Mek'ele", "ET"),
        ("Troops reach Ādīs ‘Alem", "Ādīs ‘Alem", "ET"),
        ("Soldiers patrol Mu-se market", "Mu-se", "MM"),
        ("Forces shell al-Bab", "al-Bab", "SY"),
        ("Siege of Deir ez-Zor ends", "Deir ez-Zor", "SY"),
        (
            "Protest in Saint-Michel de l'Atalaye",
            "Saint-Michel de l'Atalaye",
            "HT",
        ),
        // What belongs to a country or person is no town.
        ("Peru's army enters the valley", "Peru", "PE"),
        ("Peru’s congress votes", "Peru", "PE"),
        ("Mali's junta delays vote", "Mali", "ML"),
        ("Matthew's brother speaks out", "Matthew", ""),
        ("King's Lynn flooded", "King's Lynn", "GB"),
    ]);
}

#[test]
fn short_names_and_everyday_words_need_their_country_or_a_preposition() {
    in_headlines(&[
        ("Gunmen attack market in Léo", "Léo", "BF"),
        ("Floods in Oku displace hundreds", "Oku", "CM"),
        ("Burkina Faso: attack in Manga kills two", "Manga", "BF"),
        ("Chad: clashes in Mao leave ten dead", "Mao", "TD"),
        ("Yemen: coalition strikes port of Mocha", "Mocha", "YE"),
        ("Pakistan: bomb kills police in Tank", "Tank", "PK"),
        ("Tank rolls into crowd", "Tank", ""),
        ("New tank unveiled", "tank", ""),
        ("Stuck in Tank Museum traffic", "Tank", ""),
        ("Say no to violence", "Say", ""),
        ("Bonny and Clyde remake announced", "Bonny", ""),
    ]);
}

#[test]
fn two_letters_are_no_country_in_another_language() {
    for (what, title, language, name, country) in [
        ("a network", "Users of VK report an outage", None, "VK", None),
        (
            "a network in Russian",
            "Сбой в VK: пользователи жалуются",
            Some("ru"),
            "VK",
            None,
        ),
        (
            "a kingdom in Dutch",
            "Premier reist naar VK voor overleg",
            Some("nl"),
            "VK",
            Some("GB"),
        ),
        ("megabytes", "Update of 20 MB fixes flaw", None, "MB", None),
        ("versus", "PSG VS OM : le résumé", Some("fr"), "VS", None),
        (
            "states in Dutch",
            "VS legt nieuwe sancties op",
            Some("nl"),
            "VS",
            Some("US"),
        ),
        ("a club", "AS Monaco wins again", None, "AS", None),
        ("an airline", "RA flight returns to airport", None, "RA", None),
        ("usual ones", "UK and US sign pact", None, "UK", Some("GB")),
        ("usual ones", "UK and US sign pact", None, "US", Some("US")),
    ] {
        let context = PlaceContext {
            language,
            ..PlaceContext::default()
        };
        let found = meant(title, "", context, name).map(|(country, _)| country);
        assert_eq!(found, country, "{what}: {title}");
    }
}

#[test]
fn a_people_is_a_country_where_it_does_not_name_a_thing_or_a_tongue() {
    in_headlines(&[
        ("Malian soldiers killed in ambush", "Malian", "ML"),
        ("Turkish jets cross border", "Turkish", "TR"),
        ("Latvian climbers missing", "Latvian", "LV"),
        ("He speaks only French and Farsi", "French", ""),
        ("Film to air in English and Spanish", "Spanish", ""),
        ("Robbers raid Italian restaurant", "Italian", ""),
        ("Fight in an Irish pub", "Irish", ""),
        ("The Portuguese tactician made two changes", "Portuguese", ""),
        ("Club signs Brazilian striker", "Brazilian", ""),
        ("Lessons of the Spanish flu", "Spanish", ""),
    ]);
}

#[test]
fn what_every_town_has_makes_a_place_of_its_name() {
    in_headlines(&[
        ("Mayor of Palmira resigns", "Palmira", "CO"),
        ("Idlib residents flee shelling", "Idlib", "SY"),
        ("Kidal airport closed", "Kidal", "ML"),
        ("Omdurman hospital hit by shells", "Omdurman", "SD"),
    ]);
}

/// Every town of a hundred thousand people is itself, or a larger one of its name, where its country is named.
#[test]
fn large_towns_are_in_the_country_that_is_named_with_them() {
    let gazetteer = Gazetteer::built_in();
    let (mut right, mut all) = (0, 0);
    let mut wrong = Vec::new();
    let large = (0..gazetteer.len() as u32)
        .filter_map(|number| gazetteer.numbered(number))
        .filter(|place| place.kind == PlaceKind::City && place.population >= 100_000);
    for town in large.step_by(7) {
        let Some(country) = town.country.and_then(|code| gazetteer.country(code)) else {
            continue;
        };
        let title = format!("Explosion in {} wounds ten, {} confirms", town.name, country.name);
        let name = town.name.trim_matches(|c: char| !c.is_alphanumeric());
        let found = meant(&title, "", PlaceContext::default(), name).map(|(country, _)| country);
        all += 1;
        right += usize::from(found == town.country);
        if found != town.country {
            wrong.push(title);
        }
    }
    assert!(all > 500, "{all} towns");
    assert!(right * 1000 >= all * 995, "{right} of {all}: {wrong:#?}");
}

#[test]
fn two_towns_joined_by_a_hyphen_are_both_meant() {
    in_headlines(&[
        ("Le match Nice-Tours reporté", "Nice", "FR"),
        ("Le match Nice-Tours reporté", "Tours", "FR"),
        ("Le match Tours-Nice reporté", "Tours", "FR"),
        ("Zugausfälle auf der Strecke Essen-Hannover", "Essen", "DE"),
        ("Bath–Reading line shut after flooding", "Reading", "GB"),
        // A paper, a hall, a person.
        ("Nice-Matin en grève", "Nice", ""),
        ("A reading-room opens", "reading", ""),
    ]);
}

#[test]
fn a_name_of_two_words_that_no_other_place_bears_counts_after_in() {
    in_headlines(&[
        ("Sir Mo Farah trains in Font Romeu", "Font Romeu", "FR"),
        ("Gang kills dozens in Pont Sondé", "Pont Sondé", "HT"),
        // Without a word that says where, it may be anything.
        ("Font Romeu wins award", "Font Romeu", ""),
    ]);
}

#[test]
fn a_district_of_a_city_state_goes_behind_towns_of_its_name() {
    for title in ["Blast in Victoria hurts five", "Victoria police arrest two"] {
        let found = meant(title, "", PlaceContext::default(), "Victoria").map(|(country, _)| country);
        assert_ne!(found, Some("HK"), "{title}");
    }
    in_headlines(&[
        ("Fire in Kowloon kills four", "Kowloon", "HK"),
        ("Protest in Singapore", "Singapore", "SG"),
    ]);
}
