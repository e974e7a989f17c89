//! Extracts the text of the article from a web page.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use serde_json::Value;
use url::Url;

use super::clean::{clean, too_deep};
use super::paragraphs::own_paragraphs;
use crate::html::plain::plain_string;

/// A page of more elements is a list of something, or hostile.
const MOST_ELEMENTS: usize = 60_000;

/// Returns the article in a web page as plain text, its paragraphs separated by blank lines.
///
/// Menus, lists of tags and related links are left out. Never panics.
///
/// # Errors
///
/// A sentence that says why the page has no article.
///
/// ```
/// let page = "<html><body><nav>Home</nav></body></html>";
/// assert!(wirewatch_syndication::extract(page, None).is_err());
/// ```
pub fn extract(page: &str, url: Option<&Url>) -> Result<String, String> {
    if too_deep(page) {
        return Err("the page is nested too deeply to be read".to_owned());
    }
    // The parser and the scorer are third-party code on strangers' pages.
    catch_unwind(AssertUnwindSafe(|| find(page, url))).unwrap_or_else(|_| Err("the page is beyond repair".to_owned()))
}

fn find(page: &str, url: Option<&Url>) -> Result<String, String> {
    let document = Document::from(page);
    let told = told_to_machines(&document);
    clean(&document);
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let read = Readability::with_document(document, url.map(Url::as_str), Some(config))
        .and_then(|mut readable| readable.parse())
        .map(|article| own_paragraphs(&plain_string(&article.content)));
    match (read, told) {
        (Ok(text), Some(told)) if told.len() > text.len() * 3 / 2 => Ok(told),
        (Ok(text), _) if !text.is_empty() => Ok(text),
        (_, Some(told)) => Ok(told),
        (_, None) => Err("no article was found in the page".to_owned()),
    }
}

/// Returns the `articleBody` that a page gives to search engines (schema.org, JSON-LD); some pages draw the article by
/// script alone.
fn told_to_machines(page: &Document) -> Option<String> {
    let scripts = page.select("script[type='application/ld+json']");
    let longest = scripts
        .iter()
        .filter_map(|script| {
            let value: Value = serde_json::from_str(script.text().trim()).ok()?;
            let body = article_body(&value)?;
            let marked = body.contains("</") || body.contains("<br");
            let text = if marked {
                body.to_owned()
            } else {
                lines_as_paragraphs(body)
            };
            Some(own_paragraphs(&plain_string(&text)))
        })
        .max_by_key(String::len)?;
    Some(longest).filter(|text| !text.is_empty())
}

fn article_body(value: &Value) -> Option<&str> {
    match value {
        Value::Object(fields) => match fields.get("articleBody") {
            Some(Value::String(body)) => Some(body),
            _ => fields.values().find_map(article_body),
        },
        Value::Array(values) => values.iter().find_map(article_body),
        _ => None,
    }
}

fn lines_as_paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{line}</p>")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_pages_end_soon_and_with_a_reason() {
        let nested = |tag: &str, times: usize| {
            format!(
                "{}x{}",
                format!("<{tag}>").repeat(times),
                format!("</{tag}>").repeat(times)
            )
        };
        let many = "<p>word</p>".repeat(70_000);
        let table = [
            ("nested without end", nested("div", 200_000)),
            ("nested bold", "<b>".repeat(100_000)),
            ("nested tables", "<table><tr><td>".repeat(50_000)),
            ("nothing", String::new()),
            ("too many elements", many),
            ("half a tag", "<div class=\"".to_owned()),
        ];
        for (case, page) in table {
            assert!(extract(&page, None).is_err(), "{case}");
        }
        // Deep, and still a page.
        let text = "The road from Gao was closed after the attack, and two lorries burned. ".repeat(10);
        let page = format!(
            "<html><body>{}<article><p>{text}</p></article></body></html>",
            "<div>".repeat(200)
        );
        assert!(extract(&page, None).unwrap().contains("two lorries burned"));
    }

    #[test]
    fn an_article_that_is_drawn_by_program_is_read_from_what_search_engines_are_told() {
        let page = r#"<html><head><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
            "articleBody": "Gunmen attacked a convoy near Gao.\nThree drivers are missing, and the road is closed until further notice, officials said."}]}</script>
            </head><body><div id="app">Loading</div></body></html>"#;
        let text = extract(page, None).unwrap();
        assert_eq!(
            text,
            "Gunmen attacked a convoy near Gao.\n\nThree drivers are missing, and the road is closed until further notice, officials said."
        );
    }
}
