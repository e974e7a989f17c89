//! "Did you mean …?"

use std::cell::Cell;

/// Comparisons that one load spends on suggestions, so that a folder of 100,000 mistakes is still refused at once.
const BUDGET: usize = 300_000;

#[derive(Debug)]
pub(crate) struct Suggest {
    left: Cell<usize>,
}

impl Suggest {
    pub(crate) fn new() -> Self {
        Self {
            left: Cell::new(BUDGET),
        }
    }

    /// The candidate that was probably meant: at most a third of its letters wrong, or a beginning of it.
    pub(crate) fn nearest<'c>(&self, written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
        let written = spelling(written);
        let length = written.chars().count();
        let mut best: Option<(usize, &str)> = None;
        for candidate in candidates {
            let Some(left) = self.left.get().checked_sub(1) else {
                break;
            };
            self.left.set(left);
            let spelt = spelling(candidate);
            let most = length.max(spelt.chars().count()).div_ceil(3);
            if spelt.chars().count().abs_diff(length) > most {
                continue;
            }
            let distance = strsim::damerau_levenshtein(&written, &spelt);
            if distance <= most && distance < length && best.is_none_or(|(known, _)| distance < known) {
                best = Some((distance, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }
}

fn spelling(name: &str) -> String {
    name.to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let candidates = ["find", "together_with", "how_close", "but_not", "title", "tell"];
        let cases = [
            ("a letter is missing", "fnd", Some("find")),
            ("two letters change places", "tilte", Some("title")),
            ("a hyphen for a low line", "together-with", Some("together_with")),
            ("capitals", "Find", Some("find")),
            ("another word", "colour", None),
            ("one letter", "x", None),
        ];
        for (what, written, expected) in cases {
            assert_eq!(Suggest::new().nearest(written, candidates), expected, "{what}");
        }
    }
}
