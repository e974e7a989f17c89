//! Areas that people name: what lies in them, and what is called so in which language.

use std::collections::HashSet;

use wirewatch_recognition::{
    Area, Document, Gazetteer, Place, PlaceKind, Term, Watch, Watchlist, Where, is_within, picked_area,
};

/// Whether a watch on a place inside of an area fires for a title.
fn fires(inside: &str, title: &str) -> bool {
    let picked = picked_area(inside).unwrap_or_else(|| panic!("no area is called {inside}"));
    let asked = Where {
        inside: vec![Area::of(&picked.best)],
        not_inside: Vec::new(),
        of: Vec::new(),
        rings: Vec::new(),
        demonyms: true,
        min_confidence: 0.5,
    };
    let watch = Watch {
        name: "w".to_owned(),
        find: vec![Term::anywhere_in(asked, format!("in {inside}"))].into(),
        ..Watch::default()
    };
    let document = Document {
        title,
        text: "",
        ..Document::default()
    };
    let list = Watchlist::compile(vec![watch]).unwrap();
    list.examine(document).verdicts.iter().any(|verdict| verdict.fires())
}

#[test]
fn something_lies_in_every_area() {
    let gazetteer = Gazetteer::built_in();
    let towns: Vec<Place> = (0..gazetteer.len() as u32)
        .filter_map(|number| gazetteer.numbered(number))
        .filter(|place| place.kind >= PlaceKind::City)
        .collect();
    let divisions: HashSet<u32> = towns.iter().filter_map(|town| town.admin1).collect();
    let countries: HashSet<&str> = towns.iter().filter_map(|town| town.country).collect();
    let mut areas = 0;
    for area in gazetteer.regions().filter(|place| place.kind <= PlaceKind::Continent) {
        areas += 1;
        let extent = gazetteer.extent(&area);
        for division in &extent.divisions {
            assert!(divisions.contains(division), "{}: no town in {division}", area.slug);
        }
        if !extent.outline.is_empty() {
            let of = gazetteer.countries_of(&area);
            let within = |town: &Place| {
                town.country.is_some_and(|country| of.contains(&country)) && is_within(&extent.outline, town.point)
            };
            assert!(towns.iter().any(within), "{}: no town within its outline", area.slug);
        }
        if extent.is_whole_countries() {
            assert_ne!(area.kind, PlaceKind::Constituent, "{} has nothing inside", area.slug);
            let any = gazetteer.countries_of(&area);
            assert!(any.iter().any(|country| countries.contains(country)), "{}", area.slug);
        }
        let itself = Area::of(&area);
        assert!(itself.holds_place(&area), "{} lies in itself", area.slug);
        if let Some(country) = area.country.and_then(|code| gazetteer.country(code)) {
            assert!(Area::of(&country).holds_place(&area), "{} in its country", area.slug);
            assert!(!itself.holds_place(&country), "{} not in it", country.name);
        }
    }
    assert!(areas >= 100, "{areas}");
}

/// The area as a watch writes it; titles that name something in it, `|` between; titles that do not.
const INSIDE: &[(&str, &str, &str)] = &[
    (
        "West Bank",
        "Raid in Nablus leaves two dead|Soldiers enter Tulkarm|Shop set on fire in Hebron, West Bank|Clashes across the West Bank|Cisjordanie : deux morts à Ramallah",
        "Strike on Rafah|Rally in Tel Aviv|Israeli army says raid is over",
    ),
    (
        "Cisjordania",
        "Dos muertos en Ramala|Redada en Cisjordania",
        "Bombardeo en Jan Yunis",
    ),
    (
        "Gaza Strip",
        "Shelling of Jabalia in the Gaza Strip|Aid trucks reach Rafah crossing in the Gaza Strip|Bombardeos en la Franja de Gaza|Beit Lahia school hit",
        "Raid in Jenin|Rocket hits Ashkelon",
    ),
    (
        "Palestine",
        "Clashes in the West Bank|Aid for the Gaza Strip",
        "Clashes on the Golan Heights",
    ),
    (
        "Abkhazia",
        "Protest in Gagra|Train halted at Sukhumi|Power cuts in Abkhazia|В Абхазии отключили свет",
        "Protest in Batumi|Rally in Zugdidi",
    ),
    (
        "South Ossetia",
        "Shots near Tskhinvali|Checkpoint opened in South Ossetia",
        "Fire in Gori|Rally in Vladikavkaz",
    ),
    (
        "Nagorno-Karabakh",
        "Mine kills two near Khojavend|Road to Shusha reopened|Families leave Stepanakert|Trêve au Haut-Karabakh|Конфликт в Нагорном Карабахе|Dağlık Karabağ'da patlama",
        "Fire in Ganja|Flood in Baku",
    ),
    (
        "Golan Heights",
        "Drone falls near Quneitra",
        "Rocket near Metula|Raid in Tiberias",
    ),
    (
        "Niger Delta",
        "Kidnap in Yenagoa|Spill in Rivers State|Crude theft across the Niger Delta|Militants blow up pipeline in Bayelsa State",
        "Kidnap in Kano|Attack in Niger State",
    ),
    (
        "Sinai",
        "Bomb in Arish kills three|Militants ambush convoy in North Sinai|Attentat dans le Sinaï|هجوم في شمال سيناء",
        "Fire in Suez|Blast in Cairo",
    ),
    (
        "Darfur",
        "Drone strike on Nyala|Siege of El Fasher|Combats au Darfour|В Дарфуре бои",
        "Fire in Khartoum|Clashes in El Obeid",
    ),
    (
        "Kordofan",
        "Clashes in El Obeid|Hunger in Kadugli",
        "Drone strike on Nyala",
    ),
    (
        "Iraqi Kurdistan",
        "Drone hits Sulaymaniyah|Rocket attack in Erbil",
        "Blast in Tikrit",
    ),
    (
        "Kashmir",
        "Gunfight in Srinagar|Grenade attack in Muzaffarabad|Grenade in Anantnag, India|कश्मीर में मुठभेड़|克什米尔发生交火",
        "Fire in Delhi|Blast in Lahore",
    ),
    (
        "Tigray",
        "Shelling of Mekelle|Aid convoy reaches Shire in Tigray|ትግራይ ውስጥ ጥቃት",
        "Fire in Gondar",
    ),
    (
        "Amhara",
        "Drone strike in Gondar|Fano ambush in the Amhara region",
        "Fire in Mekelle",
    ),
    (
        "Oromia",
        "Ambush near Nekemte|Gunmen attack village in Oromia",
        "Fire in Gondar",
    ),
    (
        "North Kivu",
        "M23 rebels near Goma|Attaque à Butembo|Massacre in Nord-Kivu",
        "Fighting in Bukavu",
    ),
    (
        "Kivu",
        "M23 rebels near Goma|Fighting in Bukavu|Rebels advance in the Kivus",
        "Fire in Kisangani",
    ),
    (
        "Ituri",
        "CODECO militia attacks Bunia|Massacre in Ituri",
        "Fighting in Bukavu",
    ),
    (
        "Donbas",
        "Shelling of Kramatorsk|Assault on Lysychansk|Обстрел в Донбассе|顿巴斯战事升级",
        "Drone hits Odesa",
    ),
    (
        "Liptako-Gourma",
        "Ambush near Djibo|Embuscade à Ménaka",
        "Fire in Bobo-Dioulasso|Rally in Zinder",
    ),
    (
        "Azawad",
        "Drone strike on Kidal, Mali|Siege of Timbuktu|Combats dans l'Azawad",
        "Raid near Sikasso",
    ),
    (
        "Puntland",
        "Air strike near Bosaso|Troops in Garowe|Raid in Puntland",
        "Bomb in Mogadishu",
    ),
    (
        "Somaliland",
        "Shelling of Las Anod|Vote in Hargeisa|Vote in Somaliland",
        "Troops in Garowe",
    ),
    (
        "Somalia",
        "Vote in Somaliland|Raid in Puntland|Bomb in Jubaland",
        "Rally in Djibouti",
    ),
    (
        "Transnistria",
        "Drone over Tiraspol|Blast in Bender|Взрыв в Приднестровье",
        "Rally in Chisinau",
    ),
    (
        "Rakhine",
        "Junta jets bomb Sittwe|Clashes in Rakhine State|若开邦冲突|Arakan villages burned",
        "Fire in Mandalay",
    ),
    (
        "Lake Chad Basin",
        "Boko Haram raid near Diffa|Attack in Maiduguri|Attaque à Maroua",
        "Fire in Kano",
    ),
    (
        "Casamance",
        "Mine kills two near Ziguinchor|Embuscade en Casamance",
        "Fire in Dakar",
    ),
    (
        "Cabo Delgado",
        "Insurgents raid Pemba|Ataque em Mocímboa da Praia|Attaque au Cabo Delgado",
        "Fire in Maputo",
    ),
    (
        "Anglophone Cameroon",
        "Gunmen raid school in Kumba|Bamenda market burns|Ambazonia fighters claim ambush",
        "Fire in Douala",
    ),
    (
        "Xinjiang",
        "Police shoot four in Kashgar|Earthquake in Xinjiang",
        "Fire in Chengdu",
    ),
    ("Tibet", "Quake near Shigatse|Séisme au Tibet", "Fire in Chengdu"),
    (
        "Balochistan",
        "Train hijacked near Sibi, Pakistan|Bomb in Quetta|Blast in Gwadar",
        "Bomb in Karachi",
    ),
    (
        "Khyber Pakhtunkhwa",
        "Bomb in Peshawar|Raid in Waziristan|Shots in Bannu",
        "Bomb in Karachi",
    ),
    (
        "Waziristan",
        "Drone strike on Miran Shah, Pakistan|Ambush in South Waziristan",
        "Bomb in Peshawar",
    ),
    (
        "Chechnya",
        "Drone hits Grozny|Взрыв в Чечне|Attentat en Tchétchénie",
        "Fire in Makhachkala",
    ),
    (
        "Dagestan",
        "Gunmen attack Derbent, Russia|Перестрелка в Дагестане|Attentat au Daghestan",
        "Drone hits Grozny",
    ),
    (
        "Northern Ireland",
        "Bomb alert in Belfast|Riots in Ballymena|Proteste in Nordirland",
        "Fire in Dublin",
    ),
    (
        "Catalonia",
        "Incendio en Lleida|Protesta en Cataluña|Manifestation en Catalogne",
        "Incendio en Zaragoza",
    ),
    (
        "Mindanao",
        "Bomb in Cotabato|Quake off Davao|Clash in Mindanao",
        "Fire in Manila",
    ),
    (
        "Western New Guinea",
        "Pilot held in Wamena|Shooting near Timika",
        "Quake in Port Moresby",
    ),
    (
        "Darién Gap",
        "Migrants cross the Darién Gap|Migrantes en el Tapón del Darién|Naufragio en Acandí, Colombia",
        "Fire in Medellín",
    ),
    (
        "Catatumbo",
        "ELN attack in Tibú|Desplazados en el Catatumbo|Ataque en Ocaña",
        "Fire in Cúcuta",
    ),
    (
        "Essequibo",
        "Patrol shot at near Mabaruma, Guyana|Tensión por el Esequibo",
        "Fire in Georgetown, Guyana",
    ),
    (
        "Chiapas",
        "Enfrentamiento en Tapachula|Desplazados en Chiapas",
        "Fire in Oaxaca",
    ),
    (
        "Galilee",
        "Rockets hit Kiryat Shmona, Israel|Rockets fired at Upper Galilee",
        "Rocket hits Beersheba",
    ),
    (
        "Southern Lebanon",
        "Strike near Tyre|Israeli drone hits Nabatieh|Raid on Southern Lebanon",
        "Blast in Tripoli, Lebanon",
    ),
    (
        "Crimea",
        "Drones hit Sevastopol|Blast in Kerch|Взрывы в Крыму|В Криму вибухи",
        "Drone hits Kherson",
    ),
    (
        "Mali",
        "Combats dans l'Azawad|Drone strike on Kidal, Mali",
        "Ambush in the tri-border area of the Sahel",
    ),
    (
        "Burkina Faso",
        "Burkina : douze soldats tués|Burkina junta dissolves parties|Ataque en Burkina",
        "Attack in Mali",
    ),
];

#[test]
fn areas_hold_their_towns_and_their_own_name() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (inside, held, not_held) in INSIDE {
        for (titles, expected) in [(held, true), (not_held, false)] {
            for title in titles.split('|') {
                tried += 1;
                if fires(inside, title) != expected {
                    wrong.push(format!("inside {inside}: {title} (expected {expected})"));
                }
            }
        }
    }
    assert!(tried >= 200, "{tried}");
    println!("areas: {} of {tried}", tried - wrong.len());
    assert!(wrong.is_empty(), "{} of {tried}: {wrong:#?}", wrong.len());
}
