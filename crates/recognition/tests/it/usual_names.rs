//! The names that newspapers use: short forms, other scripts, cases, any apostrophe.

use wirewatch_recognition::{Document, Gazetteer, PlaceContext, PlaceKind, places};

/// Country (ISO 3166-1 alpha-2) and headlines that name something in it, `|` between.
const HEADLINES: &[(&str, &str, &str)] = &[
    (
        "Chinese",
        "PS",
        "加沙学校遭空袭|约旦河西岸冲突两人死亡|拉法口岸重新开放",
    ),
    (
        "Chinese",
        "CN",
        "新疆喀什发生地震|西藏那曲地震|四川山体滑坡|内蒙古煤矿坍塌|云南发生洪灾",
    ),
    (
        "Chinese",
        "UA",
        "哈尔科夫州遭无人机袭击|敖德萨港口遇袭|乌克兰称击落导弹",
    ),
    ("Chinese", "CD", "北基伍省爆发冲突|戈马机场重开|刚果（金）东部交火"),
    ("Chinese", "MM", "缅甸军方空袭村庄|若开邦战事升级|妙瓦底交火"),
    ("Chinese", "US", "美国宣布新制裁"),
    ("Japanese", "PS", "ガザで空爆、20人死亡|ヨルダン川西岸で衝突"),
    ("Japanese", "US", "米国が関税を引き上げ|アメリカ軍が空爆"),
    (
        "Japanese",
        "UA",
        "ハルキウ州に攻撃|ザポリージャ州で停電|オデーサに無人機",
    ),
    ("Japanese", "KP", "北朝鮮がミサイル発射"),
    ("Japanese", "KR", "韓国で大規模な火災"),
    ("Japanese", "JP", "沖縄県で停電|能登半島で地震|北海道で大雪"),
    ("Korean", "PS", "가자지구 공습으로 12명 사망"),
    ("Korean", "UA", "하르키우에서 폭발"),
    ("Korean", "US", "미국, 추가 제재 발표"),
    ("Hindi", "PS", "गाजा में हवाई हमला, 20 की मौत|ग़ज़ा में गोलीबारी"),
    (
        "Hindi",
        "IN",
        "मणिपुर में फिर हिंसा|छत्तीसगढ़ में मुठभेड़|पश्चिम बंगाल में बम धमाका|असम में बाढ़",
    ),
    ("Hindi", "AF", "अफगानिस्तान में भूकंप|अफ़ग़ानिस्तान में धमाका"),
    ("Hindi", "UA", "यूक्रेन पर ड्रोन हमला|कीव में धमाके"),
    ("Thai", "MM", "ทหารพม่าโจมตีหมู่บ้าน|สู้รบในเมียวดี"),
    ("Burmese", "MM", "ရှမ်းပြည်နယ် တိုက်ပွဲ|ရခိုင်ပြည်နယ်မှာ တိုက်ပွဲ"),
    (
        "Russian",
        "UA",
        "Удар по Харьковской области: трое погибших|Взрывы в Сумской и Черниговской областях|Херсонщина под обстрелом|Обстрел Запорожской области|Бои в Донецкой Народной Республике",
    ),
    (
        "Russian",
        "RU",
        "Взрывы в Курской области|Беспилотники над Белгородской областью|Брянская область: двое раненых|В Ростове-на-Дону пожар|Перестрелка в Дагестане|Взрыв в Чечне|Пожар в Нижнем Новгороде|Паводок в Краснодарском крае",
    ),
    (
        "Russian",
        "PS",
        "Обстрел Газы: 12 погибших|Удар по Газе|Рейд на Западном берегу|Авиаудар по сектору Газа",
    ),
    (
        "Russian",
        "SS",
        "Столкновения в Южном Судане|Бои на границе Южного Судана",
    ),
    ("Russian", "SA", "Взрыв в Саудовской Аравии"),
    ("Russian", "KP", "Запуск ракеты из Северной Кореи"),
    (
        "Ukrainian",
        "UA",
        "Обстріл Херсонщини: двоє загиблих|Удар по Харківщині|На Сумщині загинули двоє|Вибухи в Одеській області|Ворог атакував Запорізьку область|Дрони над Дніпропетровщиною|На Донеччині поранено трьох",
    ),
    (
        "Ukrainian",
        "RU",
        "Вибухи у Курській області|Дрони атакували Бєлгородську область",
    ),
    (
        "Turkish",
        "PS",
        "Gazze Şeridi'nde patlama|Batı Şeria'da baskın|Gazze'de saldırı: 12 ölü",
    ),
    ("Arabic", "IQ", "هجوم في الأنبار يقتل خمسة|اشتباكات في نينوى"),
    ("Arabic", "SD", "معارك في شمال دارفور|قصف على الفاشر"),
    ("Arabic", "YE", "غارة على الحديدة|اشتباكات في حضرموت"),
    ("Persian", "IR", "انفجار در سیستان و بلوچستان|زلزله در خوزستان"),
    ("Hebrew", "PS", "תקיפה ברצועת עזה|פעולה בגדה המערבית"),
    ("Hebrew", "LB", "תקיפות ברחבי דרום לבנון"),
    ("German", "SS", "Kämpfe im Südsudan"),
    ("German", "GB", "Ausschreitungen in Nordirland"),
    ("Portuguese", "CD", "Combates no Kivu do Norte"),
    ("Portuguese", "MZ", "Ataque em Cabo Delgado mata doze"),
    ("Spanish", "CD", "Combates en Kivu del Norte|La RDC acusa a Ruanda"),
    ("Spanish", "CF", "Ataque en la República Centroafricana"),
    ("French", "CD", "La RDC accuse le M23|Attaque en RD Congo"),
    ("French", "CF", "Embuscade en RCA : dix morts"),
    (
        "French",
        "BF",
        "Burkina : quatre soldats tués|Le Burkina ferme sa frontière|Attaque à Fada Ngourma|Attaque à Fada N’Gourma|Attaque à Fada Nʼgourma|Attaque à Fada N`Gourma|Attaque à Fada N´Gourma",
    ),
    (
        "French",
        "ML",
        "Affrontements à Tin Zaouatine, au Mali|Attaque à Sévaré|Embuscade près de Hombori, Mali",
    ),
    ("French", "HT", "Massacre à Pont-Sondé|Attaque à Cité Soleil"),
    ("French", "NG", "Enlèvements dans le delta du Niger"),
    ("Swahili", "CD", "Mapigano Kivu Kaskazini"),
    ("Hausa", "NG", "Hari a Najeriya ya kashe mutane"),
    (
        "English",
        "CD",
        "DRC army repels attack|DR Congo rebels seize town|D.R. Congo ferry sinks",
    ),
    (
        "English",
        "CF",
        "Gunmen kill ten in Central African Republic|CAR army ambushed",
    ),
    ("English", "SS", "S. Sudan clashes kill 40"),
    ("English", "KP", "N. Korea fires missile"),
    ("English", "KR", "S. Korea court rules on martial law"),
    (
        "English",
        "CN",
        "Blast in Xi’an|Blast in Xi'an|Blast in Xiʼan|Blast in Xi‘an|Blast in Xi`an",
    ),
    (
        "English",
        "YE",
        "Shelling in Ta'izz kills six|Shelling in Taʿizz kills six|Shelling in Taizz kills six|Hodeidah port struck|Hodeida airport bombed|Blast in Sana’a|Strike in Saada",
    ),
    (
        "English",
        "SY",
        "Car bomb in Qamishli|Shelling near Ras al-Ain, Syria|Clashes in Sweida|Strike in Deir Ezzor|Raid in al-Hol camp, Syria",
    ),
    (
        "English",
        "MM",
        "Fighting in Kyaukphyu|Junta jets hit Mu-se|Clashes in Rakhine State|Arakan villages burned",
    ),
    (
        "English",
        "UA",
        "Sumy Oblast shelled|Zaporizhzhia Oblast: one killed|Zaporizhia plant loses power|Strike in Kharkiv region",
    ),
    ("English", "RU", "Belgorod region hit by drones|Drone hits Kursk Oblast"),
    (
        "English",
        "LB",
        "Raid on south Lebanon|Strike in Nabatieh|Strike in Dahiyeh, Beirut",
    ),
    ("English", "GB", "Riot in Northern Ireland town"),
    ("English", "US", "Fire in Los Angeles City|Shooting in New York City"),
    (
        "English",
        "ET",
        "Attack in Addis Alem|Attack in Ādīs ‘Alem kills 12|Clashes in Amhara region",
    ),
    ("English", "NG", "Raid in Baga, Nigeria|Spill in the Niger delta"),
    (
        "English",
        "CD",
        "Fighting in Masisi|Rebels enter Walikale|Attack in Komanda",
    ),
];

#[test]
fn usual_names_lead_to_their_country() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for (language, country, headlines) in HEADLINES {
        for title in headlines.split('|') {
            tried += 1;
            let document = Document {
                title,
                text: "",
                ..Document::default()
            };
            let found = places(document, PlaceContext::default());
            let right = found
                .iter()
                .any(|mention| mention.confidence >= 0.5 && mention.place.country == Some(country));
            if !right {
                let found: Vec<_> = found
                    .iter()
                    .map(|mention| (mention.place.name, mention.place.country, mention.confidence))
                    .collect();
                wrong.push(format!("{language}: {title} ({country}): {found:?}"));
            }
        }
    }
    println!("usual names: {} of {tried}", tried - wrong.len());
    assert!(tried >= 150, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}: {wrong:#?}", wrong.len());
}

#[test]
fn main_names_of_towns_are_found() {
    let gazetteer = Gazetteer::built_in();
    let (mut tried, mut never) = (0, Vec::new());
    let towns = (0..gazetteer.len() as u32)
        .filter_map(|number| gazetteer.numbered(number))
        .filter(|place| place.kind >= PlaceKind::City && place.population >= 15_000);
    for town in towns.step_by(4) {
        tried += 1;
        let title = format!("Attack in {} kills 12", town.name);
        let document = Document {
            title: &title,
            text: "",
            ..Document::default()
        };
        // A sign for a letter of Arabic, before or behind it, is no part of the mention.
        let found = places(document, PlaceContext::default());
        let named = found
            .iter()
            .any(|mention| mention.span.start <= 13 && mention.span.end + 12 >= title.len());
        if !named {
            never.push(format!("{} ({})", town.name, town.country.unwrap_or_default()));
        }
    }
    println!("main names: {} of {tried} found; never: {never:?}", tried - never.len());
    assert!(tried >= 6_000, "{tried}");
    assert!(never.len() * 130 <= tried, "{} of {tried}: {never:?}", never.len());
}
