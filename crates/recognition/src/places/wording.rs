//! Word lists that tell a place from a word, a person or an organisation.

use std::sync::LazyLock;

use crate::index::fast_hash::QuickMap;

/// The lists that a word stands in, found at one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Word(u32);

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
    Function,
}

const LISTS: [(List, &str); 19] = [
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
    (List::Function, FUNCTION),
];

/// Every word of the lists, a bit for each that it stands in.
static WORDS: LazyLock<QuickMap<&str, u32>> = LazyLock::new(|| {
    let mut words = QuickMap::default();
    for (list, text) in LISTS {
        for word in text.split_whitespace() {
            *words.entry(word).or_default() |= bit(list);
        }
    }
    words
});

const fn bit(list: List) -> u32 {
    1 << list as u32
}

const COMMON: &str = include_str!("../../data/words/common.txt");

const FIRST: &str = include_str!("../../data/words/first-names.txt");

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

const TITLES: &str = "mr mrs ms miss dr prof professor sir lord lady dame sen senator rep congressman congresswoman gov gen lt col sgt \
     capt cpl maj pvt rev pastor bishop archbishop cardinal pope imam sheikh sheik rabbi king queen prince princess \
     judge justice coach chief captain colonel general sergeant lieutenant deputy detective officer chancellor \
     sens reps gens chairman chairwoman commissioner councilman councilwoman ambassador actor actress singer spokesman spokeswoman \
     attorney director manager president premier minister governor mayor pm presidente presidenta ministro ministre \
     gouverneur gobernador uncle aunt brother sister father mother saint san santa \
     m mme mlle monsieur madame mademoiselle maitre docteur colonel commandant abbe frere pere \
     sr sra don dona senor senora herr frau";

/// After these a name is a place (`in Nice`), whatever else it may be.
const LOCATIVES: &str = "in at near from outside inside across throughout within toward towards around";

/// The same in other languages; some of them are words of English too.
const LOCATIVES_ELSEWHERE: &str = "a au aux en dans vers pres proche autour loin depuis chez \
     desde hacia cerca hasta perto em no na nos nas bei nach in aus w we na \
     в во на под около у до від у в біля";

/// These say so only after a word for a place: `the town of Reading`, `ville de Ségou`.
const GENITIVES: &str = "of de d du do da von";

const SETTLEMENTS: &str = "city town village port province region district county department commune cercle suburb outskirts streets mayor people \
     residents north south east west centre center capital \
     ville villes village region province departement cercle localite commune zone secteur quartier nord sud est ouest \
     ciudad pueblo municipio provincia departamento estado localidad norte sur este oeste \
     cidade vila aldeia regiao distrito stadt dorf";

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

const FUNCTION: &str = include_str!("../../data/words/function-words.txt");

impl Word {
    /// `folded` is a word of a text.
    pub(super) fn new(folded: &str) -> Self {
        Self(WORDS.get(folded).copied().unwrap_or_default())
    }

    fn is_in(self, list: List) -> bool {
        self.0 & bit(list) != 0
    }

    /// Whether it is an everyday word of the text's language; where that is not known, of any.
    pub(super) fn is_common(self, language: Option<&str>) -> bool {
        self.is_in(List::Capitalised)
            || match language {
                Some("en") => self.is_in(List::Common),
                Some(_) => self.is_in(List::Function),
                None => self.is_in(List::Common) || self.is_in(List::Function),
            }
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

    pub(super) fn is_neutral(self) -> bool {
        self.is_in(List::Neutral)
    }
}
