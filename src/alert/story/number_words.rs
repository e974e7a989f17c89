//! Words of numbers and of what is counted, in ten languages.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use wirewatch_recognition::words;

/// What people are when they are counted. Beginnings of folded words: English and French, Spanish and Portuguese, German,
/// Italian, Turkish, Russian and Ukrainian, Arabic.
const CASUALTIES: &str = "abduct arrest beheaded bless bodies body capture casualt corps dead death dece deplac detained died dies \
    disparu displac drown enlev evacu executed fatalit fled hostage hurt injur kidnap kill massacr missing mort \
    noye otage perished perdu slain toll trapped tue tuer victim wound \
    asesinad desaparec fallec ferid herid muert murier secuestr \
    entfuhr getotet gestorben starb tote todesopfer verletz vermiss \
    dispers ferit uccis \
    hayatini kayip yarala yarali \
    жертв загин вбит погиб похищ поранен пострад пропал ранен убит \
    اصاب اصيب توفي جرح جريح شهيد ضحايا قتل قتيل مصاب مصرع مقتل واصيب وجرح وقتل";
/// Beginnings that name other things too: whole words only.
const WHOLE: &str = "corps tue tues tuee tuees toll body dies mort morts morte mortes morti morto hurt \
    leben olu oldu oluler";

/// One to twelve, and the tens, as written, folded: English and French, Spanish and Portuguese, German, Italian, Turkish,
/// Russian, Arabic.
const WORDS: &str = "one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 \
    fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 \
    sixty=60 seventy=70 eighty=80 ninety=90 un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 sept=7 huit=8 neuf=9 \
    dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 trente=30 quarante=40 cinquante=50 \
    soixante=60 \
    dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 veinte=20 \
    treinta=30 cuarenta=40 cincuenta=50 sesenta=60 dois=2 duas=2 quatro=4 sete=7 oito=8 nove=9 dez=10 doze=12 treze=13 \
    vinte=20 trinta=30 quarenta=40 cinquenta=50 \
    zwei=2 drei=3 vier=4 funf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwolf=12 dreizehn=13 vierzehn=14 funfzehn=15 \
    zwanzig=20 dreissig=30 vierzig=40 funfzig=50 sechzig=60 \
    due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 dieci=10 undici=11 dodici=12 venti=20 trenta=30 \
    iki=2 uc=3 dort=4 bes=5 alti=6 yedi=7 sekiz=8 dokuz=9 \
    два=2 две=2 двух=2 двое=2 три=3 трех=3 трое=3 четыре=4 четырех=4 четверо=4 пять=5 пяти=5 пятеро=5 шесть=6 шести=6 семь=7 \
    семи=7 восемь=8 восьми=8 девять=9 девяти=9 десять=10 десяти=10 двое=2 \
    شخصان=2 شخصين=2 ثلاثه=3 ثلاث=3 اربعه=4 اربع=4 خمسه=5 خمس=5 سته=6 ست=6 سبعه=7 سبع=7 ثمانيه=8 ثمان=8 تسعه=9 تسع=9 عشره=10";
/// Mostly articles and adjectives: numbers only within two words before casualties ("un mort", "une personne tuée").
pub(super) const WEAK: &str = "one un une neuf dos tres once acht elf due tre sei nove uc bes alti";

/// Numbers that say only how large, folded.
const CLASSES: &str = "dozens=dozens dozen=dozens scores=dozens hundreds=hundreds thousands=thousands \
    dizaine=dozens dizaines=dozens douzaine=dozens vingtaine=dozens trentaine=dozens cinquantaine=dozens centaine=hundreds centaines=hundreds \
    milliers=thousands decenas=dozens docenas=dozens dezenas=dozens duzias=dozens cientos=hundreds centenares=hundreds centenas=hundreds \
    miles=thousands milhares=thousands dutzende=dozens dutzend=dozens hunderte=hundreds tausende=thousands decine=dozens \
    centinaia=hundreds migliaia=thousands onlarca=dozens yuzlerce=hundreds binlerce=thousands десятки=dozens десятков=dozens \
    сотни=hundreds сотен=hundreds тысячи=thousands тысяч=thousands عشرات=dozens العشرات=dozens مئات=hundreds المئات=hundreds \
    الاف=thousands";

pub(super) const MONTHS: &str = "jan january janvier feb february fevrier mar march mars apr april avril may mai jun june juin jul july juillet \
    aug august aout sep sept september septembre oct october octobre nov november novembre dec december decembre";
/// What follows a number that counts time, age or readers.
pub(super) const UNITS: &str = "min mins minute minutes mn second seconds seconde secondes hour hours heure heures hrs am pm gmt utc day days \
    jour jours week weeks semaine semaines month months mois year years an ans annee annees views view vues vue \
    comment comments commentaire commentaires share shares partages likes reads lectures followers abonnes \
    reactions retweets words mots st nd rd th er eme e h";
/// What stands before a number that is a telephone, an age, a page or a figure of an issue.
pub(super) const LEADS: &str = "tel phone telephone fax whatsapp aged age agee page no n week semaine article";

static WRITTEN: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let pairs = WORDS.split_ascii_whitespace().filter_map(|pair| pair.split_once('='));
    pairs
        .filter_map(|(word, value)| Some((word, value.parse().ok()?)))
        .collect()
});
pub(super) static CLASSED: LazyLock<FxHashMap<String, &str>> = LazyLock::new(|| {
    let pairs = CLASSES.split_ascii_whitespace();
    pairs
        .filter_map(|pair| pair.split_once('='))
        .map(|(word, class)| (words(word).concat(), class))
        .collect()
});
static WHOLE_CASUALTIES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| WHOLE.split_ascii_whitespace().collect());
static CASUALTY_STARTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let starts = CASUALTIES.split_ascii_whitespace();
    starts.filter(|start| !lists(WHOLE, start)).collect()
});

/// The number that a folded word is.
pub(super) fn written(folded: &str) -> Option<u32> {
    WRITTEN.get(folded).copied()
}

/// Whether a folded word says that people were killed, hurt, missing, driven out or taken.
pub(super) fn is_casualty(folded: &str) -> bool {
    // القتلى: the article.
    let folded = folded.strip_prefix("ال").unwrap_or(folded);
    WHOLE_CASUALTIES.contains(folded) || CASUALTY_STARTS.iter().any(|start| folded.starts_with(start))
}

/// Whether a list has exactly this word.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}
