//! Places that the words around them tell: which name, and near which town.

use wirewatch_recognition::{Document, PlaceContext, places, unknown_places};

fn unknown(text: &str) -> Vec<(String, &'static str)> {
    let document = Document {
        title: "",
        text,
        ..Document::default()
    };
    let found = places(document, PlaceContext::default());
    let unknown = unknown_places(document, &found);
    for one in &unknown {
        assert!((0.0..=0.6).contains(&one.confidence), "{text}");
    }
    unknown
        .iter()
        .map(|one| (text[one.span.clone()].to_owned(), one.near.name))
        .collect()
}

#[test]
fn a_name_is_a_place_by_its_context() {
    for (text, name, near) in [
        (
            "Gunfire was heard in the Banankabougou neighbourhood of Bamako.",
            "Banankabougou",
            "Bamako",
        ),
        (
            "In Bamako shots rang out. Residents of the Zankelenbougou neighborhood fled.",
            "Zankelenbougou",
            "Bamako",
        ),
        (
            "Gunmen entered the village of Tinkaloro near Mopti.",
            "Tinkaloro",
            "Mopti",
        ),
        (
            "Fighters burned huts in Torokelena, a village near Kati, Mali.",
            "Torokelena",
            "Kati",
        ),
        (
            "The dead were buried in Wendouboro, a small settlement outside Djibo, Burkina Faso.",
            "Wendouboro",
            "Djibo",
        ),
        (
            "Des tirs ont été entendus dans le quartier Zerny à Bamako.",
            "Zerny",
            "Bamako",
        ),
        (
            "Des hommes armés ont attaqué le village de Kourbelogo, près de Ouagadougou.",
            "Kourbelogo",
            "Ouagadougou",
        ),
        (
            "Les habitants du hameau d'Ouraderi ont fui vers Niamey.",
            "Ouraderi",
            "Niamey",
        ),
        (
            "Dos jóvenes murieron en el barrio Villaflorida de Bogotá.",
            "Villaflorida",
            "Bogotá",
        ),
        (
            "Hombres armados entraron en la vereda de Quebralinda, cerca de Cali.",
            "Quebralinda",
            "Cali",
        ),
        (
            "Polícia cerca o bairro Jardim Tropicalinda em Salvador.",
            "Jardim Tropicalinda",
            "Salvador",
        ),
        (
            "Homens armados atacaram a aldeia de Nankumbwa, perto de Pemba.",
            "Nankumbwa",
            "Pemba",
        ),
    ] {
        let found = unknown(text);
        assert_eq!(found, [(name.to_owned(), near)], "{text}");
    }
}

#[test]
fn what_is_known_or_no_place_is_none() {
    for text in [
        "Gunmen entered the town of Djenné near Mopti.",
        "Gunmen entered the village of Tinkaloro.",
        "Residents of the village fled to Bamako.",
        "The quarter was the best for Bamako traders.",
        "Le village a été attaqué près de Mopti.",
        "GUNMEN ENTER THE VILLAGE OF TINKALORO NEAR MOPTI",
    ] {
        assert_eq!(unknown(text), [], "{text}");
    }
}
