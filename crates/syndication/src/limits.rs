//! Bounds on what one body may bring, each with its reason. Whatever exceeds them is left out and counted.

/// Maximum entries of one body. The longest feeds that we know list some thousands, archives of a whole site ten
/// thousand; an entry costs half a kilobyte even if it is empty, and a row in the store.
pub(crate) const MOST_ENTRIES: usize = 20_000;

/// Maximum bytes of an entry's plain text. A long report has 100 KB, a novel 1 MB; recognition takes many times the size
/// of the text that it looks at.
pub(crate) const LONGEST_TEXT: usize = 1 << 20;

/// Maximum bytes of an entry's title. Whole short messages are used as titles, 10 KB at most.
pub(crate) const LONGEST_TITLE: usize = 16 << 10;

/// Maximum number of authors of an entry, and of its tags. Both are shown and never searched.
pub(crate) const MOST_NAMES: usize = 64;

/// Maximum texts of an entry beside its summary and its content. The vocabularies that feeds use have eight in all.
pub(crate) const MOST_TEXTS: usize = 8;

/// Maximum values (texts, numbers, lists, objects) of one item of a JSON Feed, and of the feed beside its items. Each
/// takes 32 bytes for as few as two in the document.
pub(crate) const MOST_VALUES: usize = 1_000;

/// Maximum bytes that are handed to feed-rs of one body, and of one entry: it holds several copies of them. What exceeds
/// these is read straight, with the same result.
pub(crate) const FEED_RS_BYTES: usize = 4 << 20;
pub(crate) const FEED_RS_ENTRY_BYTES: usize = 256 << 10;
