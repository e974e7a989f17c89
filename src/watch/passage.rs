//! Where paragraphs and sentences of a document begin, worked out only when a watch asks how close two mentions are.

use std::cell::OnceCell;

use super::matcher::{Document, Field, Mention};
use super::sentence::sentence_starts;
use super::term::HowClose;

/// Bytes; a longer line is a paragraph of its own even without a blank line after it. Mail and plain-text feeds wrap
/// lines at 65 to 100.
const LONG_LINE: usize = 200;

/// Whether white space after a line of `line` bytes parts two paragraphs.
pub(super) fn parts_paragraphs(gap: &str, line: usize) -> bool {
    match gap.bytes().filter(|&byte| byte == b'\n').count() {
        0 => gap.contains('\u{2029}'),
        1 => line > LONG_LINE,
        _ => true,
    }
}

/// Offsets at which the paragraphs of a text begin, after the first.
pub(super) fn paragraph_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut at, mut line) = (0, 0);
    while let Some(found) = text[at..].find(['\n', '\u{2029}']) {
        let begin = text[..at + found].trim_end().len().max(at);
        let rest = &text[begin..];
        let end = begin + rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let gap = &text[begin..end];
        if end < text.len() && begin > 0 && parts_paragraphs(gap, begin.saturating_sub(line)) {
            starts.push(end);
        }
        line = begin + gap.rfind('\n').map_or(0, |last| last + 1);
        at = end;
    }
    starts
}

/// The passages of one document.
pub(super) struct Passages<'a> {
    document: Document<'a>,
    paragraphs: OnceCell<Vec<usize>>,
    title_sentences: OnceCell<Vec<usize>>,
    text_sentences: OnceCell<Vec<usize>>,
}

impl<'a> Passages<'a> {
    pub(super) fn new(document: Document<'a>) -> Self {
        Self {
            document,
            paragraphs: OnceCell::new(),
            title_sentences: OnceCell::new(),
            text_sentences: OnceCell::new(),
        }
    }

    /// Two mentions are close enough if this is the same for both.
    ///
    /// The title counts to the first paragraph of the text: a lead goes on where its headline stops (“JNIM claims attack”,
    /// then “Twelve soldiers died in an ambush …”), and many feeds give no more than these two. Sentences of the title
    /// stay apart from those of the text.
    pub(super) fn number(&self, mention: &Mention, how_close: HowClose) -> usize {
        let at = mention.span.start;
        match (how_close, mention.field) {
            (HowClose::SameArticle, _) | (HowClose::SameParagraph, Field::Title) => 0,
            (HowClose::SameParagraph, Field::Text) => number(self.paragraphs(), at),
            (HowClose::SameSentence, Field::Title) => number(self.title_sentences(), at),
            (HowClose::SameSentence, Field::Text) => {
                self.title_sentences().len() + 1 + number(self.text_sentences(), at)
            }
        }
    }

    pub(super) fn paragraphs(&self) -> &[usize] {
        self.paragraphs.get_or_init(|| paragraph_starts(self.document.text))
    }

    fn title_sentences(&self) -> &[usize] {
        self.title_sentences
            .get_or_init(|| sentence_starts(self.document.title))
    }

    fn text_sentences(&self) -> &[usize] {
        self.text_sentences.get_or_init(|| sentence_starts(self.document.text))
    }
}

fn number(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|&start| start <= at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_begin() {
        let long = "word ".repeat(60);
        let table = [
            ("none in a line", "one line".to_owned(), vec![]),
            ("a blank line", "one\n\ntwo".to_owned(), vec![5]),
            ("a blank line with spaces, CR LF", "one\r\n \r\ntwo".to_owned(), vec![8]),
            ("wrapped lines are one paragraph", "one\ntwo\nthree".to_owned(), vec![]),
            ("a long line is one", format!("{long}\ntwo\nthree"), vec![301]),
            ("none at the end", "one\n\n".to_owned(), vec![]),
            ("none at the start", "\n\none".to_owned(), vec![]),
            ("paragraph separator", "one\u{2029}two".to_owned(), vec![6]),
        ];
        for (what, text, starts) in table {
            assert_eq!(paragraph_starts(&text), starts, "{what}");
        }
    }
}
