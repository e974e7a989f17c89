//! Secrets taken out of words that came from the other side: a server may repeat what it was sent.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Shorter ones are found in any text by chance.
const SHORTEST: usize = 4;

/// Returns the text with `***` in place of each secret: as it is, percent-encoded, or as base64.
pub fn scrubbed(text: &str, secrets: &[&str]) -> String {
    let mut forms: Vec<String> = secrets
        .iter()
        .filter(|secret| secret.len() >= SHORTEST)
        .flat_map(|secret| forms(secret))
        .collect();
    // The longest first: one may be a part of another.
    forms.sort_unstable_by_key(|form| std::cmp::Reverse(form.len()));
    forms
        .iter()
        .fold(text.to_owned(), |text, form| match text.contains(form.as_str()) {
            true => text.replace(form.as_str(), "***"),
            false => text,
        })
}

fn forms(secret: &str) -> impl Iterator<Item = String> {
    let in_form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let encoded = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let coded = [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD].map(|engine| engine.encode(secret));
    [secret.to_owned(), encoded, in_form].into_iter().chain(coded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_taken_out_in_every_form() {
        let secret = "pä ss/wörd?";
        let table = [
            ("as it is", "535 no pä ss/wörd? here", "535 no *** here"),
            ("percent-encoded", "no p%C3%A4%20ss%2Fw%C3%B6rd%3F here", "no *** here"),
            (
                "as a form writes it",
                "no p%C3%A4+ss%2Fw%C3%B6rd%3F here",
                "no *** here",
            ),
            ("as base64", "no cMOkIHNzL3fDtnJkPw== here", "no *** here"),
            ("as base64 without its end", "no cMOkIHNzL3fDtnJkPw here", "no *** here"),
            ("not there", "535 5.7.8 no", "535 5.7.8 no"),
        ];
        for (case, said, expected) in table {
            assert_eq!(scrubbed(said, &[secret]), expected, "{case}");
        }
        assert_eq!(scrubbed("an end", &["an"]), "an end", "too short to be told from words");
        assert_eq!(scrubbed("abcdef abcd", &["abcd", "abcdef"]), "*** ***");
    }
}
