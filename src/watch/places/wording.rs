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
         chairman chairwoman commissioner councilman councilwoman ambassador actor actress singer spokesman spokeswoman \
         attorney director manager uncle aunt brother sister father mother saint san santa \
         m mme mlle monsieur madame mademoiselle maitre docteur colonel commandant abbe frere pere \
         sr sra don dona senor senora herr frau",
    )
});

static PREPOSITIONS: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    lines(
        "in at near from to around outside across inside toward towards into through via throughout within between of \
         a au aux en dans vers pres depuis sur de du d entre \
         desde hacia cerca hasta por para no na em nos nas bei nach aus von im w z do na od \
         в во на из под к около у з із до від",
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
         chamber commerce board education museum bureau office authority us american british mayors officials residents",
    )
});

pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(word) || CAPITALISED.contains(word)
}

pub(super) fn is_first_name(word: &str) -> bool {
    FIRST.contains(word)
}

pub(super) fn is_surname(word: &str) -> bool {
    LAST.contains(word)
}

pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(word)
}

pub(super) fn bears_names(word: &str) -> bool {
    BORNE_NAMES.contains(word)
}

pub(super) fn is_neutral(word: &str) -> bool {
    NEUTRAL.contains(word)
}
