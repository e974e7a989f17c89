//! “The capital” of the country that is named, and what else is called capital.

use wirewatch_recognition::{Document, PlaceContext, places};

fn capital(title: &str, text: &str) -> Option<&'static str> {
    let document = Document {
        title,
        text,
        ..Document::default()
    };
    let found = places(document, PlaceContext::default());
    let said = |name: &str| name.to_lowercase();
    let meant = found.iter().find(|mention| {
        let field = document.field(mention.field);
        let written = said(&field[mention.span.clone()]);
        mention.confidence >= 0.5
            && (written.starts_with("capital")
                || written.contains("столиц")
                || written.contains("عاصم")
                || written == "hauptstadt")
    });
    meant.map(|mention| mention.place.name)
}

#[test]
fn the_capital_is_that_of_the_country_named() {
    for (title, text, town) in [
        (
            "Mali says attack repelled in capital; Qaeda affiliate claims responsibility",
            "",
            "Bamako",
        ),
        ("Gunfire heard in Mali's capital", "", "Bamako"),
        ("Explosions near the Malian capital", "", "Bamako"),
        ("Fuel runs out in the capital of Mali", "", "Bamako"),
        (
            "Gunfire in Niger",
            "Shots were heard in the capital on Monday.",
            "Niamey",
        ),
        (
            "Coup attempt",
            "Soldiers of Burkina Faso blocked roads. The capital was calm.",
            "Ouagadougou",
        ),
        ("Des tirs dans la capitale malienne", "", "Bamako"),
        ("Mali : des tirs entendus dans la capitale", "", "Bamako"),
        ("Des drones survolent la capitale du Soudan", "", "Khartoum"),
        ("Ataque en la capital de Malí", "", "Bamako"),
        ("Explosión en la capital de Somalia deja dos muertos", "", "Mogadishu"),
        ("Ataque na capital do Mali", "", "Bamako"),
        ("Haitian gangs close in on capital", "", "Port-au-Prince"),
        ("Взрыв в столице Афганистана", "", "Kabul"),
        ("Вибух у столиці України", "", "Kyiv"),
        ("انفجار في العاصمة السودانية الخرطوم بحري", "السودان", "Khartoum"),
        ("Schüsse in der Hauptstadt von Mali", "", "Bamako"),
        ("CHAD POLICE FIRE ON CROWD IN CAPITAL", "", "N'Djamena"),
    ] {
        assert_eq!(capital(title, text), Some(town), "{title} / {text}");
    }
}

#[test]
fn other_capital_is_no_town() {
    for (title, text) in [
        ("Mali restores capital punishment", ""),
        ("Kenya venture capital doubles", ""),
        ("Nigeria tightens capital controls", ""),
        ("Chad seeks capital for refinery", ""),
        ("Mali bank raises fresh capital", ""),
        ("Capital One opens in Ghana", ""),
        ("Ghana to host World Book Capital of culture year", ""),
        ("Burkina Faso honours its capital of culture", ""),
        ("Le capital de la banque du Mali augmente", ""),
        ("La peine capitale abolie au Ghana", ""),
        ("Pena capital en Irán", ""),
        ("Malí atrae capital extranjero", ""),
        ("Fire in provincial capital, Afghanistan says", ""),
        ("Talks between Mali and Niger in the capital", ""),
        ("Attack reported in the capital", ""),
        ("Abidjan, capitale économique de la Côte d'Ivoire, sous l'eau", ""),
    ] {
        assert_eq!(capital(title, text), None, "{title} / {text}");
    }
}
