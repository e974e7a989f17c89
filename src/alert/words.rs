//! The words of a text, folded: stands in until `crate::watch` gives them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Lower case, without diacritics, in the order of the text.
pub fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '’' | '‘' | '\'') { ' ' } else { c })
        .collect();
    folded.unicode_words().map(str::to_owned).collect()
}
