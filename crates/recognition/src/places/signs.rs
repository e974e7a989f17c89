//! Countries that Chinese and Japanese headlines name by one sign: 俄军, 访华, 日美会谈, 英首相. Only beside words that
//! leave no doubt; and longer words that have the name of a country in them: 印度洋, 今日本.

use super::context::{Setting, Standing};
use super::find::{Found, NameId};
use super::resolve::{Candidate, SenseWeights, reading};
use super::sign_tables::{CHINESE, JAPANESE, Signs};
use crate::document::Field;
use crate::gazetteer::{Gazetteer, NameKind};
use crate::text::script;

/// Adds the countries that signs name, and takes out names inside of longer words.
pub(super) fn add_signs<'t>(
    field: Field,
    setting: &Setting<'t>,
    weights: &SenseWeights,
    candidates: &mut Vec<Candidate<'t>>,
) {
    let signs = match setting.language {
        Some("zh") => &CHINESE,
        Some("ja") => &JAPANESE,
        _ => return,
    };
    let tokens = setting.tokens;
    let stream = &tokens.folded.text;
    let gazetteer = Gazetteer::built_in();
    for (at, token) in tokens.list.iter().enumerate() {
        let run = &stream[token.stream.clone()];
        if !run.starts_with(script::unspaced) {
            continue;
        }
        let mut before = None;
        let mut skip_to = 0;
        for (offset, sign) in run.char_indices() {
            let previous = before.replace(sign);
            if offset < skip_to {
                continue;
            }
            let start = token.stream.start + offset;
            let rest = &run[offset..];
            if let Some(other) = signs.others.iter().find(|other| rest.starts_with(**other)) {
                let end = start + other.len();
                candidates.retain(|one| one.found.start >= end || one.found.end <= start);
                skip_to = offset + other.len();
                continue;
            }
            let Some(named) = signs.named(previous, rest) else {
                continue;
            };
            let width = sign.len_utf8();
            for (number, country) in named.into_iter().flatten().enumerate() {
                let start = start + number * width;
                let end = start + width;
                let taken = candidates
                    .iter()
                    .any(|one| one.found.start < end && start < one.found.end && one.standing.is_place());
                let Some(spot) = gazetteer
                    .country(country)
                    .and_then(|place| gazetteer.spot(place.number))
                else {
                    continue;
                };
                if taken {
                    continue;
                }
                let found = Found {
                    first: at,
                    last: at,
                    start,
                    end,
                    key: stream[start..end].into(),
                    name: NameId::beyond(&format!("sign:{country}")),
                };
                let senses = vec![reading(spot, NameKind::Demonym, weights)];
                candidates.push(Candidate::new(field, found, senses, Standing::Firm));
                skip_to = offset + (number + 1) * width;
            }
        }
    }
}

impl Signs {
    /// The countries that the signs at the beginning of `rest` name: one, or two beside each other.
    fn named(&self, previous: Option<char>, rest: &str) -> Option<[Option<&'static str>; 2]> {
        let mut letters = rest.chars();
        let (first, second) = (letters.next()?, letters.next());
        let one = self.country(first)?;
        let behind = &rest[first.len_utf8()..];
        if previous.is_none()
            && let Some(second) = second
            && let Some(other) = self.country(second).filter(|other| *other != one)
        {
            let behind = &behind[second.len_utf8()..];
            if behind.is_empty() || self.both.iter().any(|word| behind.starts_with(word)) {
                return Some([Some(one), Some(other)]);
            }
        }
        // 以军事手段 is “by military means”; 中军, 华军 are no armies of today.
        let army = |word: &str| matches!(word, "军" | "軍");
        let noun = self.nouns.iter().find(|word| behind.starts_with(**word));
        if let Some(noun) = noun {
            let longer = army(noun) && behind[noun.len()..].starts_with(['事', '人', '备', '備', '队', '隊']);
            let begins = previous.is_none() || (army(noun) && !matches!(first, '中' | '华' | '華' | '加' | '日'));
            if begins && !longer {
                return Some([Some(one), None]);
            }
        }
        let leads = previous.is_some_and(|letter| self.before.iter().any(|word| word.starts_with(letter)));
        let ends = behind.is_empty() || matches!(first, '华' | '華');
        (leads && ends).then_some([Some(one), None])
    }

    fn country(&self, sign: char) -> Option<&'static str> {
        self.countries
            .iter()
            .find(|(one, _)| *one == sign)
            .map(|(_, country)| *country)
    }
}
