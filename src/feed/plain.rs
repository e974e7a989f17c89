//! HTML to plain text, keeping paragraphs and the way back to the original bytes.

use std::ops::Range;

/// Plain text with the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain {
    /// Paragraphs are parted by one blank line, other white space is one space.
    pub text: String,
    /// (offset in `text`, offset in the source), rising in both; between two steps both run on byte by byte, or the
    /// text's run stands for one decoded reference.
    steps: Vec<(u32, u32)>,
}

impl Plain {
    /// The bytes of the source that a span of `text` came from.
    pub fn source_span(&self, _span: Range<usize>) -> Range<usize> {
        let _ = &self.steps;
        todo!()
    }
}

/// Removes markup, decodes character references, drops `script` and `style`.
pub fn plain_text(_html: &str) -> Plain {
    todo!()
}

/// Whether a text carries markup or character references at all.
pub fn looks_like_html(_text: &str) -> bool {
    todo!()
}
