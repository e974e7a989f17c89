//! Groups under their names in many languages, in their cases, and armies by the adjective of their country.

use wirewatch_recognition::{Document, named_groups};

/// Language, headline, keys of the groups in the order of the text.
const HEADLINES: &[(&str, &str, &[&str])] = &[
    ("ru", "В Идлибе задержан член «Аль-Каиды»", &["al-qaeda"]),
    ("ru", "Переговоры с ХАМАСом отложены", &["hamas"]),
    ("ru", "Израиль ударил по складам «Хезболлы»", &["hezbollah"]),
    ("ru", "Бойцы Африканского корпуса покинули базу", &["africa-corps"]),
    ("ru", "Колонна хуситов обстреляна", &["houthis"]),
    ("ru", "Атака пакистанских талибов", &["ttp"]),
    ("ru", "Турецкие войска вошли в провинцию", &["turkish-army"]),
    ("ru", "Потери сирийской армии растут", &["syrian-army"]),
    ("ru", "Доклад о войсках Сирийских демократических сил", &["sdf"]),
    ("uk", "Колону хуситів обстріляно", &["houthis"]),
    ("uk", "Склад Хезболли знищено", &["hezbollah"]),
    ("uk", "Бійці Африканського корпусу відступили", &["africa-corps"]),
    ("uk", "Турецькі військові увійшли до провінції", &["turkish-army"]),
    ("uk", "Обстріли з боку російських військ", &["russian-army"]),
    ("de", "Türkische Soldaten rücken vor", &["turkish-army"]),
    ("de", "Vorwürfe gegen die äthiopische Armee", &["endf"]),
    ("de", "Anschlag der Schabab-Miliz", &["al-shabaab"]),
    ("de", "Hisbollah weist Forderung zurück", &["hezbollah"]),
    ("tr", "Husilerin saldırısı kınandı", &["houthis"]),
    ("tr", "Suriye Demokratik Güçlerine operasyon", &["sdf"]),
    ("tr", "Pakistan askerleri sınırda", &["pakistan-army"]),
    ("tr", "Eş-Şebab'ın kampı vuruldu", &["al-shabaab"]),
    ("es", "El ejército etíope avanza", &["endf"]),
    ("es", "Tropas sudanesas toman la ciudad", &["sudan-army"]),
    ("es", "Soldados nigerianos mueren en una emboscada", &["nigerian-army"]),
    ("pt", "Exército do Sudão retoma cidade", &["sudan-army"]),
    ("pt", "Forças moçambicanas repelem ataque", &["fadm"]),
    ("pt", "Tropas ruandesas chegam ao norte", &["rwanda-defence-force"]),
    ("fr", "L'armée soudanaise reprend la ville", &["sudan-army"]),
    ("fr", "Des soldats maliens tués", &["fama"]),
    ("fr", "Les talibans pakistanais revendiquent", &["ttp"]),
    ("en", "Ethiopian troops cross the border", &["endf"]),
    ("en", "Malian soldiers repel the attack", &["fama"]),
    ("en", "The Pakistani Taliban claim the attack", &["ttp"]),
    ("ar", "الجيش السوداني يتقدم", &["sudan-army"]),
    ("ar", "القوات الإثيوبية تعبر الحدود", &["endf"]),
    ("ar", "هجوم للدعم السريع", &["rsf"]),
    ("ar", "قيادي في داعش خراسان", &["iskp"]),
    ("fa", "ارتش سودان پیشروی کرد", &["sudan-army"]),
    ("fa", "حمله حوثی‌ها به کشتی", &["houthis"]),
    ("fa", "سربازان اسرائیلی عقب نشستند", &["idf"]),
    ("fa", "تحریک طالبان پاکستان مسئولیت را پذیرفت", &["ttp"]),
    ("hi", "हिज़्बुल्लाह ने रॉकेट दागे", &["hezbollah"]),
    ("hi", "हिजबुल्लाह के ठिकानों पर हमला", &["hezbollah"]),
    ("hi", "पाकिस्तानी सेना का बयान", &["pakistan-army"]),
    ("hi", "नक्सलियों का हमला", &["cpi-maoist"]),
    ("zh", "真主党否认", &["hezbollah"]),
    ("zh", "胡塞武装袭击货轮", &["houthis"]),
    ("zh", "土耳其军队越境", &["turkish-army"]),
    ("zh", "基地组织头目被捕", &["al-qaeda"]),
    ("ja", "ヒズボラが反発", &["hezbollah"]),
    ("ja", "エチオピア軍が越境", &["endf"]),
    ("ja", "パキスタン・タリバン運動が声明", &["ttp"]),
    ("am", "የአልሸባብ ታጣቂዎች ተገደሉ", &["al-shabaab"]),
    ("am", "ከፋኖ ጋር ውጊያ ተካሄደ", &["fano"]),
    ("am", "የሱዳን ጦር ገሰገሰ", &["sudan-army"]),
    ("ha", "Sojojin Nijar sun kai hari", &["niger-army"]),
    ("ha", "Dakarun Rasha sun janye", &["russian-army"]),
    ("sw", "Jeshi la Rwanda lakanusha", &["rwanda-defence-force"]),
    ("sw", "Wahouthi wateka meli", &["houthis"]),
    ("so", "Ciidamada Itoobiya oo gudbay", &["endf"]),
    ("so", "Xuutiyiinta oo markab qabsaday", &["houthis"]),
    ("ru", "Армия пополнится новобранцами", &[]),
    ("es", "El ejército celebra su día", &[]),
    ("de", "Die Armee zieht um", &[]),
    ("zh", "军队开放日", &[]),
];

#[test]
fn groups_are_found_in_their_languages() {
    let mut wrong = Vec::new();
    for (language, title, expected) in HEADLINES {
        let found = named_groups(Document {
            title,
            language: Some(language),
            ..Document::default()
        });
        let keys: Vec<&str> = found
            .iter()
            .filter_map(|one| one.entity.as_deref()?.id.strip_prefix("group:"))
            .collect();
        if keys != *expected {
            wrong.push(format!("{language}: {title}: {keys:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
