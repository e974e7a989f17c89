//! Capitals: terms in an exact spelling, and acronyms that are also words.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::terms::term::{Pattern, Term};
use crate::text::folded_text::{fold, with_capitals};

/// Words of three to five letters that are spelled like an acronym, in the languages of the feeds read in the Sahel and
/// by newsrooms. Folded. Every word of one or two letters counts as one (US, UN, EU, IS, AU, CE …).
static WORDS: LazyLock<Vec<(&str, HashSet<&str>)>> = LazyLock::new(|| {
    let all = "about above act add ads after again age ago aid aide aids aim air ale all along also among and ant any app apt are \
     area arm arms army art ash ask asset atom aunt auto away axe bad bag ban bar base bash bat bay bed bee been beer \
     best bet bid big bin bit blue boa body bomb boot boss both bow box boy bud bug bulk bus bush but buy call calm camp \
     can cap car card care case cash cast cat cave cell cent cert chad chat chef chip cite city clan clap claw clay clip \
     club coal coat code cold come cool cop cope core corn cost cow crew cross crow cup cure cut dad dam dare dark data \
     date day dead deal dear debt deep den desk dial die diet dig dim dip dish doc dog door dot down draw dream drop drum \
     dry due dust duty each ear earn earth ease east easy eat edge eel egg ego elm else end era ever evil eye face fact \
     fad fail fair fall fame fan far farm fast fat fate fear fed fee feed fell felt few file fill film fin fine fire firm \
     fish fist fit fix flag flap flat flea flee fleet flip flow fly foam fog fold folk food foot for force form fort foul \
     four fox free from fry fuel full fun fund fur fuse gag gain game gap gas gate gay gel gem gene get gift gin give \
     glad globe goal goat god gold gone good gum gun gut guy had hair half hall halt ham hand hard harm has hat hate have \
     hawk head hear heart heat held help hen her here hero hid high hill him hint hip his hit hold hole home hop hope horn \
     host hot hour house how hub hug huge hull hunt hurt hut ice icon idea inch index inn into iron isle item its jam jar \
     jaw jet job join joke joy jump just keen keep key kid kill kin kind king kit knit know lab lack lad lady lag lake \
     lamb lamp land lane lap large laser last late law lawn lay lead leaf lean learn leg lens less let level lid lie life \
     lift light like limb line link lion lip list live load loan lock log long look loop lord lose loss lost lot loud \
     love low luck lung mac mad made mail main make male mall man many map march mark mars mask mass mast mat mate math \
     may meal mean meat meet melt men menu mere mesh met might mild mile milk mind mine mint miss mist mix mob mode mom \
     mood moon more most move much mud must nail name nap navy near neat neck need nest net new news next nice night nine \
     node none noon nor nose not note now null nun nut oak odd off oil old once one only open oral orb order ore other \
     our out oval oven over owe own pace pack pad page pain pair pan pap park part pass past pat path paw pay pea peace \
     peak pear peer pen per pest pet pick pie pig pill pin pine pink pipe pit plan plane play plot plug plus pod poem \
     point pole poll pond pool poor pop port pose post pot power pray press prey prime prize pro prop pull pump pure push \
     put quit race rack radar raft rage raid rail rain ramp ran rank rap rape rare rat rate raw ray reach read real rear \
     red reef rest rice rich ride rift rim ring riot rip rise risk road rob rock rod role roll roof room root rope rose \
     row rub rug rule rum run rush rust sack sad safe said sail sake sale salt same sand sane sap sat save saw say scan \
     scar sea seal seat see seed seek seem self sell send sent set sex she ship shop short show shut sick side sign silk \
     sin sing sir sit site six size skin skip sky slam sleep slim slip slow smart snap snow soap sob social sock soft soil \
     sole some son song soon sort soul soup sour space spa span spare spark spin spot spy stab staff stage star stark start \
     state stay stem step stew still stir stop storm suit sum sun sure swat swift tab tag tail take tale talk tall tan tank \
     tap tape tar task tax tea team tear tech tell ten tend tent term test than that the them then they thin this tide tie \
     tiger till time tin tip tire toe toll tomb ton tone too tool top torn toss tour tow town toy track train trap tray \
     treat tree trio trip true tub tube tuna tune turn twin two type unit unity until upon urban urge use user van vast \
     very vet via vice view visa vital void vote wage wait wake walk wall want war ward warm warn was wash wave way weak \
     wear web week well went were west wet what when whip who whole why wide wife wild will win wind wine wing wire wise \
     wish with wolf women wood word work worm worn would wrap yard yes yet you young your zero zip zone \
     | aes alors ami amie ans ape apres are aux avec avis ayant bain bal banc bas beau bec ben bien bleu bois bon bord bout \
     bras bref but cadre cap cas ceci cela celle ces cet cette ceux chez cher chef choc chute cinq ciel cinq cite cle clef \
     col corps coup cour cours cri dame dans date debut dedans des deux devra dire dit dix doit donc dont dos douze droit du \
     dur eau ecart ecole elle elu elus enfin entre est etait etat ete etes etre eux face faim faire fait faits faut fer \
     feu feux fier fil fils fin fit foi fois fond force fort fou fus garde gare gens gite gout gre gros haie haut hier hors \
     huit ici idee ile jeu jeux joie jour juge jupe jus la las le les leur lieu lit loi loin lors lui luxe main mais mal \
     mari mars me mer mere mes met mettre midi mien mieux mis mode moi moins mois mont mort mot mur nait ne nee nez ni nid \
     noir nom non nord nos notre nous nue nuit ode oie oms onde ont onze or os oser ou oui outre ouvre page pain paix par \
     parmi part pas pays peau peine pere peu peur pic pied pire pis plan plein plus point pont porte pour pres prix puis \
     quai quand que quel qui quoi rage rang rat ravi reine rend repas reste rien rire rite rive roi role roue rue saint \
     sang sans sauf sel sept serre ses si sien sire site six soif soin soir sol son sont sort sot sous suite sur tant tard \
     tas taux tel telle temps terre tes tete tir toi toit tour tous tout toute train tres tri trois trop trou tue tues une \
     unes vain val vase vaste vent ver vers veut vie vif vil ville vin vingt vite vivre voie voir vois voix vol vont vos \
     votre vous vrai vue yeux zele \
     | algo alta alto amor ano anos antes aqui arma asi aun ayer bajo bien boca cada cama cara casa casi caso cien como con \
     cosa cual dan dar debe del dia dias dice dijo dios don dos ella ellas ellos era eran eres esa ese eso esta estan este \
     esto fin fue gran hace hacia han has hasta hay hijo hijos hizo hora hoy ira jefe junto juez la las les ley los luego \
     luz mar mas mayo menos mes mesa mi mil mio mira misma mismo modo muy nada ni ninos nos nueva ola otra otro pais par \
     para paz pena pero peso pies plan poco por pues que quien red rey rio sal sala san sea ser seis sido sin sino sol \
     solo son sos soy su sur tal tan tanto tarde tema ten tiene toda todo tras tres tus una unas uno unos van vez vida vive \
     vino voz ya yo zona \
     | aber alle als also am auch auf aus bei bin bis das dass dem den der des dich die dir doch dort drei du ein eine einem \
     einen einer er es fur ganz gar gut hat ihm ihn ihr immer in ist jahr jede kann kein land man mehr mein mit nach nein \
     nicht noch nun nur oder ohne rat schon sehr sein seit sich sie sind so tag tat tod tot uber um und uns unter vier vom \
     von vor war was weg weil wenn wer wie wir wird wo zeit zu zum zur zwei \
     | agli ai allo anche anni che chi ci cui da dal dei del di dove ed era fa fare fra gia gli ha hai ho il io la lei lo \
     loro ma mai mio molto nato nei nel noi non ogni oggi ora per pero piu poi qua quale questo sei sia sono sta stato su \
     sua suo te tra tu tutti tutto un una uno va vi voi \
     | ainda ao aos ate cada com das dele do dois dos ela ele eles em essa esse eu foi ha isso isto ja lhe mae mais mas meu \
     mim muito na nao nas nem no nos num o ou pai pela pelo por povo qual quem rua sao se seja sem sera seu sua tem ter teu \
     um uma voce";
    let lists = all.split('|').map(|words| words.split_whitespace().collect());
    ["en", "fr", "es", "de", "it", "pt"].into_iter().zip(lists).collect()
});

/// Words that carry no meaning of their own, which a headline in capitals is full of: `WHO IS THE MAYOR`, `TELL US`. By
/// language, folded.
const FUNCTION: &[(&str, &str)] = &[
    (
        "en",
        "a about after all am an and any are as at be been but by can did do for from go had has have he her him his how i if in \
         into is it its may me more my no not now of off on one or our out over own she so some than that the them then they \
         this to too up us was we were what when who whom whose why will with you your",
    ),
    (
        "fr",
        "a ai au aux avec ce ces dans de des du elle en est et eu il ils je la le les leur lui ma mais me mes mon ne ni nos on \
         ont or ou par pas plus pour qu que qui sa se ses si son sont sur ta te tu un une va vos",
    ),
    (
        "es",
        "a al con de del el en es esa ese eso esta ha han hay la las le les lo los mas me mi no nos o os para pero por que se \
         si sin son su sus te tu un una y ya",
    ),
    (
        "de",
        "ab am an auf aus bei das dem den der des die du ein er es hat ich ihr im in ist ja man mit nach nicht nie nun nur ob \
         oder sein sich sie sind so um und uns vom von vor war was wer wie wir wo zu zum zur",
    ),
    (
        "it",
        "a ad ai al che chi ci con da dal dei del di e ed gli ha ho i il in io la le li lo ma mi ne nei nel no noi non o per piu \
         se si sono su sua suo tra tu un una va vi",
    ),
    (
        "pt",
        "a ao aos as com da das de do dos e ela ele em eu foi ha ja lhe mais mas me meu na nao nas no nos o os ou para pela por que \
         se sem seu sua tem um uma",
    ),
];

/// Whether a folded acronym reads as the word that it is spelled like, in a passage of capitals: `WHO IS THE MAYOR`, `TELL US
/// THE TRUTH`, `IT IS OVER`; not in `WHO SENDS DOCTORS`. `after` is the text behind it.
pub(crate) fn reads_as_word(folded: &str, after: &str, language: Option<&str>) -> bool {
    let next = fold(after.split_whitespace().next().unwrap_or_default());
    let listed = |words: &str| words.split_whitespace().any(|word| word == next);
    let line = after.split('\n').next().unwrap_or_default();
    let asked = line.trim_end().ends_with('?');
    match folded {
        "who" | "it" => asked || listed(AUXILIARIES),
        "us" => after.trim().is_empty() || listed(DETERMINERS),
        _ => {
            let list = FUNCTION.iter().find(|(code, _)| *code == language.unwrap_or("en"));
            list.is_some_and(|(_, words)| words.split_whitespace().any(|word| word == folded) && listed(words))
        }
    }
}

const AUXILIARIES: &str = "am are can could did do does had has have is may must should was were will would wants";
const DETERMINERS: &str = "a all an how more our that the their these this those what when where why your";

/// Whether an acronym that stands with its first letter alone as a capital is meant: Nato, where it is no word of the text's
/// language.
pub(crate) fn is_named(original: &str, language: Option<&str>) -> bool {
    let mut letters = original.chars();
    let titled = letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() >= 2
        && letters.all(char::is_lowercase);
    let folded = fold(original);
    titled
        && match language {
            Some(language) => !WORDS
                .iter()
                .any(|(code, words)| *code == language && words.contains(folded.as_str())),
            None => !WORDS[0].1.contains(folded.as_str()),
        }
}

/// The capitals that a term needs in the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Capitals {
    /// Any way.
    Any,
    /// As here, in the form of [`with_capitals`] without its leading space.
    Exactly(Box<str>),
    /// All capitals; where the whole passage is, only with evidence: see [`shouted`].
    All,
}

impl Capitals {
    pub(crate) fn of(term: &Term) -> Self {
        let (Pattern::Words(words) | Pattern::Prefix(words)) = &term.pattern else {
            return Self::Any;
        };
        if term.exact_case {
            return Self::Exactly(with_capitals(words).trim().into());
        }
        let acronym = matches!(term.pattern, Pattern::Words(_)) && is_acronym(words);
        let letters = words.chars().count();
        if acronym && (letters <= 2 || is_word(words)) {
            Self::All
        } else {
            Self::Any
        }
    }

    /// Whether a mention has these capitals; `original` excludes plural and possessive.
    pub(crate) fn admits(&self, original: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(written) => with_capitals(original).trim() == &**written,
            Self::All => !original.contains(char::is_lowercase),
        }
    }
}

fn is_word(acronym: &str) -> bool {
    let folded = fold(acronym);
    WORDS.iter().any(|(_, words)| words.contains(folded.as_str()))
}

/// Up to five letters, all capitals.
pub(crate) fn is_acronym(word: &str) -> bool {
    word.chars().all(char::is_uppercase) && word.chars().count() <= 5
}

/// Bytes on either side that decide whether a passage is all capitals.
const AROUND: usize = 80;

/// Whether the words around a span are all in capitals (`WHO KILLED THE MAYOR`), so that capitals carry no information.
pub(crate) fn shouted(text: &str, span: std::ops::Range<usize>) -> bool {
    let mut begin = span.start.saturating_sub(AROUND);
    let mut end = (span.end + AROUND).min(text.len());
    while !text.is_char_boundary(begin) {
        begin += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text[begin..span.start].rsplit('\n').next().unwrap_or_default();
    let after = text[span.end..end].split('\n').next().unwrap_or_default();
    let mut capitals = 0;
    for c in before.chars().chain(after.chars()) {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_that_are_words_need_their_capitals() {
        for word in [
            "WHO", "US", "IS", "AES", "CAR", "FACT", "ERA", "EU", "UN", "MIT", "RAID",
        ] {
            assert_eq!(Capitals::of(&Term::parse(word).unwrap()), Capitals::All, "{word}");
        }
        for word in [
            "JNIM",
            "GSIM",
            "FAMA",
            "M23",
            "ONU",
            "ISWAP",
            "Who",
            "UNITED",
            "WHO staff",
            "NATION",
        ] {
            assert_eq!(Capitals::of(&Term::parse(word).unwrap()), Capitals::Any, "{word}");
        }
    }

    #[test]
    fn shouting_is_heard() {
        let table = [
            ("a headline in capitals", "WHO KILLED THE MAYOR", true),
            ("a headline", "WHO warns of cholera", false),
            ("alone", "WHO", false),
            ("beside another acronym", "WHO, EU", false),
            ("the next line does not count", "WHO KILLED HIM?\nan inquiry", true),
        ];
        for (what, text, expected) in table {
            assert_eq!(shouted(text, 0..3), expected, "{what}");
        }
    }
}
