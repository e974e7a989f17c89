//! Word lists that tell a place from a word, a person or an organisation.

use std::sync::LazyLock;

use super::quick::QuickSet;

fn lines(text: &'static str) -> QuickSet<&'static str> {
    text.split_whitespace().collect()
}

static COMMON: LazyLock<QuickSet<&str>> = LazyLock::new(|| lines(include_str!("../../../data/words/common.txt")));
static FIRST: LazyLock<QuickSet<&str>> = LazyLock::new(|| lines(include_str!("../../../data/words/first-names.txt")));
static LAST: LazyLock<QuickSet<&str>> = LazyLock::new(|| lines(include_str!("../../../data/words/surnames.txt")));

/// Days, months and other words that English writes with a capital, and that some village bears as its name.
static CAPITALISED: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
         september october november december christmas easter ramadan islam islamic christian christians muslim muslims \
         catholic jewish jews arab arabs god allah lord bible internet english latin european africans african asian \
         democrat democrats democratic republican republicans senate congress parliament army navy marine marines \
         apple google amazon facebook twitter microsoft olympic olympics union federal central western eastern northern \
         southern hamas taliban fatah hezbollah nato ebola covid reuters republic kingdom \
         lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre \
         octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre \
         diciembre lunes martes miercoles jueves viernes sabado domingo",
    )
});

static TITLES: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "mr mrs ms miss dr prof professor sir lord lady dame sen senator rep congressman congresswoman gov gen lt col sgt \
         capt cpl maj pvt rev pastor bishop archbishop cardinal pope imam sheikh sheik rabbi king queen prince princess \
         judge justice coach chief captain colonel general sergeant lieutenant deputy detective officer chancellor \
         sens reps gens chairman chairwoman commissioner councilman councilwoman ambassador actor actress singer spokesman spokeswoman \
         attorney director manager president premier minister governor mayor pm presidente presidenta ministro ministre \
         gouverneur gobernador uncle aunt brother sister father mother saint san santa \
         m mme mlle monsieur madame mademoiselle maitre docteur colonel commandant abbe frere pere \
         sr sra don dona senor senora herr frau",
    )
});

/// After these a name is a place (`in Nice`), whatever else it may be.
static LOCATIVES: LazyLock<QuickSet<&str>> =
    LazyLock::new(|| lines("in at near from outside inside across throughout within toward towards around"));

/// The same in other languages; some of them are words of English too.
static LOCATIVES_ELSEWHERE: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "a au aux en dans vers pres proche autour loin depuis chez \
         desde hacia cerca hasta perto em no na nos nas bei nach in aus w we na \
         в во на под около у до від у в біля",
    )
});

/// These say so only after a word for a place: `the town of Reading`, `ville de Ségou`.
static GENITIVES: LazyLock<QuickSet<&str>> = LazyLock::new(|| lines("of de d du do da von"));

static SETTLEMENTS: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "city town village port province region district county department commune cercle suburb outskirts streets mayor people \
         residents north south east west centre center capital \
         ville villes village region province departement cercle localite commune zone secteur quartier nord sud est ouest \
         ciudad pueblo municipio provincia departamento estado localidad norte sur este oeste \
         cidade vila aldeia regiao distrito stadt dorf",
    )
});

/// What every town has one or some of: `hôpital de Liège`, `mercado de Maicao`.
static PUBLIC: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "hopital clinique aeroport gare prison marche mairie universite commissariat prefecture port faubourg banlieue habitants maire \
         hospital aeropuerto mercado estacion carcel alcalde alcaldia afueras vecinos \
         aeroporto estacao cadeia prefeito prefeitura moradores",
    )
});

/// Words that may stand between a place and the wider one that holds it: `Kidal, in the far north of Mali`.
static BETWEEN: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "in the of far north south east west northern southern eastern western central northeast northwest southeast southwest \
         northeastern northwestern southeastern southwestern region province state district county \
         au aux du de des la le les l d en dans nord sud est ouest centre extreme region province \
         del el norte sur este oeste centro no na do da sul leste im norden suden osten westen nordlichen sudlichen \
         в на севере юге востоке западе центре северной южной восточной западной",
    )
});

/// Words after a name that make it a state or province: `Georgia governor`, `Niger State`.
static OF_DIVISION: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines("governor gov lawmakers legislature legislators statehouse senate senator sheriff troopers state")
});

/// What people do and places, except the seats of governments, do not.
static SPEAKS: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "said says told tells added explained argued noted wrote testified replied recalled joked insisted admitted who",
    )
});

/// Nouns that make a longer name of an adjective: `Indian Ocean`, `Irish Republican`.
static WITH_DEMONYM: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "ocean river creek quarter broad springs wells hills valley point bay reservation orthodox catholic baptist language \
         literature studies restaurant food cuisine wine cup grand prix open shepherd terrier bulldog toast fries",
    )
});

/// Persons of whom the whole world's press writes by a surname that some place also has.
static FAMOUS: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "obama trump biden bush clinton lincoln reagan nixon putin macron sarkozy hollande merkel scholz thatcher johnson sunak \
         starmer modi gandhi singh khan sharif imran zia xi mao kim abe suzuki lula bolsonaro castro chavez maduro morales \
         santos petro bukele milei peron kirchner assad saddam erdogan sisi morsi mubarak netanyahu sharon rabin peres abbas \
         arafat karzai ghani zelensky lukashenko saakashvili medvedev lavrov shoigu stalin lenin trotsky gorbachev yeltsin \
         mandela zuma ramaphosa mbeki mugabe mnangagwa kagame museveni ruto kenyatta odinga buhari tinubu jonathan obasanjo \
         goita keita toure traore compaore sankara bazoum issoufou tiani deby ouattara gbagbo bedie sall faye wade diouf conde \
         doumbouya embalo weah sirleaf kanye beyonce messi ronaldo neymar pele",
    )
});

/// Words that follow a place in the name of an organisation that is elsewhere or nowhere: its newspaper, its airline.
static BORNE_NAMES: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "times post globe herald tribune gazette journal chronicle telegraph airlines airways air bank brewery \
         treaty protocol agreement accord accords convention syndrome fever virus flu hotel hilton street road avenue \
         boulevard lane drive court plaza bros inc ltd corp llc gmbh co motors records pictures studios magazine \
         sauce salad cheese dressing",
    )
});

/// Words that follow or precede a place in a longer name without making it another thing.
static NEUTRAL: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "police county city town state province region district department council mayor governor president prime minister \
         ministry government army hospital airport station school high university college court center centre port \
         north south east west northern southern eastern western central greater upper lower downtown metro metropolitan \
         fire sheriff public international national township village area valley island islands university community \
         new old interstate highway parish republic federal supreme the this international security forces foreign \
         chamber commerce board education museum bureau office authority us american british mayors officials residents democrat democrats republican republicans \
         airstrike attack attacks strike strikes bombing blast explosion crash election elections talks summit peace war crisis \
         junta rebels jihadists militants troops soldiers",
    )
});

static FUNCTION: LazyLock<QuickSet<&str>> =
    LazyLock::new(|| lines(include_str!("../../../data/words/function-words.txt")));

/// Whether it is an everyday word of the text's language; where that is not known, of any.
pub(super) fn is_common(word: &str, language: Option<&str>) -> bool {
    CAPITALISED.contains(word)
        || match language {
            Some("en") => COMMON.contains(word),
            Some(_) => FUNCTION.contains(word),
            None => COMMON.contains(word) || FUNCTION.contains(word),
        }
}

/// Whether every town has one or some.
pub(super) fn is_public(word: &str) -> bool {
    PUBLIC.contains(word)
}

/// Days, months, peoples: no place is meant by them, whatever stands before them.
pub(super) fn is_capitalised(word: &str) -> bool {
    CAPITALISED.contains(word)
}

pub(super) fn is_locative(word: &str, language: Option<&str>) -> bool {
    LOCATIVES.contains(word) || (language != Some("en") && LOCATIVES_ELSEWHERE.contains(word))
}

pub(super) fn is_genitive(word: &str) -> bool {
    GENITIVES.contains(word)
}

pub(super) fn is_settlement(word: &str) -> bool {
    SETTLEMENTS.contains(word)
}

pub(super) fn is_between(word: &str) -> bool {
    BETWEEN.contains(word)
}

pub(super) fn is_of_division(word: &str) -> bool {
    OF_DIVISION.contains(word)
}

pub(super) fn speaks(word: &str) -> bool {
    SPEAKS.contains(word)
}

pub(super) fn joins_demonym(word: &str) -> bool {
    WITH_DEMONYM.contains(word)
}

pub(super) fn is_first_name(word: &str) -> bool {
    FIRST.contains(word)
}

pub(super) fn is_surname(word: &str) -> bool {
    LAST.contains(word) || FAMOUS.contains(word)
}

pub(super) fn is_famous(word: &str) -> bool {
    FAMOUS.contains(word)
}

pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}

pub(super) fn bears_names(word: &str) -> bool {
    BORNE_NAMES.contains(word)
}

pub(super) fn is_neutral(word: &str) -> bool {
    NEUTRAL.contains(word)
}
