//! The numbers of a document near its mentions.

use std::cell::OnceCell;

use wirewatch_recognition::{Document, Field};

use crate::alert::story::{Counted, Number, counted, headline_span};

/// The numbers of a document that may be news: read once, when a watch first asks, and not again for each watch.
#[derive(Debug)]
pub struct Numbers<'t> {
    document: Document<'t>,
    title: OnceCell<Counted>,
    text: OnceCell<Counted>,
}

impl<'t> Numbers<'t> {
    pub fn new(document: Document<'t>) -> Self {
        Self {
            document,
            title: OnceCell::new(),
            text: OnceCell::new(),
        }
    }

    /// The numbers of a field in the order of the text: every one beside casualties, and those of a sentence in which one of
    /// `starts` lies, which rise.
    pub fn of(&self, field: Field, starts: impl Iterator<Item = usize>) -> Vec<&Number> {
        let cell = match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
            // Coordinates count nothing.
            Field::Position => return Vec::new(),
        };
        let (sentences, numbers) = cell.get_or_init(|| {
            let (sentences, mut numbers) = counted(self.document.field(field));
            if field == Field::Title {
                // The 2 of “UPDATE 2-” counts nobody.
                let headline = headline_span(self.document.title);
                numbers.retain(|(_, number)| headline.start <= number.span.start && number.span.end <= headline.end);
            }
            (sentences, numbers)
        });
        let sentence_of = |at: usize| {
            let sentence = sentences.partition_point(|sentence| sentence.end <= at);
            sentences.get(sentence).filter(|range| range.contains(&at))?;
            Some(sentence)
        };
        let mut near = starts.filter_map(sentence_of).peekable();
        let mut found = Vec::new();
        for (sentence, number) in numbers {
            while near.next_if(|near| near < sentence).is_some() {}
            if number.casualties || near.peek() == Some(sentence) {
                found.push(number);
            }
        }
        found
    }
}
