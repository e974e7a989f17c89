//! Articles to measure with, the same on every run: English with a third of French, and names that lists of terms share.

use fastrand::Rng;

const ENGLISH: &str = "the of to and in a said on for that was is by with at from it as were he his have had has been an \
    officials government soldiers near town village attack militants killed people security forces armed group region \
    military president minister police local reported after before during between against over week month year northern \
    southern border convoy vehicle road market school hospital residents fled injured claimed responsibility statement \
    spokesman told reporters fighting army base ambush bomb exploded least five twelve dozens including civilians women \
    children United Nations mission peacekeepers African Union foreign ministry sanctions talks agreement elections \
    opposition protest capital economy prices fuel food water aid workers humanitarian crisis malicious normality";
const FRENCH: &str = "le la les de des du et en un une à a été dans pour par sur avec est sont qui que selon après avant \
    l’armée l’attaque d’une qu’il soldats armés village région sécurité président ministre militaires éléments état \
    près Ségou frontière véhicules marché école hôpital blessés tués civils déclaré communiqué transition élections";
const SYLLABLES: [&str; 28] = [
    "ba", "ma", "ko", "ti", "sé", "gou", "ki", "dal", "ga", "na", "mo", "pti", "dou", "ya", "la", "fa", "si", "ra",
    "nio", "ro", "ta", "ou", "bi", "ke", "ssa", "ndi", "gué", "do",
];

/// A name that looks like a place of the Sahel; the first few hundred recur in the articles.
pub fn name(number: usize) -> String {
    let mut rng = Rng::with_seed(number as u64 + 1);
    let mut name: String = (0..rng.usize(3..6))
        .map(|_| SYLLABLES[rng.usize(..SYLLABLES.len())])
        .collect();
    name[..1].make_ascii_uppercase();
    if rng.u8(..4) == 0 {
        name.push_str(["-Kourou", " Sud", "-Bozo", " Haïré"][rng.usize(..4)]);
    }
    name
}

/// Articles of some 2 KB, in paragraphs.
pub fn articles(count: usize) -> Vec<String> {
    let mut rng = Rng::with_seed(2024);
    let english: Vec<&str> = ENGLISH.split_whitespace().collect();
    let french: Vec<&str> = FRENCH.split_whitespace().collect();
    let mut article = || {
        let words = if rng.u8(..3) == 0 { &french } else { &english };
        let mut text = String::with_capacity(2_200);
        let mut sentence = 0;
        while text.len() < 2_000 {
            if rng.u8(..25) == 0 {
                text.push_str(&name(rng.usize(..4_000)));
            } else {
                // The first words of each list are the common ones.
                let limit = if rng.bool() { 24 } else { words.len() };
                text.push_str(words[rng.usize(..limit)]);
            }
            sentence += 1;
            if sentence > 12 && rng.u8(..8) == 0 {
                text.push_str(if rng.u8(..4) == 0 { ".\n\n" } else { ". " });
                sentence = 0;
            } else {
                text.push_str(if rng.u8(..12) == 0 { ", " } else { " " });
            }
        }
        text
    };
    (0..count).map(|_| article()).collect()
}

/// An RSS feed of `entries` articles of some 1.6 KB each (69 KB for 40), a summary before each text, both as markup. The
/// same number gives the same feed.
pub fn feed(number: usize, entries: usize) -> String {
    let mut rng = Rng::with_seed(number as u64 ^ 0xfeed);
    let english: Vec<&str> = ENGLISH.split_whitespace().collect();
    let french: Vec<&str> = FRENCH.split_whitespace().collect();
    let words = if number.is_multiple_of(3) { &french } else { &english };
    let mut run = |xml: &mut String, bytes: usize| {
        let end = xml.len() + bytes;
        while xml.len() < end {
            if rng.u8(..25) == 0 {
                xml.push_str(&name(rng.usize(..4_000)));
            } else {
                let limit = if rng.bool() { 24 } else { words.len() };
                xml.push_str(words[rng.usize(..limit)]);
            }
            xml.push_str(if rng.u8(..16) == 0 { ". " } else { " " });
        }
    };
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>Desk {number}</title><link>https://desk-{number}.example.org/</link>\n"
    );
    for entry in 0..entries {
        xml.push_str("<item><title>");
        run(&mut xml, 60);
        let link = format!("https://desk-{number}.example.org/2024/09/{entry}-report");
        let (day, hour) = (1 + entry / 4, 6 + entry % 4 * 4);
        xml.push_str(&format!(
            "</title><link>{link}</link><guid isPermaLink=\"false\">{number}-{entry}</guid>\
             <pubDate>{day:02} Sep 2024 {hour:02}:15:00 GMT</pubDate><description>&lt;p&gt;"
        ));
        run(&mut xml, 180);
        xml.push_str("&lt;/p&gt;</description><content:encoded><![CDATA[<p>");
        for _ in 0..3 {
            run(&mut xml, 360);
            xml.push_str("</p>\n<p>");
        }
        xml.push_str("<a href=\"https://example.org/\">More</a></p>]]></content:encoded></item>\n");
    }
    xml.push_str("</channel></rss>\n");
    xml
}
