//! Addresses of feeds, as people and lists write them.

use std::collections::HashMap;
use std::path::Path;

use url::Url;

use super::paths::tidy;
use crate::config::source::{At, Place, Severity, Written};
use crate::config::values::{Check, Fields, kind};

/// `titles = { "https://…" = "…" }`, by the addresses as they are asked.
pub(super) fn titles(check: &mut Check<'_>, fields: &Fields<'_>) -> HashMap<Url, String> {
    let Some(node) = fields.node("titles") else {
        return HashMap::new();
    };
    let Written::Table(children) = &node.value else {
        fields.wrong(check, "titles", node);
        return HashMap::new();
    };
    let mut titles = HashMap::with_capacity(children.len());
    for (url, title) in children {
        match (address(check, url), &title.value) {
            (Ok(url), Written::Text(title)) => {
                titles.insert(url, title.trim().to_owned());
            }
            (Err((what, mend)), _) => check.error(&At::Key(title.at), what, mend),
            (_, other) => check.error(
                &At::Value(title.at),
                format!("a title should be a text in quotes, and this is {}", kind(other)),
                None,
            ),
        }
    }
    titles
}

/// Returns the address that a list from elsewhere means: `feed:` stands before it in some readers. Such a list names no
/// files of this machine.
pub fn listed_address(written: &str) -> Result<String, (String, Option<String>)> {
    let plain = written.trim();
    let scheme = |name: &str| {
        plain
            .get(..name.len())
            .filter(|start| start.eq_ignore_ascii_case(name))
            .map(|_| &plain[name.len()..])
    };
    let local = |text: &str| {
        text.trim_start_matches('/')
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("file:"))
    };
    if local(plain) || scheme("feed:").is_some_and(local) {
        return Err((
            "a list from elsewhere names a file of this machine".to_owned(),
            Some("write it into `urls` if you mean it".to_owned()),
        ));
    }
    Ok(match scheme("feed:") {
        Some(rest) => match rest.trim_start_matches('/') {
            whole
                if whole.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http")) && whole.contains("://") =>
            {
                whole.to_owned()
            }
            rest => format!("https://{rest}"),
        },
        None => plain.to_owned(),
    })
}

pub(super) fn missing_file(check: &mut Check<'_>, place: &Place, url: &Url) {
    if url.scheme() == "file" && !url.to_file_path().is_ok_and(|path| check.outside.is_file(&path)) {
        check.say(
            Severity::Warning,
            place.clone(),
            format!("there is no file {} yet", url.path()),
            Some("put it there, or correct the name".to_owned()),
        );
    }
}

/// A feed's URL: `https:`, `http:`, or `file:` relative to the configuration folder.
pub(super) fn address(check: &Check<'_>, written: &str) -> Result<Url, (String, Option<String>)> {
    let plain = written.trim();
    let folder = check.outside.folder();
    if let Some(path) = plain.strip_prefix("file:").filter(|path| !path.starts_with("//")) {
        return local(&folder.join(path)).ok_or_else(|| (format!("`{plain}` is not a file's address"), None));
    }
    if plain.chars().any(char::is_whitespace) {
        return Err((
            format!("`{plain}` has a space in it"),
            Some("write each address as a text of its own".to_owned()),
        ));
    }
    match Url::parse(plain) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            let mut url = url;
            url.set_fragment(None);
            Ok(url)
        }
        Ok(url) if url.scheme() == "file" => match url.to_file_path() {
            Ok(path) => local(&path).ok_or_else(|| (format!("`{plain}` is not a file's address"), None)),
            Err(()) => Err((
                format!("`{plain}` is not a file's address"),
                Some("write \"file:NAME.xml\"".to_owned()),
            )),
        },
        Ok(url) if url.scheme() == "feed" => {
            let rest = plain.trim_start_matches("feed:").trim_start_matches("//");
            let near = if rest.starts_with("http") {
                rest.to_owned()
            } else {
                format!("https://{rest}")
            };
            Err((
                "`feed:` is not an address to ask".to_owned(),
                Some(format!("did you mean \"{near}\"?")),
            ))
        }
        Ok(url) if plain.contains("://") => Err((
            format!("`{}:` is not an address to ask", url.scheme()),
            Some("feeds are read from https://, http:// and file:".to_owned()),
        )),
        _ if check.outside.is_file(&folder.join(plain)) => Err((
            format!("`{plain}` is not an address"),
            Some(format!("did you mean \"file:{plain}\"?")),
        )),
        _ if plain
            .split('/')
            .next()
            .is_some_and(|host| host.contains('.') && !host.starts_with('.')) =>
        {
            Err((
                format!("`{plain}` does not begin with https://"),
                Some(format!("did you mean \"https://{plain}\"?")),
            ))
        }
        _ => Err((
            format!("`{plain}` is not an address"),
            Some("write \"https://…\", or \"file:NAME.xml\" for a file in the configuration folder".to_owned()),
        )),
    }
}

fn local(path: &Path) -> Option<Url> {
    Url::from_file_path(tidy(path)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_lists_are_those_that_they_mean() {
        let table = [
            ("https://a.example/rss", Some("https://a.example/rss")),
            (" https://a.example/rss ", Some("https://a.example/rss")),
            ("feed://a.example/rss", Some("https://a.example/rss")),
            ("feed:https://a.example/rss", Some("https://a.example/rss")),
            ("FEED:HTTP://a.example/rss", Some("HTTP://a.example/rss")),
            ("feed://http://a.example/rss", Some("http://a.example/rss")),
            ("feed:a.example/rss", Some("https://a.example/rss")),
            ("feed://httpd.example/rss", Some("https://httpd.example/rss")),
            ("file:///etc/passwd", None),
            ("File:x.xml", None),
            ("feed:file:///etc/passwd", None),
            ("feed://file:/etc/passwd", None),
        ];
        for (written, expected) in table {
            assert_eq!(listed_address(written).ok().as_deref(), expected, "{written}");
        }
    }
}
