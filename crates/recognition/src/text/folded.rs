//! A folded text and the map from its bytes back to the original.

use std::ops::Range;

/// The start of a stretch in both texts: byte by byte, or, for a block, as one indivisible whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) folded: u32,
    pub(crate) original: u32,
    pub(crate) block: bool,
}

/// A text folded for matching, with the origin of each byte. Texts are below 4 GB.
#[derive(Debug)]
pub(crate) struct Folded {
    pub(crate) text: String,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) original_len: usize,
}

impl Folded {
    /// Returns the original bytes of a span of the folded text, on character boundaries. `span` must not be empty.
    pub(crate) fn original_span(&self, span: Range<usize>) -> Range<usize> {
        self.start(span.start)..self.end(span.end)
    }

    /// [`Self::original_span`] for a sequence of spans.
    pub(crate) fn way(&self) -> Way<'_> {
        let mut way = Way {
            folded: self,
            at: 0,
            next: 0,
        };
        way.go_to(0);
        way
    }

    fn piece(&self, offset: usize) -> usize {
        self.pieces
            .partition_point(|piece| piece.folded as usize <= offset)
            .saturating_sub(1)
    }

    fn start(&self, offset: usize) -> usize {
        self.start_in(self.piece(offset), offset)
    }

    fn end(&self, offset: usize) -> usize {
        self.end_in(self.piece(offset.saturating_sub(1)), offset)
    }

    fn start_in(&self, piece: usize, offset: usize) -> usize {
        let piece = self.pieces[piece];
        if piece.block {
            piece.original as usize
        } else {
            piece.original as usize + offset - piece.folded as usize
        }
    }

    fn end_in(&self, last: usize, offset: usize) -> usize {
        let piece = self.pieces[last];
        if piece.block {
            self.pieces
                .get(last + 1)
                .map_or(self.original_len, |next| next.original as usize)
        } else {
            piece.original as usize + offset - piece.folded as usize
        }
    }
}

/// Maps spans in rising order back to the original: each lookup continues from the one before.
#[derive(Debug)]
pub(crate) struct Way<'a> {
    folded: &'a Folded,
    at: usize,
    /// Start of the next piece in the folded text.
    next: usize,
}

impl Way<'_> {
    /// [`Folded::original_span`]; `span` begins no earlier than the one before.
    #[inline]
    pub(crate) fn original_span(&mut self, span: Range<usize>) -> Range<usize> {
        while self.next <= span.start {
            self.go_to(self.at + 1);
        }
        let start = self.folded.start_in(self.at, span.start);
        if span.end <= self.next {
            return start..self.folded.end_in(self.at, span.end);
        }
        start..self.end_beyond(span.end)
    }

    /// Where a span ends that goes on in the next piece.
    #[cold]
    fn end_beyond(&self, end: usize) -> usize {
        let mut last = self.at + 1;
        while self.begin(last + 1) < end {
            last += 1;
        }
        self.folded.end_in(last, end)
    }

    fn go_to(&mut self, at: usize) {
        (self.at, self.next) = (at, self.begin(at + 1));
    }

    fn begin(&self, piece: usize) -> usize {
        let piece = self.folded.pieces.get(piece);
        piece.map_or(usize::MAX, |piece| piece.folded as usize)
    }
}
