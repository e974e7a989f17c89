//! Word lists that tell a place from a word, a person or an organisation.

use std::sync::LazyLock;

use crate::index::fast_hash::QuickMap;

/// The lists that a word stands in, found at one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Word(u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Common,
    FirstName,
    Surname,
    Capitalised,
    Title,
    Locative,
    LocativeElsewhere,
    Genitive,
    Settlement,
    Public,
    Between,
    OfDivision,
    Speaks,
    WithDemonym,
    OfWares,
    Famous,
    BorneNames,
    Neutral,
    Named,
    Rank,
    Institution,
    Treaty,
    Water,
    Thing,
    Currency,
    Animal,
    Team,
    BeginsTeam,
    Ordinary,
    Function,
}

const LISTS: &[(List, &str)] = &[
    (List::Common, COMMON),
    (List::FirstName, FIRST),
    (List::Surname, LAST),
    (List::Capitalised, CAPITALISED),
    (List::Title, TITLES),
    (List::Locative, LOCATIVES),
    (List::LocativeElsewhere, LOCATIVES_ELSEWHERE),
    (List::Genitive, GENITIVES),
    (List::Settlement, SETTLEMENTS),
    (List::Public, PUBLIC),
    (List::Between, BETWEEN),
    (List::OfDivision, OF_DIVISION),
    (List::Speaks, SPEAKS),
    (List::WithDemonym, WITH_DEMONYM),
    (List::OfWares, OF_WARES),
    (List::Famous, FAMOUS),
    (List::BorneNames, BORNE_NAMES),
    (List::Neutral, NEUTRAL),
    (List::Named, NAMED),
    (List::FirstName, GIVEN),
    (List::Rank, RANKS),
    (List::Institution, INSTITUTIONS),
    (List::Institution, TREATIES),
    (List::Treaty, TREATIES),
    (List::Water, WATERS),
    (List::Thing, THINGS),
    (List::Currency, CURRENCIES),
    (List::Animal, ANIMALS),
    (List::Team, TEAMS),
    (List::BeginsTeam, TEAMS_BEGIN),
    (List::Ordinary, ORDINARY),
];

/// The languages (ISO 639-1) of [`EVERYDAY`] and [`FUNCTION`], in the order of their bits.
const LANGUAGES: [&str; 25] = [
    "fr", "es", "pt", "it", "de", "nl", "pl", "tr", "ru", "uk", "ar", "fa", "id", "ro", "hi", "sv", "da", "no", "cs",
    "hu", "sw", "so", "ha", "th", "bm",
];

/// The bit of the first of [`LANGUAGES`]; those below are of lists.
const FIRST_LANGUAGE: usize = 32;

/// Every word of the lists, a bit for each list that it stands in and for each language of which it is an everyday word.
static WORDS: LazyLock<QuickMap<&str, u64>> = LazyLock::new(|| {
    let mut words = QuickMap::default();
    for (list, text) in LISTS.iter().copied() {
        for word in text.split_whitespace() {
            *words.entry(word).or_default() |= bit(list);
        }
    }
    for (text, also) in [(FUNCTION, bit(List::Function)), (EVERYDAY, 0)] {
        for line in text.lines() {
            let (code, line) = line.split_once(' ').unwrap_or_default();
            let of_language = language_bit(code) | also;
            for word in line.split(' ') {
                *words.entry(word).or_default() |= of_language;
            }
        }
    }
    words
});

const fn bit(list: List) -> u64 {
    1 << list as u64
}

/// The bit of a language; none where there is no list of it.
fn language_bit(code: &str) -> u64 {
    let at = LANGUAGES.iter().position(|one| *one == code);
    at.map_or(0, |at| 1 << (FIRST_LANGUAGE + at))
}

const COMMON: &str = include_str!("../../data/words/common.txt");

/// The most frequent words of English.
const ORDINARY: &str = include_str!("../../data/words/ordinary.txt");

const FIRST: &str = include_str!("../../data/words/first-names.txt");

/// First names of the Arab world, Africa, Turkey, Iran, South Asia, Russia and Latin America, in the scripts that print them.
const GIVEN: &str = include_str!("../../data/words/given-names.txt");

const LAST: &str = include_str!("../../data/words/surnames.txt");

/// Days, months and other words that English writes with a capital, and that some village bears as its name.
const CAPITALISED: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
     september october november december christmas easter ramadan islam islamic christian christians muslim muslims \
     catholic jewish jews arab arabs god allah lord bible internet english latin european africans african asian \
     democrat democrats democratic republican republicans senate congress parliament army navy marine marines \
     apple google amazon facebook twitter microsoft olympic olympics union federal central western eastern northern \
     southern hamas taliban fatah hezbollah nato ebola covid reuters republic kingdom \
     lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre \
     octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre \
     diciembre lunes martes miercoles jueves viernes sabado domingo";

const TITLES: &str = "ministra ministros senador senadora diputado coronel comandante capitan doctor professeur professor \
     mullah maulana mufti ayatollah sultan emir sheikha hajj hajji haji alhaji malam chairperson \
     г-н господин президент министр губернатор генерал полковник \
     mr mrs ms miss dr prof professor sir lord lady dame sen senator rep congressman congresswoman gov gen lt col sgt \
     capt cpl maj pvt rev pastor bishop archbishop cardinal pope imam sheikh sheik rabbi king queen prince princess \
     judge justice coach chief captain colonel general sergeant lieutenant deputy detective officer chancellor \
     sens reps gens chairman chairwoman commissioner councilman councilwoman ambassador actor actress singer spokesman spokeswoman \
     attorney director manager president premier minister governor mayor pm presidente presidenta ministro ministre \
     gouverneur gobernador uncle aunt brother sister father mother saint san santa \
     m mme mlle monsieur madame mademoiselle maitre docteur colonel commandant abbe frere pere \
     sr sra don dona senor senora herr frau";

/// Titles that other languages write in small letters: `le général Gao`, `el ministro Lima`.
const RANKS: &str = "general generale colonel capitaine commandant lieutenant sergent adjudant caporal marechal amiral docteur \
     professeur ministre senateur depute juge procureur cheikh imam abbe coronel capitan teniente sargento ministra ministro \
     senador senadora diputado diputada juez jueza fiscal doctor doctora profesor profesora padre obispo capitao tenente \
     deputado deputada juiz juiza доктор генерал полковник майор капитан министр депутат сенатор судья";

/// Before “of” and a place these make the name of something that is elsewhere or everywhere: `Bank of Baroda`.
const INSTITUTIONS: &str = "bank church duke duchess earl prince princess count countess order knights times voice bishop \
     archbishop banque eglise duc comte ordre banco banca iglesia duque igreja chiesa";

/// The same, in small letters too: `the treaty of Lisbon`, `accord de Paris`.
const TREATIES: &str = "treaty treaties accord accords convention protocol traite accords protocole tratado acuerdo acuerdos \
     convenio protocolo acordo acordos trattato accordo accordi convenzione \
     savon jabon sapone syndrome sindrome jambon jamon fromage queso";

/// Seas are no countries: `Gulf of Guinea`, `golfe du Mexique`.
const WATERS: &str = "gulf sea bay strait straits channel golfe mer baie detroit golfo mar bahia estrecho golf";

/// Things that are called after a place.
const THINGS: &str = "syndrome virus fever flu soap hat hats envelope envelopes sprouts sprout terrier terriers shepherd spaniel \
     hound bulldog retriever measles tiger tigers elm pony poodle cat cats cuisine cheese salad toast fries pastry pastries \
     coffee cognac whisky whiskey vodka champagne sausage sausages sauce dressing mustard carpet carpets rug rugs porcelain \
     literature grammar alphabet cuckoo leopard hamster";

const CURRENCIES: &str = "lira liras dollar dollars pound pounds sterling rouble roubles ruble rubles franc francs peso pesos yen \
     yuan won rupee rupees rupiah dinar dinars dirham dirhams riyal riyals rial rials rand krona krone kroner naira shilling \
     shillings cedi hryvnia zloty forint koruna leu birr kwacha ringgit baht dong taka afghani real reais liras libra libras";

/// Animals that have a name of their own in the news.
const ANIMALS: &str = "elephant giraffe gorilla lion lioness panda hippo rhino orangutan chimpanzee penguin dolphin orca puppy \
     kitten horse mare racehorse elephante girafe gorille lionne hippopotame chimpanze elefante elefanta jirafa gorila oso osa";

/// Words after a town that make a team of it.
const TEAMS: &str = "united fc cf sc afc rovers wanderers athletic albion hotspur rangers celtic germain bulls lakers celtics \
     warriors yankees mets sox bears packers eagles cowboys steelers giants jets dolphins patriots raiders chargers broncos \
     chiefs ravens bengals browns colts titans jaguars texans falcons panthers buccaneers cardinals rams seahawks vikings \
     blackhawks flyers penguins bruins sabres canucks oilers flames canadiens leafs ducks kraken astros dodgers padres phillies \
     braves marlins orioles brewers pirates rockies diamondbacks mariners spurs rockets mavericks grizzlies pelicans hornets \
     wizards cavaliers pistons nuggets clippers timberwolves bulldogs wildcats huskies hurricanes";

/// Words before a town that make a team of it.
const TEAMS_BEGIN: &str = "real atletico inter ac fc as sporting borussia bayern bayer eintracht werder hertha dynamo dinamo spartak \
     lokomotiv cska olympique stade racing deportivo hapoel maccabi partizan olympiacos panathinaikos zamalek vfb vfl tsg rb";

/// After these a name is a place (`in Nice`), whatever else it may be.
const LOCATIVES: &str = "in at near from outside inside across throughout within toward towards around";

/// The same in other languages; some of them are words of English too.
const LOCATIVES_ELSEWHERE: &str = "a au aux en dans vers pres proche autour loin depuis chez \
     desde hacia cerca hasta perto em no na nos nas bei nach in aus w we na \
     в во на под около у до від у в біля із зі \
     في من الي الى قرب بين نحو جنوب شمال شرق غرب وسط ضواحي بمدينه در از به نزديك شهر استان";

/// The same of languages in which they are too short, or too much like the words of others, to count in all texts.
const LOCATIVES_OF: &[(&str, &str)] = &[
    ("nl", "te in bij naar uit rond nabij"),
    ("ro", "la in din spre langa pana"),
    ("id", "di ke dari dekat sekitar"),
    ("sw", "katika huko mjini jijini wilayani nchini"),
    ("ha", "a garin birnin"),
    ("sv", "i på fran till nara vid"),
    ("da", "i på fra til ved naer"),
    ("no", "i på fra til ved naer"),
    ("cs", "v ve do z u na k"),
    ("it", "a ad in da nei nel presso"),
];

/// What Turkish writes behind a place and an apostrophe: `Van'da`, `Mali'nin`.
const TURKISH_ENDINGS: &str =
    "da de ta te dan den tan ten ya ye a e nin in un nun deki daki teki taki yi i u nde nda ndaki ndeki ne na";

/// What Hindi writes after a place.
const POSTPOSITIONS: &str = "में से के की का पर तक";

/// What Thai writes before a place without a space: province, district, town, at, in, from.
pub(super) const THAI_BEFORE: [&str; 10] = [
    "จังหวัด",
    "อำเภอ",
    "อําเภอ",
    "เมือง",
    "ตำบล",
    "ตําบล",
    "ที่",
    "ใน",
    "จาก",
    "ภาค",
];

/// These say so only after a word for a place: `the town of Reading`, `ville de Ségou`.
const GENITIVES: &str = "of de d du do da von";

const SETTLEMENTS: &str = "city town village port province region district county department commune cercle suburb outskirts streets mayor people \
     residents north south east west centre center capital \
     ville villes village region province departement cercle localite commune zone secteur quartier nord sud est ouest \
     ciudad pueblo municipio provincia departamento estado localidad norte sur este oeste \
     cidade vila aldeia regiao distrito stadt dorf";

/// Kinds of places that stand before the name itself: `город Суми`, `mji wa Amani`, `kota Malang`, `مدينة صور`.
const NAMED: &str = "город городе города городу село селе села поселок поселке район районе місто місті міста селі селище смт \
     miasto miescie miasta wies wsi kota desa kabupaten kecamatan provinsi mji magaalada degmada gobolka jihar garin birnin \
     orasul judetul satul staden byen obec obci mesto mestě gemeinde landkreis \
     مدينه بلده محافظه ولايه قريه مخيم ريف قضاء بلديه شهر استان شهرستان روستاي शहर जिले जिला राज्य";

/// What every town has one or some of: `hôpital de Liège`, `mercado de Maicao`.
const PUBLIC: &str = "hopital clinique aeroport gare prison marche mairie universite commissariat prefecture port faubourg banlieue habitants maire \
     hospital aeropuerto mercado estacion carcel alcalde alcaldia afueras vecinos \
     aeroporto estacao cadeia prefeito prefeitura moradores";

/// Words that may stand between a place and the wider one that holds it: `Kidal, in the far north of Mali`.
const BETWEEN: &str = "in the of far north south east west northern southern eastern western central northeast northwest southeast southwest \
     northeastern northwestern southeastern southwestern region province state district county \
     au aux du de des la le les l d en dans nord sud est ouest centre extreme region province \
     del el norte sur este oeste centro no na do da sul leste im norden suden osten westen nordlichen sudlichen \
     в на севере юге востоке западе центре северной южной восточной западной";

/// Words after a name that make it a state or province: `Georgia governor`, `Niger State`.
const OF_DIVISION: &str =
    "governor gov lawmakers legislature legislators statehouse senate senator sheriff troopers state";

/// What people do and places, except the seats of governments, do not.
const SPEAKS: &str =
    "said says told tells added explained argued noted wrote testified replied recalled joked insisted admitted who";

/// Nouns that make a longer name of an adjective: `Indian Ocean`, `Irish Republican`.
const WITH_DEMONYM: &str = "ocean river creek quarter broad springs wells hills valley point bay reservation orthodox catholic baptist language \
     literature studies restaurant food cuisine wine cup grand prix open shepherd terrier bulldog toast fries";

/// Nouns that make what is made, eaten, played or caught everywhere of a people's name: an Italian grocery, Spanish flu, a
/// Brazilian striker.
const OF_WARES: &str = "restaurant restaurants grocery bakery deli pub pubs bistro cafe food cuisine dish dishes wine wines cheese beer \
     whisky whiskey tea coffee bread oven sausage sausages salad influenza flu measles immersion lessons class classes studies \
     literature guns gun lager rug rugs furniture dancing dance dancer cars \
     striker strikers midfielder midfielders defender goalkeeper keeper winger forward tactician coach driver racer rider golfer \
     cyclist boxer skier swimmer sprinter footballer rower gymnast";

/// Persons of whom the whole world's press writes by a surname that some place also has.
const FAMOUS: &str = "obama trump biden bush clinton lincoln reagan nixon putin macron sarkozy hollande merkel scholz thatcher johnson sunak \
     starmer modi gandhi singh khan sharif imran zia xi mao kim abe suzuki lula bolsonaro castro chavez maduro morales \
     santos petro bukele milei peron kirchner assad saddam erdogan sisi morsi mubarak netanyahu sharon rabin peres abbas \
     arafat karzai ghani zelensky lukashenko saakashvili medvedev lavrov shoigu stalin lenin trotsky gorbachev yeltsin \
     mandela zuma ramaphosa mbeki mugabe mnangagwa kagame museveni ruto kenyatta odinga buhari tinubu jonathan obasanjo \
     goita keita toure traore compaore sankara bazoum issoufou tiani deby ouattara gbagbo bedie sall faye wade diouf conde \
     doumbouya embalo weah sirleaf kanye beyonce messi ronaldo neymar pele";

/// Words that follow a place in the name of an organisation that is elsewhere or nowhere: its newspaper, its airline.
const BORNE_NAMES: &str = "times post globe herald tribune gazette journal chronicle telegraph airlines airways air bank brewery \
     treaty protocol agreement accord accords convention syndrome fever virus flu hotel hilton street road avenue \
     boulevard lane drive court plaza bros inc ltd corp llc gmbh co motors records pictures studios magazine \
     sauce salad cheese dressing";

/// Words that follow or precede a place in a longer name without making it another thing.
const NEUTRAL: &str = "police county city town state province region district department council mayor governor president prime minister \
     ministry government army hospital airport station school high university college court center centre port \
     north south east west northern southern eastern western central greater upper lower downtown metro metropolitan \
     fire sheriff public international national township village area valley island islands university community \
     new old interstate highway parish republic federal supreme the this international security forces foreign \
     chamber commerce board education museum bureau office authority us american british mayors officials residents democrat democrats republican republicans \
     airstrike attack attacks strike strikes bombing blast explosion crash election elections talks summit peace war crisis \
     junta rebels jihadists militants troops soldiers";

/// Words that hold sentences together, by language; where the language is not known, they are everyday words of any.
const FUNCTION: &str = include_str!("../../data/words/function-words.txt");

/// Names of places that are everyday words of a language, a line for each.
const EVERYDAY: &str = include_str!("../../data/words/everyday.txt");

/// Whether a folded word says where in this language alone.
pub(super) fn locative_of(language: &str, word: &str) -> bool {
    let of = LOCATIVES_OF.iter().find(|(code, _)| *code == language);
    of.is_some_and(|(_, words)| words.split(' ').any(|one| one == word))
}

/// Whether a folded word after an apostrophe is the ending of a place in Turkish.
pub(super) fn turkish_ending(word: &str) -> bool {
    TURKISH_ENDINGS.split(' ').any(|one| one == word)
}

/// Whether a folded word says where of the one before it, as in Hindi.
pub(super) fn postposition(word: &str) -> bool {
    POSTPOSITIONS.split(' ').any(|one| one == word)
}

impl Word {
    /// `folded` is a word of a text.
    pub(super) fn new(folded: &str) -> Self {
        Self(WORDS.get(folded).copied().unwrap_or_default())
    }

    /// Whether it is an everyday word of any language but English.
    pub(super) fn is_everyday_somewhere(self) -> bool {
        self.0 >> FIRST_LANGUAGE != 0
    }

    fn is_in(self, list: List) -> bool {
        self.0 & bit(list) != 0
    }

    /// Whether it is an everyday word of the text's language; where that is not known, of any.
    pub(super) fn is_common(self, language: Option<&str>) -> bool {
        self.is_in(List::Capitalised)
            || match language {
                Some("en") => self.is_in(List::Common),
                Some(code) => self.0 & language_bit(code) != 0,
                None => self.is_in(List::Common) || self.is_in(List::Function),
            }
    }

    /// Whether it is an everyday word of English alone.
    pub(super) fn is_english(self) -> bool {
        self.is_in(List::Common) && !self.is_in(List::Function) && !self.is_everyday_somewhere()
    }

    /// Whether every town has one or some.
    pub(super) fn is_public(self) -> bool {
        self.is_in(List::Public)
    }

    /// Days, months, peoples: no place is meant by them, whatever stands before them.
    pub(super) fn is_capitalised(self) -> bool {
        self.is_in(List::Capitalised)
    }

    pub(super) fn is_locative(self, language: Option<&str>) -> bool {
        self.is_in(List::Locative) || (language != Some("en") && self.is_in(List::LocativeElsewhere))
    }

    /// Whether it says of the name right after it that it is a place's: `город`, `kota`, `مدينة`.
    pub(super) fn names_kind(self) -> bool {
        self.is_in(List::Named)
    }

    pub(super) fn is_genitive(self) -> bool {
        self.is_in(List::Genitive)
    }

    pub(super) fn is_settlement(self) -> bool {
        self.is_in(List::Settlement)
    }

    pub(super) fn is_between(self) -> bool {
        self.is_in(List::Between)
    }

    pub(super) fn is_of_division(self) -> bool {
        self.is_in(List::OfDivision)
    }

    pub(super) fn speaks(self) -> bool {
        self.is_in(List::Speaks)
    }

    pub(super) fn is_of_wares(self) -> bool {
        self.is_in(List::OfWares)
    }

    pub(super) fn joins_demonym(self) -> bool {
        self.is_in(List::WithDemonym)
    }

    pub(super) fn is_first_name(self) -> bool {
        self.is_in(List::FirstName)
    }

    pub(super) fn is_surname(self) -> bool {
        self.is_in(List::Surname) || self.is_famous()
    }

    pub(super) fn is_famous(self) -> bool {
        self.is_in(List::Famous)
    }

    pub(super) fn is_title(self) -> bool {
        self.is_in(List::Title)
    }

    pub(super) fn bears_names(self) -> bool {
        self.is_in(List::BorneNames)
    }

    pub(super) fn is_ordinary(self) -> bool {
        self.is_in(List::Ordinary)
    }

    pub(super) fn is_rank(self) -> bool {
        self.is_in(List::Rank)
    }

    pub(super) fn is_institution(self) -> bool {
        self.is_in(List::Institution)
    }

    pub(super) fn is_treaty(self) -> bool {
        self.is_in(List::Treaty)
    }

    pub(super) fn is_water(self) -> bool {
        self.is_in(List::Water)
    }

    pub(super) fn is_thing(self) -> bool {
        self.is_in(List::Thing)
    }

    pub(super) fn is_currency(self) -> bool {
        self.is_in(List::Currency)
    }

    pub(super) fn is_animal(self) -> bool {
        self.is_in(List::Animal)
    }

    pub(super) fn is_team(self) -> bool {
        self.is_in(List::Team)
    }

    pub(super) fn begins_team(self) -> bool {
        self.is_in(List::BeginsTeam)
    }

    pub(super) fn is_neutral(self) -> bool {
        self.is_in(List::Neutral)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_are_known_by_language() {
        for (language, word, expected) in [
            ("es", "dos", true),
            ("es", "ataque", true),
            ("es", "bogota", false),
            ("fr", "tours", true),
            ("fr", "bombe", true),
            ("fr", "lyon", false),
            ("en", "reading", true),
            ("en", "tours", true),
            ("de", "zentrum", true),
            ("de", "essen", true),
            ("de", "berlin", false),
            ("tr", "sali", true),
            ("tr", "mali", true),
            ("fr", "mali", false),
            ("sw", "amani", true),
            ("pl", "upal", true),
            ("ar", "كان", true),
            ("uk", "суми", true),
            ("ru", "орел", true),
            ("xx", "tours", false),
        ] {
            assert_eq!(
                Word::new(word).is_common(Some(language)),
                expected,
                "{language}: {word}"
            );
        }
    }

    #[test]
    fn every_line_of_everyday_words_has_a_language_that_is_known() {
        for line in FUNCTION.lines().chain(EVERYDAY.lines()) {
            let (code, words) = line.split_once(' ').unwrap_or_default();
            assert!(LANGUAGES.contains(&code), "{code}");
            assert!(!words.is_empty(), "{code}");
        }
    }
}
