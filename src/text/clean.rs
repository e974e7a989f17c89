//! The one place where text from a feed is made harmless to mail headers, terminals, chats and spreadsheets.

use std::ops::Range;

use super::hidden::{is_direction_mark, is_invisible, is_joiner, turns_direction};

use crate::net::ShownAddress;

/// Bytes of a link: a longer one opens in no browser, and half of it leads nowhere.
pub const LINK: usize = 2_048;

/// Names that call everybody in Slack, Discord, Mattermost and Teams.
const CALLS: &[&str] = &["everyone", "here", "channel", "all", "team"];

/// Makes a text one line that only shows:
/// - control characters (C0, C1), line and paragraph separators become a space, runs of space one;
/// - what reorders or hides text goes: bidirectional controls (UAX #9), zero-width characters, soft hyphens, byte order
///   marks, tag characters. Scripts that run from right to left stay as they are; the joiners U+200C and U+200D stay
///   between letters that are not Latin, where Persian, Hindi and emoji need them;
/// - `@everyone` and its like, and `<!` and `<@` of chats, get a full-width sign instead of their own;
/// - a text that a spreadsheet would take as a formula (OWASP, CSV injection) is led by an apostrophe.
///
/// Markup (HTML, Markdown) is escaped by whoever lays the text out.
pub fn clean(text: &str) -> String {
    clean_marked(text, &[]).0
}

/// [`clean`] cut to `most` characters as by [`shorten`]; a text of megabytes costs no more than its beginning.
pub fn clean_line(text: &str, most: usize) -> String {
    // Characters that go leave room for others, within reason.
    let head = text
        .char_indices()
        .nth(4 * most + 64)
        .map_or(text, |(at, _)| &text[..at]);
    let cut = head.len() < text.len();
    let mut line = clean(head);
    if cut {
        line.push('…');
    }
    shorten(&line, most)
}

/// [`clean`], with byte ranges carried along. A range of which nothing is left goes.
pub fn clean_marked(text: &str, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(text.len());
    // Where each kept character stood and stands; ends with the end of both.
    let mut moved: Vec<(usize, usize)> = Vec::new();
    if is_formula(text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_hidden(c))) {
        out.push('\'');
    }
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let shown = match c {
            '\u{200c}' | '\u{200d}' if [before, next].iter().all(|c| c.is_some_and(needs_joiners)) => c,
            _ if is_hidden(c) => continue,
            _ if c.is_control() || c.is_whitespace() => ' ',
            '@' if calls_everybody(&text[at + 1..]) => '＠',
            '<' if matches!(next, Some('!' | '@' | '#')) => '＜',
            _ => c,
        };
        if shown == ' ' && (moved.is_empty() || out.ends_with(' ')) {
            continue;
        }
        moved.push((at, out.len()));
        out.push(shown);
        before = Some(c);
    }
    out.truncate(out.trim_end().len());
    moved.retain(|(_, now)| *now < out.len());
    moved.push((text.len(), out.len()));
    let now = |at: usize| moved[moved.partition_point(|(was, _)| *was < at).min(moved.len() - 1)].1;
    let marks = marks
        .iter()
        .map(|mark| now(mark.start)..now(mark.end))
        .filter(|mark| mark.start < mark.end)
        .collect();
    (out, marks)
}

/// Cuts at a character, better at a word, so that at most `most` characters stand there, the last of them `…`.
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = text
        .char_indices()
        .nth(most.saturating_sub(1))
        .map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    let cut = match head.rfind(' ') {
        Some(space) if space * 3 > end * 2 => &head[..space],
        _ => head,
    };
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':', '-', '–', '—']))
}

/// A link that a mail reader may open: HTTP, without anything hidden in it.
pub fn clean_link(link: &str) -> Option<String> {
    let link = link.trim();
    let mut url = url::Url::parse(link).ok().filter(|_| link.len() <= LINK)?;
    // What a publisher writes there is no password that a reader needs; it makes a link look like another one.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let plain = !url
        .as_str()
        .contains(|c: char| c.is_control() || is_hidden(c) || c == '<' || c == '>' || c == '"');
    (matches!(url.scheme(), "http" | "https") && plain).then(|| url.into())
}

/// The link of an entry of this feed, for a reader. One that leads to the feed itself is shown as the feed's address is: an
/// entry without a link of its own may have been given that.
pub fn entry_link(link: &str, feed: &str) -> Option<String> {
    let link = clean_link(link)?;
    let bare = |address: &str| {
        let mut url = url::Url::parse(address).ok()?;
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_fragment(None);
        Some(url)
    };
    Some(match bare(&link) == bare(feed) {
        true => ShownAddress::of_text(&link).to_string(),
        false => link,
    })
}

fn is_hidden(c: char) -> bool {
    turns_direction(c) || is_direction_mark(c) || is_joiner(c) || is_invisible(c)
}

fn needs_joiners(c: char) -> bool {
    c as u32 >= 0x590 && !c.is_whitespace() && !is_hidden(c)
}

fn calls_everybody(rest: &str) -> bool {
    CALLS.iter().any(|call| {
        rest.as_bytes()
            .get(..call.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(call.as_bytes()))
            && !rest[call.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '.')
    })
}

fn is_formula(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'=' | b'@') => true,
        // A temperature or a telephone number is none; OWASP's `-2+3+cmd|' /C calc'!A0` is.
        Some(b'+' | b'-') => !text[1..].starts_with([' ', '-']) && text.contains(['|', '!', '(', '=']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_link, clean_marked, shorten};

    #[test]
    fn what_is_shown_cannot_act() {
        for (what, given, shown) in [
            (
                "a plain headline",
                "Mali : une embuscade près de Ségou",
                "Mali : une embuscade près de Ségou",
            ),
            (
                "a second header",
                "Attack\r\nBcc: all@a.example",
                "Attack Bcc: all@a.example",
            ),
            ("an escape sequence", "\u{1b}[31mAttack\u{9b}0m\u{7}", "[31mAttack 0m"),
            ("a right-to-left override", "gpj.\u{202e}exe", "gpj.exe"),
            ("isolates and marks", "\u{2066}Attack\u{2069}\u{200f}\u{61c}", "Attack"),
            ("zero width inside a word", "Ba\u{200b}ma\u{feff}ko\u{ad}", "Bamako"),
            ("tag characters", "Mali\u{e0041}\u{e007f}", "Mali"),
            ("Arabic", "مقتل أحد عشر جنديا", "مقتل أحد عشر جنديا"),
            ("Persian with a joiner", "می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("a family", "👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"),
            ("a joiner between Latin letters", "Ba\u{200d}mako", "Bamako"),
            ("a formula", "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("a formula behind a tab", "\t=1+1", "'=1+1"),
            (
                "a formula that begins like a number",
                "-2+3+cmd|' /C calc'!A0",
                "'-2+3+cmd|' /C calc'!A0",
            ),
            ("a temperature", "-5 °C in Kidal", "-5 °C in Kidal"),
            (
                "a call to everybody",
                "Hello @everyone and @HERE",
                "Hello ＠everyone and ＠HERE",
            ),
            ("an address", "write to desk@here.example", "write to desk@here.example"),
            ("a chat mention", "<!channel> <@U123>", "＜!channel> ＜@U123>"),
            ("lines and spaces", "  a\u{2028}b\n\n c\u{a0} d ", "a b c d"),
            ("nothing", "\u{200b}\r\n", ""),
        ] {
            assert_eq!(clean(given), shown, "{what}");
            if !shown.starts_with('\'') {
                assert_eq!(clean(shown), shown, "{what}: cleaning again changes nothing");
            }
        }
    }

    #[test]
    fn marks_move_with_what_they_mark() {
        let text = "in \u{202e}Sé\u{200b}gou\r\n\r\ntoday";
        let start = text.find('S').unwrap_or_default();
        let (shown, marks) = clean_marked(text, &[start..start + "Sé\u{200b}gou".len(), 3..6]);
        assert_eq!(shown, "in Ségou today");
        assert_eq!(
            marks.iter().map(|mark| &shown[mark.clone()]).collect::<Vec<_>>(),
            ["Ségou"]
        );
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(shorten("one two three four", 14), "one two three…");
        assert_eq!(shorten("one two", 7), "one two");
        assert_eq!(shorten(&"é".repeat(20), 10), format!("{}…", "é".repeat(9)));
    }

    #[test]
    fn only_links_that_open_a_page_are_links() {
        assert_eq!(
            clean_link("https://a.example/x?y=1").as_deref(),
            Some("https://a.example/x?y=1")
        );
        for link in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "no link",
        ] {
            assert_eq!(clean_link(link), None, "{link}");
        }
    }
}
