//! `how_close` of a watch: a passage, or a number of words.

use crate::config::schema::quoted;
use crate::config::values::{Check, Fields};
use wirewatch_recognition::{FURTHEST_WORDS, HowClose};

pub(crate) const HOW_CLOSE: &[&str] = &["same sentence", "same paragraph", "same article"];

/// `"same sentence"`, `"10 words"`.
pub(super) fn how_close(check: &mut Check<'_>, fields: &Fields<'_>) -> Option<HowClose> {
    let text = fields.text(check, "how_close")?;
    let written = text.text.trim().to_lowercase().replace(['_', '-'], " ");
    let passages = [HowClose::SameSentence, HowClose::SameParagraph, HowClose::SameArticle];
    if let Some(known) = HOW_CLOSE.iter().position(|word| *word == written) {
        return passages.get(known).copied();
    }
    let (number, unit) = written.split_at(written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len()));
    if !number.is_empty() && matches!(unit.trim(), "" | "word" | "words") {
        return match number.parse::<u16>() {
            Ok(words) if (1..=FURTHEST_WORDS).contains(&words) => {
                if unit.trim().is_empty() {
                    let what = format!("`how_close` does not say what {number} counts");
                    check.error(&text.at(), what, Some(format!("write how_close = \"{number} words\"")));
                    return None;
                }
                Some(HowClose::Words(words))
            }
            _ => {
                let what = format!("`how_close` is from 1 to {FURTHEST_WORDS} words");
                let mend = "write \"10 words\", or \"same paragraph\"".to_owned();
                check.error(&text.at(), what, Some(mend));
                None
            }
        };
    }
    let mend = match check.suggest.nearest(text.text, HOW_CLOSE.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("write {} or \"10 words\"", quoted(HOW_CLOSE).replace(" or ", ", ")),
    };
    check.error(&text.at(), format!("`how_close` cannot be `{}`", text.text), Some(mend));
    None
}
