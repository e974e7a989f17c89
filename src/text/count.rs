//! Numbers of things in words for people.

/// Returns a number with its noun: "1 feed", "2 feeds", "3 deliveries", "4 watches".
pub fn count(number: usize, noun: &str) -> String {
    match (
        number,
        noun.strip_suffix('y')
            .filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])),
    ) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ if noun.ends_with("ch") || noun.ends_with("ss") => format!("{number} {noun}es"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn numbers_have_their_nouns() {
        for (number, noun, words) in [
            (1, "entry", "1 entry"),
            (0, "feed", "0 feeds"),
            (2, "entry", "2 entries"),
            (3, "watch", "3 watches"),
            (2, "day", "2 days"),
        ] {
            assert_eq!(count(number, noun), words);
        }
    }
}
