//! What was mended in a feed, counted, in words for a person.

use std::fmt;

/// One thing that the pre-pass mended, with how often; `Display` gives words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    pub what: &'static str,
    pub count: u32,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => f.write_str(self.what),
            count => write!(f, "{} ({count} times)", self.what),
        }
    }
}

pub(crate) const WRONG_ENCODING: &str = "the declared character encoding is not the real one";
pub(crate) const GUESSED_ENCODING: &str = "the character encoding is not declared and was guessed";
pub(crate) const STRAY_BYTES: &str = "bytes that are no UTF-8, read as windows-1252";
pub(crate) const CONTROL_CHARACTERS: &str = "control characters, which XML forbids";
pub(super) const BEFORE_ROOT: &str = "text before the feed begins";
pub(super) const AFTER_ROOT: &str = "text after the feed ends";
pub(super) const SECOND_DECLARATION: &str = "an XML declaration that is not at the start";
pub(crate) const BARE_AMPERSAND: &str = "a bare & in place of &amp;";
pub(super) const BARE_ANGLE: &str = "a bare < in place of &lt;";
pub(crate) const UNKNOWN_REFERENCE: &str = "an HTML entity that XML does not know";
pub(super) const MISSING_END: &str = "a missing end tag";
pub(super) const STRAY_END: &str = "an end tag without a start";
pub(super) const MISSING_ROOT_END: &str = "the end of the feed is missing";
pub(super) const UNDECLARED_PREFIX: &str = "a namespace prefix that is not declared";
pub(super) const DUPLICATE_ATTRIBUTE: &str = "an attribute given twice";
pub(crate) const INLINE_MARKUP: &str = "markup that is not escaped";
pub(super) const OPEN_CDATA: &str = "a CDATA section without an end";
pub(super) const ODD_VERSION: &str = "a missing or unknown RSS version";
pub(crate) const ODD_TYPE: &str = "an unknown type of text";
pub(crate) const ODD_DATE: &str = "a date that cannot be read";
pub(crate) const CUT_ENTRY: &str = "the last entry is cut short and left out";
pub(crate) const LONG_TITLE: &str = "a title longer than 16 KB, read to there";
pub(crate) const LONG_TEXT: &str = "a text longer than 1 MB, read to there";
pub(crate) const MANY_NAMES: &str = "more authors or tags than are kept";
pub(crate) const MANY_TEXTS: &str = "more texts in one entry than are read";
pub(crate) const MANY_VALUES: &str = "more values in one place than are read";
pub(crate) const ODD_JSON: &str = "a JSON Feed that does not keep to the format";

/// Counts repairs while a body is read.
#[derive(Debug, Default)]
pub(crate) struct Repairs {
    list: Vec<Repair>,
}

impl Repairs {
    pub(crate) fn add(&mut self, what: &'static str) {
        self.add_many(what, 1);
    }

    pub(crate) fn add_many(&mut self, what: &'static str, count: u32) {
        if count == 0 {
            return;
        }
        match self.list.iter_mut().find(|repair| repair.what == what) {
            Some(repair) => repair.count = repair.count.saturating_add(count),
            None => self.list.push(Repair { what, count }),
        }
    }

    pub(crate) fn into_list(self) -> Vec<Repair> {
        self.list
    }
}
