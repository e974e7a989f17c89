//! Places in what was written, kept small: there may be millions.

use std::ops::Range;

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    File { file: u32, key: Span, value: Span },
    Variable(Box<str>),
}

/// Bytes of a file; files are at most 256 MB, and a hundred thousand watches have a million spots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
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

impl Spot {
    /// Bytes of one of the files, by its number.
    pub(super) fn in_file(file: usize, key: Range<usize>, value: Range<usize>) -> Self {
        Self::File {
            file: u32::try_from(file).unwrap_or(u32::MAX),
            key: key.into(),
            value: value.into(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SpotId(u32);

impl SpotId {
    /// The place of no value.
    pub(super) const NOWHERE: Self = Self(u32::MAX);

    /// Adds a spot to those that are known.
    pub(super) fn add(spots: &mut Vec<Spot>, spot: Spot) -> Self {
        spots.push(spot);
        Self(u32::try_from(spots.len() - 1).unwrap_or(u32::MAX))
    }

    pub(super) fn of(self, spots: &[Spot]) -> Option<&Spot> {
        spots.get(self.0 as usize)
    }

    pub(super) fn number(self) -> u32 {
        self.0
    }

    pub(super) fn from_number(number: u32) -> Self {
        Self(number)
    }
}

/// A place in what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    Key(SpotId),
    Value(SpotId),
    /// Bytes of the text as meant, within the value.
    Within(SpotId, Range<usize>),
}
