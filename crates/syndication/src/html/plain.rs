//! Converts HTML to plain text; keeps paragraphs and the map back to the original bytes.

use std::ops::Range;

use memchr::memchr2_iter;

use super::elements::Gap;
use super::references::reference_at;
use super::tags::{Vain, tag_at};

/// Plain text with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain {
    /// Paragraphs are separated by one blank line, other white space is one space.
    pub text: String,
    /// (offset in `text`, offset in the source), rising in both. Between two steps equally far apart in both, the text
    /// is the source's, byte by byte; otherwise it replaces the source's run: a decoded reference, folded white space
    /// or a paragraph's end.
    steps: Vec<(u32, u32)>,
}

impl Plain {
    /// Returns the source bytes of a span of `text`.
    pub fn source_span(&self, span: Range<usize>) -> Range<usize> {
        let start = self.source_of(span.start).start;
        let end = if span.end > span.start {
            self.source_of(span.end - 1).end
        } else {
            start
        };
        start..end.max(start)
    }

    /// Returns the source of one byte of `text`: that byte, or the whole run that it replaces.
    fn source_of(&self, offset: usize) -> Range<usize> {
        let next = self.steps.partition_point(|step| step.0 as usize <= offset);
        let Some(&(text, source)) = next.checked_sub(1).and_then(|at| self.steps.get(at)) else {
            return 0..0;
        };
        let (text, source) = (text as usize, source as usize);
        match self.steps.get(next) {
            Some(&(text_end, source_end)) if text_end as usize - text != source_end as usize - source => {
                source..source_end as usize
            }
            Some(_) => source + (offset - text)..source + (offset - text) + 1,
            None => source..source,
        }
    }
}

/// Returns the text of HTML: markup removed, character references decoded, `script` and `style` dropped.
///
/// A `<` that opens no HTML element stays, so that `a < b` and `<Ségou>` are not lost.
///
/// ```
/// use wirewatch_syndication::plain_text;
///
/// assert_eq!(plain_text("<p>Caf&eacute; <b>a &lt; b</b></p>").text, "Café a < b");
/// ```
pub fn plain_text(html: &str) -> Plain {
    let mut steps = Steps::default();
    let text = strip(html, &mut steps);
    steps.mark(text.len(), html.len());
    Plain {
        text,
        steps: steps.list,
    }
}

/// [`plain_text`] without the map back.
pub(crate) fn plain_string(html: &str) -> String {
    strip(html, &mut NoSteps)
}

/// Whether a text carries markup or character references at all.
///
/// ```
/// use wirewatch_syndication::looks_like_html;
///
/// assert!(looks_like_html("S&eacute;gou"));
/// assert!(!looks_like_html("Q&A: 3 < 5"));
/// ```
pub fn looks_like_html(text: &str) -> bool {
    let mut vain = Vain::default();
    memchr2_iter(b'<', b'&', text.as_bytes()).any(|at| match text.as_bytes()[at] {
        b'&' => reference_at(&text[at..]).is_some(),
        _ => tag_at(&text[at..], &mut vain).is_some(),
    })
}

/// Records the map back, or ignores it.
trait Record {
    fn mark(&mut self, text: usize, source: usize);
}

struct NoSteps;

impl Record for NoSteps {
    fn mark(&mut self, _text: usize, _source: usize) {}
}

#[derive(Default)]
struct Steps {
    list: Vec<(u32, u32)>,
}

impl Record for Steps {
    fn mark(&mut self, text: usize, source: usize) {
        let step = (
            u32::try_from(text).unwrap_or(u32::MAX),
            u32::try_from(source).unwrap_or(u32::MAX),
        );
        if self.list.last() != Some(&step) {
            self.list.push(step);
        }
    }
}

struct Writer<'a, R> {
    out: String,
    html: &'a str,
    record: &'a mut R,
    gap: Gap,
    gap_from: usize,
}

impl<R: Record> Writer<'_, R> {
    fn widen(&mut self, gap: Gap, at: usize) {
        if self.gap == Gap::None {
            self.gap_from = at;
        }
        if self.gap == Gap::Line && gap == Gap::Line {
            self.gap = Gap::Paragraph;
        } else if gap > self.gap {
            self.gap = gap;
        }
    }

    /// Writes pending white space, if a word precedes it.
    fn settle(&mut self, at: usize) {
        if self.gap == Gap::None {
            return;
        }
        if !self.out.is_empty() {
            self.record.mark(self.out.len(), self.gap_from);
            self.out.push_str(if self.gap == Gap::Paragraph { "\n\n" } else { " " });
        }
        self.record.mark(self.out.len(), at);
        self.gap = Gap::None;
    }

    fn copy(&mut self, run: Range<usize>) {
        self.settle(run.start);
        self.record.mark(self.out.len(), run.start);
        self.out.push_str(&self.html[run.clone()]);
        self.record.mark(self.out.len(), run.end);
    }

    fn write(&mut self, text: &str, source: Range<usize>) {
        self.settle(source.start);
        self.record.mark(self.out.len(), source.start);
        self.out.push_str(text);
        self.record.mark(self.out.len(), source.end);
    }
}

fn strip<R: Record>(html: &str, record: &mut R) -> String {
    let bytes = html.as_bytes();
    // Without any element, blank lines separate paragraphs.
    let blank_lines_part = !html.contains('<');
    let mut writer = Writer {
        out: String::with_capacity(html.len().min(1 << 20)),
        html,
        record,
        gap: Gap::None,
        gap_from: 0,
    };
    let mut vain = Vain::default();
    let (mut at, mut run) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        // The common case first: inside a word, or one space between two words.
        if byte > b' ' && byte != b'<' && byte != b'&' && byte != 0xC2 {
            at += 1;
            continue;
        }
        if byte == b' ' && at > run && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric()) {
            at += 1;
            continue;
        }
        let (len, what) = special(html, at, &mut vain);
        if matches!(what, Special::Word) {
            at += len;
            continue;
        }
        if at > run {
            writer.copy(run..at);
        }
        match what {
            Special::Word => {}
            Special::Gap(gap) => {
                let lines = blank_lines_part && matches!(gap, Gap::Space) && blank_line(&bytes[at..at + len]);
                writer.widen(if lines { Gap::Paragraph } else { gap }, at);
            }
            Special::Nothing => {}
            Special::Text(text) => {
                if text.chars().all(char::is_whitespace) {
                    writer.widen(Gap::Space, at);
                } else {
                    writer.write(&text, at..at + len);
                }
            }
        }
        at += len;
        run = at;
    }
    if at > run {
        writer.copy(run..at);
    }
    writer.out
}

enum Special {
    /// Part of the text as it is.
    Word,
    Gap(Gap),
    Nothing,
    Text(String),
}

/// Classifies the text at `at`; returns its length in bytes (at least one).
fn special(html: &str, at: usize, vain: &mut Vain) -> (usize, Special) {
    let rest = &html[at..];
    let bytes = rest.as_bytes();
    match bytes[0] {
        b'<' => match tag_at(rest, vain) {
            None => (1, Special::Word),
            Some(tag) => {
                let dropped = ["script", "style"]
                    .into_iter()
                    .find(|name| !tag.end && tag.name.eq_ignore_ascii_case(name));
                if let Some(name) = dropped
                    && !vain.elements.contains(&name)
                {
                    match end_of(&rest[tag.len..], name) {
                        Some(len) => return (tag.len + len, Special::Gap(Gap::Space)),
                        None => vain.elements.push(name),
                    }
                }
                (
                    tag.len,
                    tag.gap
                        .filter(|gap| *gap != Gap::None)
                        .map_or(Special::Nothing, Special::Gap),
                )
            }
        },
        b'&' => match reference_at(rest) {
            Some((text, len)) => (len, Special::Text(text.into_owned())),
            None => (1, Special::Word),
        },
        0xC2 if bytes.get(1) == Some(&0xA0) => (2, Special::Gap(Gap::Space)),
        0xC2 => (2, Special::Word),
        _ => {
            let len = bytes.iter().take_while(|byte| **byte <= b' ').count();
            (len.max(1), Special::Gap(Gap::Space))
        }
    }
}

fn blank_line(space: &[u8]) -> bool {
    space.iter().filter(|byte| **byte == b'\n').count() > 1
}

/// Returns the length in bytes up to and including `</name…>`.
fn end_of(rest: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = rest[from..].find("</") {
        let at = from + found;
        let after = &rest.as_bytes()[at + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return Some(rest[at..].find('>').map_or(rest.len(), |end| at + end + 1));
        }
        from = at + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        let table = [
            (
                "a text without markup is itself",
                "Mali : 12 morts à Ségou",
                "Mali : 12 morts à Ségou",
            ),
            ("white space is folded", "  a \t b\n c  ", "a b c"),
            ("blocks part paragraphs", "<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
            ("one line break is a space", "a<br>b", "a b"),
            ("two line breaks part paragraphs", "a<br/> <br />b", "a\n\nb"),
            (
                "blank lines part paragraphs where no element does",
                "One.\n \nTwo.\nStill two.",
                "One.\n\nTwo. Still two.",
            ),
            (
                "inline markup parts no word",
                "Ma<b>li</b> and Ni<i>ger</i>",
                "Mali and Niger",
            ),
            ("cells are parted", "<td>a</td><td>b</td>", "a b"),
            (
                "references are decoded",
                "Caf&eacute;&nbsp;&alpha;&#233;&#xE9;&amp;",
                "Café αéé&",
            ),
            (
                "C1 references are those of windows-1252",
                "l&#146;attaque &#150; &#x80;",
                "l’attaque – €",
            ),
            ("a bare ampersand stays", "AT&T & Co; R&D", "AT&T & Co; R&D"),
            ("a bare angle stays", "5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
            (
                "an angle that opens no element stays",
                "<Ségou> falls, Vec<String>",
                "<Ségou> falls, Vec<String>",
            ),
            (
                "scripts and styles are dropped",
                "a<script>var b = '<p>';</script>c<STYLE>p{}</STYLE >d",
                "a c d",
            ),
            ("a script without an end is not the end", "a <script>b c", "a b c"),
            ("comments are dropped", "a<!-- b -->c", "ac"),
            ("a comment without an end is not the end", "a<!-- b c", "a b c"),
            ("attributes may hold an angle", "<a title=\"x > y\" href='z'>a</a>", "a"),
            (
                "a quote that stays open ends with its tag",
                "<a href=\"x>Mali</a> b",
                "Mali b",
            ),
            ("nothing is nothing", " <p> </p> ", ""),
            ("no-break spaces are spaces", "a\u{a0}\u{a0}b", "a b"),
        ];
        for (case, html, text) in table {
            assert_eq!(plain_text(html).text, text, "{case}");
            assert_eq!(plain_string(html), text, "{case}");
        }
    }

    #[test]
    fn every_word_finds_its_source() {
        let table = [
            ("as written", "a Mali b", "Mali", "Mali"),
            ("after markup", "<p>x</p><p>in <b>Mali</b></p>", "Mali", "Mali"),
            ("through inline markup", "Ma<b>li</b>!", "Mali", "Ma<b>li"),
            ("a decoded reference", "x S&eacute;gou y", "Ségou", "S&eacute;gou"),
            ("after folded space", "a \n\n  <br> Gao", "Gao", "Gao"),
            (
                "over folded space",
                "<p>South  \n Sudan</p>",
                "South Sudan",
                "South  \n Sudan",
            ),
            ("several bytes", "&amp; Ségou", "Ségou", "Ségou"),
        ];
        for (case, html, word, source) in table {
            let plain = plain_text(html);
            let at = plain.text.find(word).unwrap();
            assert_eq!(&html[plain.source_span(at..at + word.len())], source, "{case}");
        }
    }

    #[test]
    fn markup_is_told_from_text() {
        for (text, html) in [
            ("plain", false),
            ("a < b & c", false),
            ("<Ségou>", false),
            ("a<br>b", true),
            ("&eacute;", true),
            ("</p>", true),
        ] {
            assert_eq!(looks_like_html(text), html, "{text}");
        }
    }
}
