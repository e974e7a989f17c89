//! Removes the parts of a page that are not its article, whatever their words: menus, lists of tags, boxes of related
//! links, forms.

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};

use crate::parse::tag_depth;

/// Deeper nesting is no page that a person wrote; the parser's time grows with its square.
pub(crate) const DEEPEST: usize = 600;

/// Elements that are never part of a text.
const NEVER: &str = "script, style, noscript, template, svg, iframe, object, canvas, nav, menu, dialog, select, button, \
                     [hidden], [role=navigation], [role=dialog], [role=alertdialog], [rel~=tag]";

/// Words in a class or id that name a box beside an article.
const BESIDE: &[&str] = &[
    "tag",
    "tags",
    "tagged",
    "taglist",
    "keyword",
    "keywords",
    "topics",
    "taxonomy",
    "etiquettes",
    "motscles",
    "related",
    "relatedposts",
    "recommended",
    "recommendation",
    "recommendations",
    "recirculation",
    "recirc",
    "readmore",
    "readalso",
    "lireaussi",
    "alire",
    "suggestions",
    "trending",
    "popular",
    "mostread",
    "teasers",
    "promo",
    "newsletter",
    "subscribe",
    "subscription",
    "abonnement",
    "share",
    "sharing",
    "social",
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "advert",
    "advertisement",
    "sponsored",
    "outbrain",
    "taboola",
    "sidebar",
    "pagination",
    "copyright",
];

/// Maximum characters of a block of links.
const SHORT: usize = 400;

/// The amount of text in an element, and of linked text, in characters.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    text: usize,
    linked: usize,
    /// Its longest paragraph that is not a link.
    longest: usize,
}

impl Weight {
    fn is_linked(self, percent: usize) -> bool {
        self.text > 0 && self.linked * 100 >= self.text * percent
    }
}

/// Whether a page is nested too deeply to be parsed.
pub(crate) fn too_deep(page: &str) -> bool {
    tag_depth(page, DEEPEST + 1) > DEEPEST
}

/// Removes everything that is not part of the article.
pub(crate) fn clean(page: &Document) {
    page.select(NEVER).remove();
    let headlines = page.select("h1");
    if headlines.length() == 1 {
        // The entry has its title already.
        headlines.remove();
    }
    let weights = weigh(page);
    let of = |node: &NodeRef<'_>| weights.get(&node.id).copied().unwrap_or_default();
    let Some(body) = page.body() else { return };
    let whole = of(&body).text;
    let beside: Vec<NodeRef<'_>> = body
        .descendants()
        .into_iter()
        .filter(|node| node.is_element() && is_beside(node, of(node), whole))
        .collect();
    for node in beside {
        node.remove_from_parent();
    }
}

fn is_beside(node: &NodeRef<'_>, weight: Weight, whole: usize) -> bool {
    let Some(name) = node.node_name() else { return false };
    match name.as_ref() {
        "main" | "article" | "html" | "body" => false,
        "aside" | "footer" => weight.text * 3 <= whole || weight.is_linked(40),
        "ul" | "ol" | "dl" | "p" | "div" | "section" | "span" | "table" if linked_block(node, weight) => true,
        _ => named_beside(node) && (weight.is_linked(40) || (weight.text * 4 <= whole && weight.longest < 200)),
    }
}

/// Whether an element is almost only links: a menu, a list of tags, "read also".
fn linked_block(node: &NodeRef<'_>, weight: Weight) -> bool {
    let inline = node.node_name().is_some_and(|name| name.as_ref() == "span");
    weight.text <= SHORT && weight.is_linked(75) && !(inline && inside_text(node))
}

/// Whether a span of links is inside a sentence.
fn inside_text(node: &NodeRef<'_>) -> bool {
    node.parent()
        .and_then(|parent| parent.node_name())
        .is_some_and(|name| matches!(name.as_ref(), "p" | "a" | "li" | "em" | "strong" | "b" | "i" | "span"))
}

fn named_beside(node: &NodeRef<'_>) -> bool {
    ["class", "id", "data-component", "data-testid"]
        .iter()
        .filter_map(|name| node.attr(name))
        // `tag-mali` on an article names its subject: only a name that ends with the word names a box.
        .any(|value| {
            value
                .split_ascii_whitespace()
                .any(|name| last_words(name).any(|word| BESIDE.contains(&word.as_str())))
        })
}

/// Returns the last words of a name: `relatedPosts-box` → `relatedposts` (the last two as one), `posts`, and the words
/// before a common ending.
fn last_words(name: &str) -> impl Iterator<Item = String> {
    const ENDINGS: &[&str] = &[
        "box",
        "block",
        "list",
        "container",
        "wrapper",
        "wrap",
        "section",
        "links",
        "link",
        "items",
        "item",
        "bar",
        "area",
        "module",
        "widget",
        "inner",
        "content",
        "articles",
        "posts",
        "stories",
        "buttons",
        "icons",
        "form",
        "banner",
    ];
    let mut words: Vec<String> = Vec::new();
    let mut last_small = false;
    for char in name.chars() {
        if !char.is_alphanumeric() {
            last_small = false;
            words.push(String::new());
            continue;
        }
        if char.is_uppercase() && last_small || words.is_empty() {
            words.push(String::new());
        }
        last_small = char.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(char.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    let all = words.concat();
    while words.len() > 1 && words.last().is_some_and(|word| ENDINGS.contains(&word.as_str())) {
        words.pop();
    }
    let last = words.last().cloned().unwrap_or_default();
    let two = words[words.len().saturating_sub(2)..].concat();
    [last, two, all].into_iter()
}

/// Measures every element in one pass over the texts.
fn weigh(page: &Document) -> HashMap<NodeId, Weight> {
    let mut weights: HashMap<NodeId, Weight> = HashMap::new();
    for node in page.root().descendants_it().filter(NodeRef::is_text) {
        let length = visible(&node.text());
        if length == 0 {
            continue;
        }
        let above = node.ancestors(None);
        let linked = above
            .iter()
            .any(|node| node.node_name().is_some_and(|name| name.as_ref() == "a"));
        let mut paragraph = None;
        for node in above {
            let weight = weights.entry(node.id).or_default();
            weight.text += length;
            weight.linked += if linked { length } else { 0 };
            if node.node_name().is_some_and(|name| name.as_ref() == "p") {
                paragraph = Some(weight.text - weight.linked);
            }
            weight.longest = weight.longest.max(paragraph.unwrap_or(0));
        }
    }
    weights
}

/// Returns the number of characters that are not white space.
fn visible(text: &str) -> usize {
    text.chars().filter(|char| !char.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_known_by_the_end_of_its_name() {
        let table = [
            ("a list of tags", "post-tags", true),
            ("in one word", "taglist", true),
            ("written as in JavaScript", "relatedPosts", true),
            ("with what all boxes are called", "article__related-box", true),
            ("two words as one", "lire-aussi", true),
            ("a subject that the article has", "tag-mali", false),
            ("a line below a headline", "tagline", false),
            ("a stage of something", "stage", false),
            ("an article", "article-body", false),
        ];
        for (case, name, beside) in table {
            assert_eq!(
                last_words(name).any(|word| BESIDE.contains(&word.as_str())),
                beside,
                "{case}: {name}"
            );
        }
    }
}
