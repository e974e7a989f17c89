//! Sentences that ask where a town is, in six languages, and the names of the countries in them. Written for this project.

/// Sentences in one language.
pub struct Templates {
    pub language: &'static str,
    /// Script of the names that are put in.
    pub script: Script,
    /// Headlines with `{X}` for the town.
    pub alone: &'static [&'static str],
    /// Headlines with `{X}` for the town and `{C}` for its country, which never follows it as in an address.
    pub named: &'static [&'static str],
    /// A text below the headline, with `{C}`.
    pub text: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Latin,
    Arabic,
    Cyrillic,
}

pub const TEMPLATES: [Templates; 6] = [
    Templates {
        language: "en",
        script: Script::Latin,
        alone: &["Attack in {X} kills 12", "Two arrested after blast near {X}"],
        named: &[
            "Attack in {X} kills 12, {C} says",
            "{C}: ten people wounded in explosion in {X}",
        ],
        text: "The government of {C} has sent troops. Nobody has claimed responsibility for it.",
    },
    Templates {
        language: "fr",
        script: Script::Latin,
        alone: &[
            "Attaque à {X} : 12 morts",
            "Une explosion à {X} fait dix blessés dans un marché",
        ],
        named: &[
            "{C} : une attaque à {X} fait 12 morts",
            "Explosion à {X} : les autorités de {C} ouvrent une enquête sur les faits",
        ],
        text: "Le gouvernement de {C} a envoyé des troupes. L'attaque n'est pas revendiquée pour le moment.",
    },
    Templates {
        language: "es",
        script: Script::Latin,
        alone: &[
            "Ataque en {X} deja 12 muertos",
            "Detienen a dos hombres en {X} por la explosión",
        ],
        named: &[
            "{C}: un ataque en {X} deja 12 muertos",
            "Explosión en {X}: el gobierno de {C} envía a los militares",
        ],
        text: "El gobierno de {C} ha enviado tropas. Nadie ha reivindicado el ataque hasta el momento.",
    },
    Templates {
        language: "pt",
        script: Script::Latin,
        alone: &[
            "Ataque em {X} faz 12 mortos",
            "Explosão em {X} deixa dez feridos no mercado",
        ],
        named: &[
            "{C}: ataque em {X} faz 12 mortos",
            "Explosão em {X}: o governo de {C} envia militares para a região",
        ],
        text: "O governo de {C} enviou tropas. Ninguém reivindicou o ataque até agora.",
    },
    Templates {
        language: "ar",
        script: Script::Arabic,
        alone: &["مقتل 12 شخصا في هجوم في {X}", "إصابة عشرة أشخاص جراء انفجار في {X}"],
        named: &[
            "{C}: مقتل 12 شخصا في هجوم في {X}",
            "انفجار في {X} وحكومة {C} تفتح تحقيقا",
        ],
        text: "أرسلت حكومة {C} قوات إضافية. ولم تعلن أي جهة مسؤوليتها عن الهجوم.",
    },
    Templates {
        language: "ru",
        script: Script::Cyrillic,
        alone: &[
            "При нападении в городе {X} погибли 12 человек",
            "Взрыв в городе {X}: ранены десять человек",
        ],
        named: &[
            "{C}: в городе {X} при взрыве погибли 12 человек",
            "Взрыв в городе {X}, {C} начинает расследование",
        ],
        text: "Об этом сообщили власти. {C} направляет войска. Ответственность за нападение никто не взял.",
    },
];

/// Countries at war, ISO 3166-1 alpha-2, and how each language of [`TEMPLATES`] calls them, in that order.
pub const AT_WAR: [(&str, [&str; 6]); 25] = [
    ("ML", ["Mali", "Mali", "Malí", "Mali", "مالي", "Мали"]),
    (
        "BF",
        [
            "Burkina Faso",
            "Burkina Faso",
            "Burkina Faso",
            "Burkina Faso",
            "بوركينا فاسو",
            "Буркина-Фасо",
        ],
    ),
    ("NE", ["Niger", "Niger", "Níger", "Níger", "النيجر", "Нигер"]),
    ("NG", ["Nigeria", "Nigeria", "Nigeria", "Nigéria", "نيجيريا", "Нигерия"]),
    ("TD", ["Chad", "Tchad", "Chad", "Chade", "تشاد", "Чад"]),
    ("SD", ["Sudan", "Soudan", "Sudán", "Sudão", "السودان", "Судан"]),
    (
        "SS",
        [
            "South Sudan",
            "Soudan du Sud",
            "Sudán del Sur",
            "Sudão do Sul",
            "جنوب السودان",
            "Южный Судан",
        ],
    ),
    ("SO", ["Somalia", "Somalie", "Somalia", "Somália", "الصومال", "Сомали"]),
    (
        "ET",
        ["Ethiopia", "Éthiopie", "Etiopía", "Etiópia", "إثيوبيا", "Эфиопия"],
    ),
    (
        "CD",
        [
            "DR Congo",
            "République démocratique du Congo",
            "República Democrática del Congo",
            "República Democrática do Congo",
            "جمهورية الكونغو الديمقراطية",
            "Демократическая Республика Конго",
        ],
    ),
    (
        "CF",
        [
            "Central African Republic",
            "République centrafricaine",
            "República Centroafricana",
            "República Centro-Africana",
            "جمهورية أفريقيا الوسطى",
            "Центральноафриканская Республика",
        ],
    ),
    (
        "CM",
        ["Cameroon", "Cameroun", "Camerún", "Camarões", "الكاميرون", "Камерун"],
    ),
    (
        "MZ",
        [
            "Mozambique",
            "Mozambique",
            "Mozambique",
            "Moçambique",
            "موزمبيق",
            "Мозамбик",
        ],
    ),
    ("SY", ["Syria", "Syrie", "Siria", "Síria", "سوريا", "Сирия"]),
    ("IQ", ["Iraq", "Irak", "Irak", "Iraque", "العراق", "Ирак"]),
    ("YE", ["Yemen", "Yémen", "Yemen", "Iémen", "اليمن", "Йемен"]),
    ("LY", ["Libya", "Libye", "Libia", "Líbia", "ليبيا", "Ливия"]),
    (
        "PS",
        [
            "Palestine",
            "Palestine",
            "Palestina",
            "Palestina",
            "فلسطين",
            "Палестина",
        ],
    ),
    ("LB", ["Lebanon", "Liban", "Líbano", "Líbano", "لبنان", "Ливан"]),
    (
        "UA",
        ["Ukraine", "Ukraine", "Ucrania", "Ucrânia", "أوكرانيا", "Украина"],
    ),
    ("MM", ["Myanmar", "Birmanie", "Myanmar", "Mianmar", "ميانمار", "Мьянма"]),
    (
        "AF",
        [
            "Afghanistan",
            "Afghanistan",
            "Afganistán",
            "Afeganistão",
            "أفغانستان",
            "Афганистан",
        ],
    ),
    (
        "PK",
        ["Pakistan", "Pakistan", "Pakistán", "Paquistão", "باكستان", "Пакистан"],
    ),
    ("HT", ["Haiti", "Haïti", "Haití", "Haiti", "هايتي", "Гаити"]),
    (
        "CO",
        ["Colombia", "Colombie", "Colombia", "Colômbia", "كولومبيا", "Колумбия"],
    ),
];

/// Countries at peace, on every continent, small and large, chosen before anything was tuned: what helps the others must
/// not harm these.
pub const AT_PEACE: [&str; 25] = [
    "US", "CA", "MX", "BR", "AR", "PE", "GB", "FR", "DE", "ES", "IT", "PL", "TR", "EG", "MA", "SN", "GH", "KE", "TZ",
    "ZA", "IN", "ID", "JP", "VN", "AU",
];
