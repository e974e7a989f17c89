//! Terms of a list that look like a query: `find = ["Mali AND attack"]`. A list reads them word by word.

use wirewatch_recognition::parse_query;

/// Returns what such a term is looked for as, and how to say what was meant; `None` for a plain term.
pub(super) fn query_like(written: &str) -> Option<(String, String)> {
    if written.starts_with(['/', '~', '@']) {
        return None;
    }
    of_a_field(written)
        .or_else(|| of_operators(written))
        .or_else(|| of_several(written))
}

/// `title:Mali`.
fn of_a_field(written: &str) -> Option<(String, String)> {
    let (field, value) = written.split_once(':')?;
    let value = value.trim().trim_matches('"');
    let (field, instead) = match field.trim().to_lowercase().as_str() {
        _ if value.is_empty() || value.starts_with("//") => return None,
        "title" | "intitle" => ("title", "look_in = \"title\"".to_owned()),
        "text" | "intext" | "body" => ("text", "look_in = \"text\"".to_owned()),
        "feed" | "source" => ("feed", format!("feeds = [\"{value}\"]")),
        _ => return None,
    };
    let query = match value.contains(char::is_whitespace) {
        true => format!("{field}:\"{value}\""),
        false => format!("{field}:{value}"),
    };
    let what = format!("`{written}` is looked for word by word: a list knows no `{field}:`");
    let mend = format!("write {instead} into the watch, or query = '{query}' in place of the lists");
    Some((what, mend))
}

/// `Mali AND attack`, `Mali && attack`, `Mali -football`.
fn of_operators(written: &str) -> Option<(String, String)> {
    let words: Vec<&str> = written.split_whitespace().collect();
    let mut first = None;
    let mut query = Phrases::default();
    for (at, word) in words.iter().copied().enumerate() {
        let (begins, ends) = (at == 0, at + 1 == words.len());
        let near = |prefix: &str| {
            let words = word.strip_prefix(prefix)?;
            words.parse::<u16>().ok().map(|words| format!("NEAR/{words}"))
        };
        let operator = match word {
            "AND" | "OR" | "SENT" | "PARA" | "NEAR" => Some(word.to_owned()),
            "NOT" if begins || matches!(words[at - 1], "AND" | "OR") => Some("NOT".to_owned()),
            "NOT" => Some("AND NOT".to_owned()),
            "&&" | "+" => Some("AND".to_owned()),
            "||" | "|" => Some("OR".to_owned()),
            _ => near("NEAR/").or_else(|| near("W/")),
        };
        let operator = operator.filter(|_| !ends && (!begins || word == "NOT"));
        let signed = |sign: char| {
            let rest = word.strip_prefix(sign).filter(|_| !begins)?;
            rest.starts_with(char::is_alphabetic).then_some(rest)
        };
        let (operator, rest) = match (operator, signed('-'), signed('+')) {
            (Some(operator), ..) => (operator, None),
            (None, Some(rest), _) => ("AND NOT".to_owned(), Some(rest)),
            (None, None, Some(rest)) => ("AND".to_owned(), Some(rest)),
            (None, None, None) => {
                query.word(word);
                continue;
            }
        };
        first.get_or_insert(word);
        query.operator(&operator);
        if let Some(rest) = rest {
            query.word(rest);
        }
    }
    let first = first?;
    let what = format!("`{written}` is looked for word by word: `{first}` says nothing in a list");
    let query = query.finished();
    let mend = if parse_query(&query).faults.is_empty() {
        format!("write query = {} in place of the lists", in_quotes(&query))
    } else {
        "write it as a query: query = 'attack AND (Mali OR Niger)'".to_owned()
    };
    Some((what, mend))
}

/// A query as it is put together: words side by side become a phrase in quotes.
#[derive(Default)]
struct Phrases<'a> {
    parts: Vec<String>,
    phrase: Vec<&'a str>,
}

impl<'a> Phrases<'a> {
    fn word(&mut self, word: &'a str) {
        let bare = word.trim_start_matches('(');
        if bare.len() < word.len() {
            self.end_phrase();
            self.parts.push("(".repeat(word.len() - bare.len()));
        }
        let inner = bare.trim_end_matches(')');
        if !inner.is_empty() {
            self.phrase.push(inner);
        }
        if inner.len() < bare.len() {
            self.end_phrase();
            self.parts.push(")".repeat(bare.len() - inner.len()));
        }
    }

    fn operator(&mut self, operator: &str) {
        self.end_phrase();
        self.parts.push(operator.to_owned());
    }

    fn end_phrase(&mut self) {
        let phrase = std::mem::take(&mut self.phrase).join(" ");
        match phrase.contains([' ', '\'', ':']) {
            true => self.parts.push(format!("\"{phrase}\"")),
            false if phrase.is_empty() => {}
            false => self.parts.push(phrase),
        }
    }

    fn finished(mut self) -> String {
        self.end_phrase();
        self.parts.join(" ").replace("( ", "(").replace(" )", ")")
    }
}

/// `Bamako; Kayes`, `Bamako, Kayes, Gao`: one comma can stand in a name (`Newport, Wales`), more make a list.
fn of_several(written: &str) -> Option<(String, String)> {
    let sign = match (written.contains(';'), written.matches(',').count() > 1) {
        (true, _) => ';',
        (false, true) => ',',
        (false, false) => return None,
    };
    let parts: Vec<String> = written
        .split(sign)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| format!("\"{part}\""))
        .collect();
    (parts.len() > 1).then(|| {
        let what = format!("`{written}` is looked for as one phrase, word by word");
        (what, format!("write each as a text of its own: [{}]", parts.join(", ")))
    })
}

/// As TOML writes it.
fn in_quotes(query: &str) -> String {
    match query.contains('\'') {
        true => format!("\"{}\"", query.replace('\\', "\\\\").replace('"', "\\\"")),
        false => format!("'{query}'"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_in_a_list_is_told_with_the_query_it_could_be() {
        for (written, expected) in [
            ("Mali AND attack", "query = 'Mali AND attack'"),
            ("attack OR raid", "query = 'attack OR raid'"),
            ("JNIM AND (attack OR raid)", "query = 'JNIM AND (attack OR raid)'"),
            ("Mali AND NOT football", "query = 'Mali AND NOT football'"),
            ("Mali NOT football", "query = 'Mali AND NOT football'"),
            ("NOT football", "write it as a query"),
            ("army NEAR/10 Kidal", "query = 'army NEAR/10 Kidal'"),
            ("army W/5 Kidal", "query = 'army NEAR/5 Kidal'"),
            ("army SENT Kidal", "query = 'army SENT Kidal'"),
            ("army PARA Kidal", "query = 'army PARA Kidal'"),
            ("Mali && attack", "query = 'Mali AND attack'"),
            ("Mali || Niger", "query = 'Mali OR Niger'"),
            ("Mali | Niger", "query = 'Mali OR Niger'"),
            ("Mali + attack", "query = 'Mali AND attack'"),
            ("attack -football", "query = 'attack AND NOT football'"),
            ("attack +Mali", "query = 'attack AND Mali'"),
            ("Fada N'Gourma AND attack", r#"query = "\"Fada N'Gourma\" AND attack""#),
            ("Burkina Faso AND attack", "query = '\"Burkina Faso\" AND attack'"),
            (
                "(Burkina Faso OR Mali) AND coup",
                "query = '(\"Burkina Faso\" OR Mali) AND coup'",
            ),
            ("title:Mali", "look_in = \"title\""),
            ("Title: Mali", "query = 'title:Mali'"),
            ("intitle:coup", "query = 'title:coup'"),
            ("title:\"Burkina Faso\"", "query = 'title:\"Burkina Faso\"'"),
            ("text:coup", "look_in = \"text\""),
            ("feed:africa", "feeds = [\"africa\"]"),
            ("Bamako; Kayes", "[\"Bamako\", \"Kayes\"]"),
            ("Bamako, Kayes, Gao", "[\"Bamako\", \"Kayes\", \"Gao\"]"),
        ] {
            let (_, mend) = query_like(written).unwrap_or_else(|| panic!("{written} is no plain term"));
            assert!(mend.contains(expected), "{written}: {mend}");
        }
    }

    #[test]
    fn plain_terms_are_left_alone() {
        for written in [
            "Mali",
            "Trinidad and Tobago",
            "Newport, Wales",
            "Johnson & Johnson",
            "F-16",
            "AND",
            "search AND",
            "Saint-Louis",
            "C++",
            "http://evil.example/",
            "Operation: Barkhane",
            "/Mali AND attack/",
            "~attack",
            "@jnim",
            "NOTAM",
            "porte-t-il",
        ] {
            assert_eq!(query_like(written), None, "{written}");
        }
    }
}
