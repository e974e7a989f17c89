//! What a site asks of programs in its robots.txt (RFC 9309).

use url::Url;

/// Our product token, as it stands in the User-Agent.
const AGENT: &str = "wirewatch";
/// Rules beyond are not read: no person wrote them, and each costs time at every page.
const MOST_RULES: usize = 10_000;
const LONGEST_RULE: usize = 2_000;

/// The rules of a site that are meant for us.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Robots {
    /// Whether it allows, and what: an encoded pattern in which `*` stands for anything, and `$` at its end for the end.
    rules: Vec<(bool, String)>,
}

impl Robots {
    /// Everything is allowed: there is no such file.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the rules of the groups that name us, else of those for everybody (RFC 9309 §2.2.1).
    pub fn parse(text: &str) -> Self {
        let (mut ours, mut everybodys) = (Vec::new(), Vec::new());
        let (mut named_us, mut for_us, mut for_all, mut in_agents) = (false, false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" => {
                    if !in_agents {
                        (for_us, for_all) = (false, false);
                    }
                    in_agents = true;
                    for_all |= value == "*";
                    let token = value
                        .split(|char: char| !char.is_ascii_alphabetic() && !"-_".contains(char))
                        .next();
                    let us = token.is_some_and(|token| token.eq_ignore_ascii_case(AGENT));
                    (for_us, named_us) = (for_us || us, named_us || us);
                }
                "allow" | "disallow" => {
                    in_agents = false;
                    // An empty one says nothing (§2.2.2).
                    if value.is_empty() || value.len() > LONGEST_RULE {
                        continue;
                    }
                    let rule = (key == "allow", encoded(value));
                    for (meant, rules) in [(for_us, &mut ours), (for_all, &mut everybodys)] {
                        if meant && rules.len() < MOST_RULES {
                            rules.push(rule.clone());
                        }
                    }
                }
                // Other lines, `Sitemap` among them, end no group (§2.2.4).
                _ => {}
            }
        }
        Self {
            rules: if named_us { ours } else { everybodys },
        }
    }

    /// Whether a page may be asked for: by the longest rule that matches, of equal ones by the one that allows (§2.2.2).
    pub fn allow(&self, url: &Url) -> bool {
        let mut path = url.path().to_owned();
        if path == "/robots.txt" {
            return true;
        }
        if let Some(query) = url.query() {
            path.extend(["?", query]);
        }
        let path = encoded(&path);
        let matching = self.rules.iter().filter(|(_, pattern)| matches(pattern, &path));
        matching
            .max_by_key(|(allows, pattern)| (pattern.len(), *allows))
            .is_none_or(|(allows, _)| *allows)
    }
}

/// One way of writing each path: what needs no percent sign has none, other bytes have one with capitals (§2.2.2).
fn encoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (value, escaped) = match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => (u8::try_from(high * 16 + low).unwrap_or_default(), true),
            _ => (*byte, false),
        };
        let plain = value.is_ascii_alphanumeric() || b"-._~".contains(&value);
        if plain || (!escaped && value.is_ascii_graphic()) {
            out.push(char::from(value));
        } else {
            out.push_str(&format!("%{value:02X}"));
        }
        at += if escaped { 3 } else { 1 };
    }
    out
}

/// Each part between stars at its first place after the one before: no other choice can match more.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut last_part = None;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        last_part = Some((part, rest));
        rest = &rest[at + part.len()..];
    }
    match (to_the_end, last_part) {
        (false, _) => true,
        (true, None) => rest.is_empty(),
        (true, Some((part, before))) => before.ends_with(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_for_only_where_the_site_allows_it() {
        const EVERYBODY: &str = "User-agent: *\nDisallow: /private/\nAllow: /private/news\n";
        const US: &str =
            "User-agent: OtherBot\nUser-Agent: WIREWATCH/1.0 # us\nDisallow: /\n\nUser-agent: *\nAllow: /\n";
        let table = [
            ("no file", "", "/a", true),
            ("a folder", EVERYBODY, "/private/a", false),
            ("the longer rule", EVERYBODY, "/private/news/1", true),
            ("elsewhere", EVERYBODY, "/a", true),
            ("we are named, and it is ours alone", US, "/a", false),
            ("another is named", "User-agent: wirewatcher\nDisallow: /", "/a", true),
            ("the file itself", US, "/robots.txt", true),
            ("nothing is disallowed", "User-agent: *\nDisallow:", "/a", true),
            ("a star", "User-agent: *\nDisallow: /*/print", "/2026/a/print?x", false),
            ("an end", "User-agent: *\nDisallow: /*.php$", "/a.php", false),
            (
                "more after the end",
                "User-agent: *\nDisallow: /*.php$",
                "/a.php?id=1",
                true,
            ),
            (
                "the last of several ends",
                "User-agent: *\nDisallow: /*a$",
                "/aba",
                false,
            ),
            ("a query", "User-agent: *\nDisallow: /?s=", "/?s=mali", false),
            ("equal rules", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true),
            (
                "written in letters",
                "User-agent: *\nDisallow: /société",
                "/soci%C3%A9t%c3%a9/1",
                false,
            ),
            (
                "written with needless signs",
                "User-agent: *\nDisallow: /%61bc",
                "/abc",
                false,
            ),
            (
                "two groups for everybody",
                "User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: *\nDisallow: /b",
                "/b",
                false,
            ),
            (
                "a map of the site between",
                "User-agent: *\nSitemap: https://a.example/s\nDisallow: /b",
                "/b",
                false,
            ),
            ("a mark before it", "\u{feff}User-agent: *\nDisallow: /b", "/b", false),
            (
                "not a file of rules",
                "<html><body>Not found: Disallow: /</body></html>",
                "/b",
                true,
            ),
        ];
        for (case, text, path, allowed) in table {
            let url = Url::parse("https://a.example").unwrap().join(path).unwrap();
            assert_eq!(Robots::parse(text).allow(&url), allowed, "{case}");
        }
    }

    #[test]
    fn rules_that_are_made_to_keep_us_busy_do_not() {
        let stars = format!("User-agent: *\nDisallow: /{}b$", "*a".repeat(900));
        let url = Url::parse(&format!("https://a.example/{}", "a".repeat(4000))).unwrap();
        assert!(Robots::parse(&stars.repeat(200)).allow(&url));
    }
}
