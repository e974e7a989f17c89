//! Countries by the adjectives and peoples that newspapers name them by, in their cases.

use std::collections::BTreeSet;

use wirewatch_recognition::{Document, PlaceContext, places};

/// Language, headline, countries.
const HEADLINES: &[(&str, &str, &[&str])] = &[
    ("es", "Pescadores hondureños piden ayuda", &["HN"]),
    ("es", "Una médica boliviana gana un premio", &["BO"]),
    ("es", "Suecas y finlandesas empatan", &["FI", "SE"]),
    ("es", "El ministro iraquí dimite", &["IQ"]),
    ("pt", "Estudantes angolanas protestam", &["AO"]),
    ("pt", "Médicos guineenses em greve", &["GW"]),
    ("pt", "Navio sul-coreano encalha", &["KR"]),
    ("pt", "Um jovem latino-americano vence", &[]),
    ("ar", "الشرطة الكندية توقف مشتبها به", &["CA"]),
    ("ar", "انتخابات فنزويلية", &["VE"]),
    ("ar", "وزير يمني يستقيل", &["YE"]),
    ("ru", "Кенийские полицейские прибыли", &["KE"]),
    ("ru", "Студенты из числа марокканцев", &["MA"]),
    ("ru", "Суд над эфиопским чиновником", &["ET"]),
    ("ru", "Индийский океан прогрелся", &[]),
    ("uk", "Іспанські пожежники прибули", &["ES"]),
    ("uk", "Суд над єгипетським чиновником", &["EG"]),
    ("uk", "Росіяни вимкнули світло", &["RU"]),
    ("de", "Kenianische Polizisten gelandet", &["KE"]),
    ("de", "Streik der französischen Lotsen", &["FR"]),
    ("de", "Tunesierinnen fordern mehr Rechte", &["TN"]),
    ("de", "Südliche Winde bringen Regen", &[]),
    ("tr", "İsveçli bakan istifa etti", &["SE"]),
    ("tr", "Nijeryalılar sandık başında", &["NG"]),
    ("fa", "دانشجویان هندی اعتراض کردند", &["IN"]),
    ("fa", "وزیر عراقی استعفا داد", &["IQ"]),
    ("hi", "नेपाली छात्र लौटे", &["NP"]),
    ("hi", "श्रीलंकाई मंत्री का इस्तीफ़ा", &["LK"]),
    ("am", "ኬንያውያን ድምፅ ሰጡ", &["KE"]),
    ("am", "በጅቡቲ ምርጫ ተካሄደ", &["DJ"]),
    ("am", "ስለኢትዮጵያ የወጣ ዘገባ", &["ET"]),
    ("sw", "Wafaransa wapiga kura", &["FR"]),
    ("sw", "Mkenya ashinda mbio", &["KE"]),
    ("so", "Jarmalka oo doorasho qabanaya", &["DE"]),
    ("so", "Faransiiska oo heshiis saxiixay", &["FR"]),
    ("ha", "Amurkawa sun kada kuri'a", &["US"]),
    ("zh", "俄军称击落无人机", &["RU"]),
    ("zh", "外长下周访美", &["US"]),
    ("zh", "中法元首会晤", &["CN", "FR"]),
    ("zh", "英首相宣布辞职", &["GB"]),
    ("zh", "以军事手段解决不了问题", &[]),
    ("zh", "印度洋海啸预警解除", &[]),
    ("zh", "今日本报刊登专题", &[]),
    ("ja", "日韓首脳が会談", &["JP", "KR"]),
    ("ja", "仏大統領が辞任", &["FR"]),
    ("ja", "日本海で津波注意報", &[]),
    ("ha", "Rashawa sun kada kuri'a", &["RU"]),
];

#[test]
fn peoples_are_found_in_their_languages() {
    let mut wrong = Vec::new();
    for (language, title, expected) in HEADLINES {
        let document = Document {
            title,
            language: Some(language),
            ..Document::default()
        };
        let found = places(document, PlaceContext::default());
        let countries: BTreeSet<&str> = found
            .iter()
            .filter(|one| one.confidence >= 0.5)
            .filter_map(|one| one.place.country)
            .collect();
        if countries != expected.iter().copied().collect() {
            wrong.push(format!("{language}: {title}: {countries:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
