//! Names of groups that mean something else, and those that are meant.

use wirewatch_recognition::{Document, named_groups};

/// The groups that are meant in a title.
fn meant(title: &str, text: &str) -> Vec<String> {
    let document = Document {
        title,
        text,
        ..Document::default()
    };
    let found = named_groups(document);
    found
        .into_iter()
        .filter_map(|one| Some(one.entity?.id.clone()))
        .collect()
}

#[track_caller]
fn hold(rows: &[(&str, &str, bool)]) {
    let mut wrong = Vec::new();
    for (group, title, expected) in rows {
        let id = format!("group:{group}");
        if meant(title, "").contains(&id) != *expected {
            wrong.push(format!("{group} in {title}: not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_abbreviation_that_is_explained_otherwise() {
    hold(&[
        (
            "rsf",
            "Reporters Without Borders (RSF) condemns arrest of editor",
            false,
        ),
        ("rsf", "Reporters sans frontières (RSF) dénonce une arrestation", false),
        ("rsf", "Sudan's Rapid Support Forces (RSF) shell El Fasher", true),
        (
            "rsf",
            "The paramilitary Rapid Support Force (RSF) shells El Fasher",
            true,
        ),
        ("rsf", "Fighters of Hemedti's army (RSF) enter the town", true),
        ("rsf", "RSF shells El Fasher", true),
        ("adf", "Australian Defence Force (ADF) holds exercise", false),
        ("adf", "Allied Democratic Forces (ADF) kill twelve in Beni", true),
        ("adf", "Islamist rebels (ADF) kill twelve in Beni", true),
        ("bla", "She holds a Bachelor of Laws (BLA) degree", false),
        ("bla", "Baloch Liberation Army (BLA) claims attack", true),
        ("jnim", "Attack in Burkina Faso (JNIM) kills ten", true),
        ("jnim", "The al-Qaeda branch of the Sahel (JNIM) claims attack", true),
        ("pkk", "Kurdistan Workers' Party (PKK) disbands", true),
        ("pkk", "Kurdistan Workers Party (PKK) disbands", true),
    ]);
}

#[test]
fn an_explanation_holds_for_the_whole_text() {
    let text = "RSF said the editor must be freed. “This is an attack,” RSF added.";
    assert!(meant("Reporters Without Borders (RSF) condemns arrest", text).is_empty());
    // Both in one report: the group is named in full.
    let both = "Reporters Without Borders (RSF) said fighters of the Rapid Support Forces held him. The RSF denies it.";
    assert!(meant("Editor held in Sudan", both).contains(&"group:rsf".to_owned()));
}

#[test]
fn roads_persons_clubs_and_words() {
    hold(&[
        ("m23", "Two hurt in crash on the M23 motorway", false),
        ("m23", "M23 closed northbound after crash", false),
        ("m23", "Lorry overturns near M23 junction 9", false),
        ("m23", "M23 rebels take Goma", true),
        ("m23", "Congo and M23 sign truce", true),
        ("wagner", "Tenor Hugo Wagner dies at 95", false),
        ("wagner", "Richard Wagner festival opens", false),
        ("wagner", "A Wagner opera returns", false),
        ("wagner", "Wagner leaves Mali", true),
        ("wagner", "Mali: Wagner fighters killed near Kidal", true),
        ("al-shabaab", "Al Shabab beat Al Hilal in Riyadh derby", false),
        ("al-shabaab", "Al Shabab striker signs new deal", false),
        ("al-shabaab", "Al Shabab 2-1 Al Nassr", false),
        ("al-shabaab", "Al Shabaab attacks base in Somalia", true),
        ("al-shabaab", "Al Shabaab kills five at football match", true),
        ("hamas", "حماس الجماهير يشعل الملعب قبل المباراة", false),
        ("hamas", "استقبله اللاعبون بحماس كبير", false),
        ("hamas", "حماس تعلن قبول الهدنة", true),
        ("hamas", "قيادي بحماس يصل إلى القاهرة", true),
    ]);
}
