//! Words in scripts that do not part them, by the dictionary of the Unicode project (ICU; UAX 29).

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use crate::text::script;

static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// Characters on either side of a match that are read.
const AROUND: usize = 12;
/// A longer name is hardly ever a part of other words.
const LONGEST: usize = 3;

/// Whether a short match in Chinese, Japanese or Thai is begins within another word that ends within it: 日本 in 今日本報.
pub(crate) fn cuts_a_word(stream: &str, span: &Range<usize>) -> bool {
    let matched = &stream[span.clone()];
    let unspaced = |c: char| script::unspaced(c) && !script::katakana(c);
    if !matched.chars().all(unspaced) || matched.chars().count() > LONGEST {
        return false;
    }
    let before = stream[..span.start].char_indices().rev().take(AROUND);
    let begin = before
        .take_while(|(_, c)| unspaced(*c))
        .last()
        .map_or(span.start, |(at, _)| at);
    let after = stream[span.end..].char_indices().take(AROUND);
    let end = after
        .take_while(|(_, c)| unspaced(*c))
        .last()
        .map_or(span.end, |(at, c)| span.end + at + c.len_utf8());
    if begin == span.start {
        return false;
    }
    let (from, to) = (span.start - begin, span.end - begin);
    let passage = &stream[begin..end];
    let breaks: Vec<usize> = SEGMENTER.segment_str(passage).collect();
    breaks.windows(2).any(|word| {
        let joins = || passage[word[0]..].starts_with(JOINING);
        word[0] < from && from < word[1] && word[1] < to && !joins()
    })
}

/// What stands before a name and is no part of a word with it, though a dictionary of two languages may say so: 在日 in 在日本.
const JOINING: [char; 32] = [
    '在', '对', '對', '対', '与', '與', '和', '同', '跟', '向', '从', '從', '由', '自', '至', '到', '赴', '访', '訪',
    '驻', '駐', '抗', '反', '援', '离', '離', '于', '於', '及', '往', '被', '称',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_not_cut_out_of_other_words() {
        for (text, name, cut) in [
            ("今日本报讯记者走访市场", "日本", true),
            ("京都で国際会議", "京都", false),
            ("日本政府が発表", "日本", false),
            ("内蒙古煤矿事故", "蒙古", true),
            ("中美国会议员访问", "美国", true),
            ("访日本首相", "日本", false),
            ("在日本发生地震", "日本", false),
            ("马里军队称", "马里", false),
            ("北京市政府", "北京", false),
            ("南京市长江大桥", "南京", false),
            ("加沙地带遭空袭", "加沙", false),
            ("以色列空袭加沙", "加沙", false),
            ("苏丹武装冲突", "苏丹", false),
            ("乌克兰和俄罗斯谈判", "俄罗斯", false),
        ] {
            let start = text.find(name).unwrap();
            assert_eq!(cuts_a_word(text, &(start..start + name.len())), cut, "{name} in {text}");
        }
    }
}
