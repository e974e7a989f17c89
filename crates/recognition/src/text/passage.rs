//! Where paragraphs and sentences of a document begin, worked out only when a watch asks how close two mentions are.

use std::cell::OnceCell;

use crate::document::{Document, Field};
use crate::mention::Mention;
use crate::terms::options::HowClose;
use crate::text::fold::{Role, in_word, role};
use crate::text::paragraph::paragraph_starts;
use crate::text::script;
use crate::text::sentence::sentence_starts;

/// The passages of one document.
pub(crate) struct Passages<'a> {
    document: Document<'a>,
    paragraphs: OnceCell<Vec<usize>>,
    title_sentences: OnceCell<Vec<usize>>,
    text_sentences: OnceCell<Vec<usize>>,
    title_words: OnceCell<Vec<usize>>,
    text_words: OnceCell<Vec<usize>>,
}

impl<'a> Passages<'a> {
    pub(crate) fn new(document: Document<'a>) -> Self {
        Self {
            document,
            paragraphs: OnceCell::new(),
            title_sentences: OnceCell::new(),
            text_sentences: OnceCell::new(),
            title_words: OnceCell::new(),
            text_words: OnceCell::new(),
        }
    }

    /// Two mentions are close enough if this is the same for both.
    ///
    /// The title counts to the first paragraph of the text: a lead goes on where its headline stops (“JNIM claims attack”,
    /// then “Twelve soldiers died in an ambush …”), and many feeds give no more than these two. Sentences of the title
    /// stay apart from those of the text.
    pub(crate) fn number(&self, mention: &Mention, how_close: HowClose) -> usize {
        let at = mention.span.start;
        match (how_close, mention.field) {
            // A stated position is that of the whole entry, so it goes with its headline.
            (HowClose::SameArticle, _) | (HowClose::SameParagraph, Field::Title | Field::Position) => 0,
            (HowClose::SameSentence, Field::Position) => 0,
            (HowClose::Words(_), Field::Title) => 0,
            (HowClose::Words(_), Field::Position) => 2,
            (HowClose::Words(_), Field::Text) => 1,
            (HowClose::SameParagraph, Field::Text) => number(self.paragraphs(), at),
            (HowClose::SameSentence, Field::Title) => number(self.title_sentences(), at),
            (HowClose::SameSentence, Field::Text) => {
                self.title_sentences().len() + 1 + number(self.text_sentences(), at)
            }
        }
    }

    /// The numbers of the first and last word of a mention in its field, from 1.
    pub(crate) fn words(&self, mention: &Mention) -> (usize, usize) {
        let starts = match mention.field {
            Field::Title => self.title_words.get_or_init(|| word_starts(self.document.title)),
            Field::Text => self.text_words.get_or_init(|| word_starts(self.document.text)),
            Field::Position => return (1, 1),
        };
        let last = mention.span.end.saturating_sub(1).max(mention.span.start);
        (number(starts, mention.span.start), number(starts, last))
    }

    pub(crate) fn paragraphs(&self) -> &[usize] {
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

/// Offsets at which the words of a text begin, as [`crate::text::folded_text::words`] parts them: `l’attaque` is two, and in
/// scripts without spaces each letter is one.
pub(crate) fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::with_capacity(text.len() / 6);
    let (mut inside, mut after_letter) = (false, false);
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            let word = c.is_ascii_alphanumeric();
            if word && (!inside || after_letter) {
                starts.push(at);
            }
            (inside, after_letter) = (word, false);
            continue;
        }
        match role(c) {
            // A soft hyphen parts nothing, nor does an accent.
            Role::Nothing | Role::Mark => {}
            _ if in_word(c) => {
                let letter = script::unspaced(c);
                if !inside || letter || after_letter {
                    starts.push(at);
                }
                (inside, after_letter) = (true, letter);
            }
            _ => inside = false,
        }
    }
    starts
}

fn number(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|&start| start <= at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin() {
        let table: [(&str, &str, &[usize]); 5] = [
            ("none", " … ", &[]),
            ("signs part them", "Mali's army, again", &[0, 5, 7, 13]),
            ("accents do not", "Se\u{301}gou e\u{301}tat", &[0, 8]),
            ("a soft hyphen does not", "am\u{AD}bush x", &[0, 9]),
            ("Han letters are words", "在Mali发", &[0, 3, 7]),
        ];
        for (what, text, starts) in table {
            assert_eq!(word_starts(text), starts, "{what}");
        }
    }

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
