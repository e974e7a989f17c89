//! Consonant skeletons of Arabic group names, which newspapers transliterate in many ways: `Jama'at Nusrat al-Islam
//! wal-Muslimin` and `Jamaatu Nosra ul Islam wa al Mouslimine` have the same consonants.

use std::ops::Range;
use std::sync::LazyLock;

use crate::index::fast_hash::{QuickMap, QuickSet};
use crate::mention::TermId;
use crate::text::runs::runs;

/// Articles, conjunctions and prepositions, which are attached, separated or left out.
static PARTICLES: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    "al el ul il ad ed ud as es us ash esh ush ach an en un ar er ur at et ut az ez uz wa wal val oua \
     oual ouel wel w l fi fil bi bil li lil of"
        .split_whitespace()
        .collect()
});

/// Words that mark a name as transliterated rather than translated.
static TRANSLITERATED: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
    "al el ul ad ed ash wal wa jamaat jamaa jama ansar harakat hayat liwa katiba katibat saraya jaysh \
     jaish jabhat nusrat tehrik lashkar hizb kataib jund asaib majlis"
        .split_whitespace()
        .collect()
});

/// Minimum consonants and words of a name: fewer match by chance.
const CONSONANTS: usize = 7;
const WORDS: usize = 2;
/// Maximum words of a text that a name may span, particles included.
const WINDOW: usize = 12;

/// The names, by the consonants of their first word.
#[derive(Debug, Default)]
pub(crate) struct Skeletons {
    names: QuickMap<String, Vec<(Vec<String>, TermId)>>,
}

impl Skeletons {
    /// Adds a folded name of a group; names that are not transliterated or too short are ignored.
    pub(crate) fn add(&mut self, folded: &str, term: TermId) {
        if !folded.is_ascii() {
            return;
        }
        let words: Vec<&str> = runs(folded).map(|word| &folded[word]).collect();
        if !words.iter().any(|word| TRANSLITERATED.contains(*word)) {
            return;
        }
        let mut bones = words
            .iter()
            .filter(|word| !PARTICLES.contains(**word))
            .map(|word| bones(word))
            .filter(|bones| !bones.is_empty());
        let Some(first) = bones.next() else { return };
        let rest: Vec<String> = bones.collect();
        let consonants = first.len() + rest.iter().map(String::len).sum::<usize>();
        if rest.len() + 1 < WORDS || consonants < CONSONANTS {
            return;
        }
        let names = self.names.entry(first).or_default();
        if !names.contains(&(rest.clone(), term)) {
            names.push((rest, term));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Calls `found` with each name in a folded text and its range; `words` are the words with whether each has a
    /// capital in the original.
    pub(crate) fn find(
        &self,
        folded: &str,
        mut words: impl Iterator<Item = (Range<usize>, bool)> + Clone,
        mut found: impl FnMut(TermId, Range<usize>),
    ) {
        let mut first = String::new();
        while let Some((word, capital)) = words.next() {
            let text = &folded[word.clone()];
            if !capital || text.len() < 3 || !text.is_ascii() || PARTICLES.contains(text) {
                continue;
            }
            write_bones(text, &mut first);
            let Some(names) = self.names.get(&first) else {
                continue;
            };
            let following = words.clone().map(|(word, _)| word);
            let longest = names
                .iter()
                .filter_map(|(rest, term)| Some((goes_on(folded, word.end, following.clone(), rest)?, *term)))
                .max_by_key(|(end, term)| (*end, std::cmp::Reverse(*term)));
            if let Some((end, term)) = longest {
                found(term, word.start..end);
            }
        }
    }
}

/// Returns the end of the name if its further words follow, with only particles between.
fn goes_on(folded: &str, mut end: usize, words: impl Iterator<Item = Range<usize>>, rest: &[String]) -> Option<usize> {
    let mut wanted = rest.iter();
    let mut next = wanted.next()?;
    for word in words.take(WINDOW) {
        let between = &folded[end..word.start];
        if !between.chars().all(|c| matches!(c, ' ' | '-' | '\'')) {
            return None;
        }
        end = word.end;
        let text = &folded[word];
        let bones = bones(text);
        // Jama'a is two words here, the second without a consonant.
        if PARTICLES.contains(&text) || bones.is_empty() {
            continue;
        }
        if bones != *next {
            return None;
        }
        match wanted.next() {
            Some(word) => next = word,
            None => return Some(end),
        }
    }
    None
}

/// Returns the consonants of a folded word, each written one way: `muslimin`, `mouslimine`, `muslimeen` are `mslmn`. A
/// feminine ending (`nusra`, `nusrat`, `nusratu`) is dropped.
fn bones(word: &str) -> String {
    let mut bones = String::with_capacity(word.len());
    write_bones(word, &mut bones);
    bones
}

/// Replaces the contents of `bones` with the consonants of a word.
fn write_bones(word: &str, bones: &mut String) {
    bones.clear();
    let word = word
        .strip_suffix("ou")
        .or_else(|| word.strip_suffix('u'))
        .unwrap_or(word);
    let word = word
        .strip_suffix("at")
        .or_else(|| word.strip_suffix("ah"))
        .unwrap_or(word);
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let bone = match letter {
            'd' if next == Some('j') => continue,
            'c' if next == Some('h') => 's',
            'p' if next == Some('h') => 'f',
            'q' | 'c' => 'k',
            'z' => 's',
            'v' => 'b',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' => continue,
            letter => letter,
        };
        if !bones.ends_with(bone) {
            bones.push(bone);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::groups::directory::groups;
    use crate::text::folded_text::fold;
    use crate::text::runs::runs;

    fn words(text: &str, capital: bool) -> impl Iterator<Item = (Range<usize>, bool)> + Clone {
        runs(text).map(move |word| (word, capital))
    }

    #[test]
    fn no_group_is_taken_for_another() {
        let mut skeletons = Skeletons::default();
        let named: Vec<_> = groups().collect();
        for (number, group) in named.iter().enumerate() {
            for name in &group.names {
                skeletons.add(&fold(name), TermId(number as u32));
            }
        }
        for (number, group) in named.iter().enumerate() {
            for name in &group.names {
                skeletons.find(&fold(name), words(&fold(name), true), |term, _| {
                    assert_eq!(term.0 as usize, number, "{name} of {} is taken for another", group.key)
                });
            }
        }
    }

    #[test]
    fn spellings_of_one_name_have_the_same_bones() {
        let mut skeletons = Skeletons::default();
        for (number, name) in [
            "jama'at nusrat al-islam wal-muslimin",
            "ansar al-sharia",
            "harakat al-shabaab al-mujahideen",
            "boko haram",
            "group to support islam and muslims",
        ]
        .iter()
        .enumerate()
        {
            skeletons.add(name, TermId(number as u32));
        }
        for (what, text, expected) in [
            (
                "as written",
                "jama'at nusrat al-islam wal-muslimin claims",
                Some((0, "jama'at nusrat al-islam wal-muslimin")),
            ),
            (
                "in French",
                "jamaatou nosrat el-islam wal mouslimine",
                Some((0, "jamaatou nosrat el-islam wal mouslimine")),
            ),
            (
                "without the articles",
                "jamaa nusra islam muslimeen",
                Some((0, "jamaa nusra islam muslimeen")),
            ),
            (
                "another",
                "harakat ash-shabab al-mujahidin",
                Some((2, "harakat ash-shabab al-mujahidin")),
            ),
            ("a part only", "jama'at nusrat al-islam", None),
            (
                "with a nominative",
                "jama'a nusra al-islam wal-muslimun",
                Some((0, "jama'a nusra al-islam wal-muslimun")),
            ),
            ("another word in it", "jama'at nusrat al-islam of the muslimin", None),
            ("a stop in it", "jama'at nusrat. al-islam wal-muslimin", None),
            ("too short to tell", "boku harom", None),
        ] {
            let mut found = Vec::new();
            skeletons.find(text, words(text, true), |term, range| {
                found.push((term.0, &text[range]))
            });
            assert_eq!(found.first().copied(), expected, "{what}");
        }
        let mut small = Vec::new();
        let name = "jama'at nusrat al-islam wal-muslimin";
        skeletons.find(name, words(name, false), |term, _| small.push(term));
        assert_eq!(small, [], "in small letters it is no name");
    }
}
