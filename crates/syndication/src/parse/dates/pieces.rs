//! Cuts a written date into runs of digits, letters, space and signs.

use unicode_normalization::UnicodeNormalization;

/// A run of one kind of character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Number { value: u64, len: usize },
    Word(String),
    Space,
    Sign(char),
}

/// Digits of any script and of full width become ASCII digits; letters lose case and diacritics.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    if text.is_ascii() {
        for byte in text.bytes() {
            add(&mut pieces, char::from(byte.to_ascii_lowercase()));
        }
        return pieces;
    }
    let folded = text
        .nfkd()
        .filter(|char| !unicode_normalization::char::is_combining_mark(*char))
        .flat_map(char::to_lowercase);
    // NFKD decomposes Hangul; compose it again.
    for char in folded.nfc() {
        add(
            &mut pieces,
            match char {
                // Persian and Urdu letters that are others in Arabic.
                'ی' | 'ے' => 'ي',
                'ک' => 'ك',
                'ہ' => 'ه',
                char => char,
            },
        );
    }
    pieces
}

fn add(pieces: &mut Vec<Piece>, char: char) {
    let digit = char.to_digit(10).or_else(|| eastern_digit(char));
    match (digit, pieces.last_mut()) {
        (Some(digit), Some(Piece::Number { value, len })) => {
            *value = value.saturating_mul(10).saturating_add(u64::from(digit));
            *len += 1;
        }
        (Some(digit), _) => pieces.push(Piece::Number {
            value: u64::from(digit),
            len: 1,
        }),
        (None, last) if char.is_alphabetic() => match last {
            Some(Piece::Word(word)) if !is_unit(char) && !word.chars().all(is_unit) => word.push(char),
            _ => pieces.push(Piece::Word(char.to_string())),
        },
        (None, last) if char.is_whitespace() => {
            if last != Some(&mut Piece::Space) {
                pieces.push(Piece::Space);
            }
        }
        (None, _) => pieces.push(Piece::Sign(if matches!(char, '\u{2212}' | '–' | '‐' | '‑') {
            '-'
        } else {
            char
        })),
    }
}

fn eastern_digit(char: char) -> Option<u32> {
    /// The digit zero of each script: Arabic, Persian, Devanagari, Bengali, Gujarati, Tamil, Telugu, Thai, Lao, Burmese,
    /// Khmer.
    const ZEROS: [u32; 11] = [
        0x660, 0x6f0, 0x966, 0x9e6, 0xae6, 0xbe6, 0xc66, 0xe50, 0xed0, 0x1040, 0x17e0,
    ];
    let code = u32::from(char);
    let zero = ZEROS.into_iter().find(|zero| (*zero..*zero + 10).contains(&code))?;
    Some(code - zero)
}

/// Whether a character means year, month, day, hour, minute or second in Chinese, Japanese or Korean.
fn is_unit(char: char) -> bool {
    matches!(
        char,
        '年' | '月' | '日' | '時' | '时' | '点' | '分' | '秒' | '년' | '월' | '일' | '시' | '분' | '초'
    )
}
