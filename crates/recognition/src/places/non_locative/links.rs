//! The parts of a text that are links to other articles, and lists of tags.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use crate::index::QuickSet;
use crate::places::place_mention::Aside;
use crate::text::{steps, words};

/// Beginnings of a line or sentence that lead to another article, folded; a colon or the line's end may follow.
static RELATED: LazyLock<QuickSet<String>> = LazyLock::new(|| {
    listed(
        "read also;also read;see also;read more;related;related story;related stories;related article;\
    related articles;related news;related content;more on this story;more on this;further reading;recommended;\
    most read;you may also like;lire aussi;a lire aussi;a lire;voir aussi;lire egalement;sur le meme sujet;\
    dans la meme rubrique;articles lies;lea tambien;leer tambien;lee tambien;ver tambien;te puede interesar;\
    noticias relacionadas;leia tambem;leia mais;veja tambem;lesen sie auch;mehr zum thema;siehe auch;\
    leggi anche;lees ook;czytaj tez;czytaj takze;zobacz takze;читаите также;читать также;смотрите также;\
    по теме;читаите також;ayrica okuyun;ilgili haber;ilgili haberler;اقرا ايضا;اقرا المزيد;شاهد ايضا;\
    مواضيع ذات صله;延伸阅读;相关新闻;相关阅读;関連記事",
    )
});

/// Beginnings of a list of tags, folded; a colon must follow.
static TAGS: LazyLock<QuickSet<String>> = LazyLock::new(|| {
    listed(
        "tags;tag;tagged;keywords;filed under;topics;categories;category;posted in;mots cles;mots clefs;etiquettes;\
    rubriques;categorie;themes;etiquetas;palabras clave;palavras chave;temas;categorias;schlagworte;\
    schlagworter;stichworte;themen;parole chiave;tagi;теги;метки;ключевые слова;теми;etiketler;\
    anahtar kelimeler;وسوم;الوسوم;كلمات مفتاحيه;标签;关键词;タグ",
    )
});

/// Beginnings of a sentence or bracket that say who reported, photographed or printed it first, in small letters.
const CREDITS: [&str; 22] = [
    "reporting by ",
    "additional reporting by ",
    "writing by ",
    "editing by ",
    "photo by ",
    "photos by ",
    "photo credit",
    "photo courtesy",
    "image credit",
    "this article appeared first",
    "this article first appeared",
    "this article was first published",
    "this article originally appeared",
    "this article was originally published",
    "this story first appeared",
    "this story was first published",
    "this story was originally published",
    "this post first appeared",
    "originally published ",
    "cet article est apparu en premier",
    "cet article est d'abord paru",
    "crédit photo",
];

/// What a feed's software writes under each entry: `The post … appeared first on …`.
const FOOTERS: [(&str, &str); 7] = [
    ("the post ", " appeared first on "),
    ("l’article ", " est apparu en premier sur "),
    ("l'article ", " est apparu en premier sur "),
    ("la entrada ", " se publicó primero en "),
    ("der beitrag ", " erschien zuerst auf "),
    ("o post ", " apareceu primeiro em "),
    ("l'articolo ", " proviene da "),
];

/// Names of agencies in the credit of a photo, and what parts them.
const PHOTOGRAPHED: [&str; 6] = ["/", "getty", "afp", "reuters", "epa", "©"];

/// Bytes of a photo's credit: what is longer is its caption, and says where.
const CREDIT: usize = 90;

/// Whether a sentence or bracket says who reported, photographed or printed it first.
/// `rest` goes to the end of its line.
fn credits(rest: &str) -> bool {
    let begins = |prefix: &&str| {
        let head = rest.as_bytes().get(..prefix.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    let credit = CREDITS.iter().find(|prefix| begins(prefix));
    if let Some(credit) = credit {
        // `Reporting by telephone` names nobody.
        let next = rest[credit.len()..].chars().next();
        return !credit.ends_with(" by ") || next.is_some_and(char::is_uppercase);
    }
    let photo = ["photo:", "photo :", "photos:", "foto:", "image:"];
    rest.len() <= CREDIT && photo.iter().any(begins) && {
        let small = rest.to_ascii_lowercase();
        PHOTOGRAPHED.iter().any(|sign| small.contains(sign))
    }
}

/// Whether a line is what a feed's software writes under each entry.
fn is_footer(line: &str) -> bool {
    let begins = |prefix: &str| {
        let head = line.as_bytes().get(..prefix.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    FOOTERS.iter().any(|(from, with)| begins(from) && line.contains(with))
}

/// Returns the bytes that links and tags take; both their beginnings and their ends rise.
pub(super) fn passages(text: &str) -> Vec<(Range<usize>, Aside)> {
    let mut found = Vec::new();
    let mut begin = 0;
    while begin < text.len() {
        let line = first_line(&text[begin..]);
        if is_footer(line.trim_start()) {
            found.push((begin..begin + line.len(), Aside::Credit));
            begin += line.len();
            continue;
        }
        let whole = Line::new(line);
        let mut related = 0;
        for start in openings(line) {
            let rest = &line[start..];
            match whole.leads(start) {
                // A list of tags ends with its line; a link in the midst of a text, with its sentence.
                Some(aside @ (Aside::Related | Aside::Credit)) if start > 0 || aside == Aside::Credit => {
                    // A link within a link ends with it.
                    if start < related {
                        continue;
                    }
                    let sentence = rest.char_indices().skip(1).find(|(at, c)| {
                        steps::count(1);
                        matches!(c, '.' | '!' | '?' | ')' | ']')
                            && rest[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace)
                    });
                    related = start + sentence.map_or(rest.len(), |(at, _)| at);
                    found.push((begin + start..begin + related, aside));
                }
                Some(aside) => {
                    found.push((begin + start..begin + line.len(), aside));
                    break;
                }
                None => {}
            }
        }
        begin += line.len();
    }
    found
}

/// With what parts it from the next.
fn first_line(text: &str) -> &str {
    const SEPARATOR: char = '\u{2029}';
    let mut from = 0;
    // U+2029 begins with 0xE2.
    while let Some(ahead) = memchr::memchr2(b'\n', 0xE2, &text.as_bytes()[from..]) {
        let at = from + ahead;
        steps::count(ahead);
        match text.as_bytes()[at] {
            b'\n' => return &text[..=at],
            _ if text[at..].starts_with(SEPARATOR) => return &text[..at + SEPARATOR.len_utf8()],
            _ => from = at + 1,
        }
    }
    text
}

/// Where a line, a sentence or a bracket begins.
fn openings(line: &str) -> impl Iterator<Item = usize> + '_ {
    let lead = line.len()
        - line
            .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '#')
            .len();
    let mut from = 0;
    let signs = std::iter::from_fn(move || {
        let at = from + sign(&line.as_bytes()[from..])?;
        from = at + 1;
        Some(at)
    });
    let inside = signs.filter_map(|at| {
        let (next, after_space) = match line.as_bytes()[at] {
            b'(' | b'[' | b'|' => (at + 1, false),
            b'.' | b'!' | b'?' => (at + 1, true),
            _ if line[at..].starts_with(['►', '→']) => (at + 3, false),
            _ if line[at..].starts_with('…') => (at + 3, true),
            _ => return None,
        };
        let rest = &line[next..];
        let opens = !after_space || rest.starts_with([' ', '\u{A0}']);
        opens.then(|| next + rest.len() - rest.trim_start().len())
    });
    std::iter::once(lead).chain(inside)
}

fn sign(line: &[u8]) -> Option<usize> {
    // Sixteen at a time are compared at once.
    let plain = |part: &&[u8]| part.iter().fold(false, |any, byte| any | opens(*byte));
    let clear = line.chunks(16).position(|part| plain(&part)).unwrap_or(line.len()) * 16;
    let rest = line.get(clear..)?;
    rest.iter().position(|byte| opens(*byte)).map(|at| clear + at)
}

/// Whether a byte begins a sign after which a sentence or bracket may begin; `…`, `►` and `→` begin with 0xE2.
fn opens(byte: u8) -> bool {
    matches!(byte, b'(' | b'[' | b'|' | b'.' | b'!' | b'?' | 0xE2)
}

/// A line, with the facts that every opening in it asks for.
struct Line<'t> {
    text: &'t str,
    /// Bytes without the white space at its end.
    trimmed: usize,
    /// Where its last word begins that is no hashtag.
    last_untagged: OnceCell<usize>,
}

impl<'t> Line<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            trimmed: text.trim_end().len(),
            last_untagged: OnceCell::new(),
        }
    }

    /// Whether all words from a hashtag on are hashtags.
    fn only_tags_from(&self, start: usize) -> bool {
        let last = self.last_untagged.get_or_init(|| {
            steps::count(self.text.len());
            let untagged = self.text.split_whitespace().rev().find(|word| !word.starts_with('#'));
            untagged.map_or(0, |word| word.as_ptr() as usize - self.text.as_ptr() as usize)
        });
        *last <= start
    }

    /// Whether a link or a list of tags begins here.
    fn leads(&self, start: usize) -> Option<Aside> {
        let rest = &self.text[start..];
        if credits(rest) {
            return Some(Aside::Credit);
        }
        // The longest of the beginnings has 20 characters; marks and spaces may double them.
        let end = characters(rest, 40);
        let head = &rest[..end];
        let colon = if head.is_ascii() {
            memchr::memchr2(b':', b'|', head.as_bytes())
        } else {
            head.find([':', '：', '»', '|'])
        };
        if let Some(at) = colon {
            let before = phrase(&head[..at]);
            if TAGS.contains(&before) {
                return Some(Aside::Tags);
            }
            if RELATED.contains(&before) {
                return Some(Aside::Related);
            }
        }
        if head.starts_with('#') && self.only_tags_from(start) {
            return Some(Aside::Tags);
        }
        // “Read more” alone on a line, before its links.
        let alone = colon.is_none() && self.trimmed.saturating_sub(start) <= end;
        (alone && RELATED.contains(&phrase(head))).then_some(Aside::Related)
    }
}

/// Bytes of so many characters, or of all where there are no more.
fn characters(text: &str, count: usize) -> usize {
    match text.as_bytes().get(..count) {
        None => text.len(),
        Some(bytes) if bytes.is_ascii() => count,
        Some(_) => text.char_indices().nth(count).map_or(text.len(), |(at, _)| at),
    }
}

/// The phrases of a list without their spaces.
pub(super) fn listed(list: &str) -> QuickSet<String> {
    list.split(';').map(|one| one.replace(' ', "")).collect()
}

/// Its folded words without what parts them.
pub(super) fn phrase(text: &str) -> String {
    words(text).concat()
}
