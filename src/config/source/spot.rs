//! Places in what was written, kept small: there may be millions.

use std::ops::Range;

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SourceSpan {
    File { file: u32, key: Span, value: Span },
    Variable(Box<str>),
}

/// Bytes of a file; files are at most 256 MB, and a hundred thousand watches have a million spots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: narrow(range.start),
            end: narrow(range.end),
        }
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start as usize..span.end as usize
    }
}

impl SourceSpan {
    /// Bytes of one of the files, by its number.
    pub(crate) fn in_file(file: usize, key: Range<usize>, value: Range<usize>) -> Self {
        Self::File {
            file: u32::try_from(file).unwrap_or(u32::MAX),
            key: key.into(),
            value: value.into(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SpotId(u32);

impl SpotId {
    /// The place of no value.
    pub(crate) const NOWHERE: Self = Self(u32::MAX);

    /// Adds a spot to those that are known.
    pub(crate) fn add(spots: &mut Vec<SourceSpan>, spot: SourceSpan) -> Self {
        spots.push(spot);
        Self(u32::try_from(spots.len() - 1).unwrap_or(u32::MAX))
    }

    pub(crate) fn of(self, spots: &[SourceSpan]) -> Option<&SourceSpan> {
        spots.get(self.0 as usize)
    }

    pub(crate) fn number(self) -> u32 {
        self.0
    }

    pub(crate) fn from_number(number: u32) -> Self {
        Self(number)
    }
}

/// A place in what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum At {
    Key(SpotId),
    Value(SpotId),
    /// Bytes of the text as meant, within the value.
    Within(SpotId, Range<usize>),
}
