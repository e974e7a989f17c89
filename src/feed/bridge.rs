//! Entries that a program which makes feeds out of pages writes in place of news when it fails. Pure.

use wirewatch_syndication::Entry;

/// Takes the entries out that tell of a bridge's own fault; the words of the first.
///
/// RSS-Bridge gives an error as an entry of its own, new every day, titled "Bridge returned error 404! (20123)": the
/// status of what it met, and the day.
pub(super) fn take_errors(entries: &mut Vec<Entry>) -> Option<String> {
    let error = entries.iter().find_map(error_of)?;
    entries.retain(|entry| error_of(entry).is_none());
    Some(error)
}

fn error_of(entry: &Entry) -> Option<String> {
    let rest = entry.title.strip_prefix("Bridge returned error ")?;
    let (status, _) = rest.split_once('!')?;
    let status = status.trim();
    status
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-')
        .then(|| match status {
            "" | "0" => "the bridge that makes this feed reports an error of its own".to_owned(),
            status => format!("the bridge that makes this feed reports error {status} from the site behind it"),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirewatch_syndication::EntryKey;

    #[test]
    fn errors_of_a_bridge_are_told_from_news() {
        for (title, error) in [
            ("Bridge returned error 404! (20123)", Some("error 404")),
            ("Bridge returned error 0! (20123)", Some("an error of its own")),
            ("Bridge returned error in span test, engineers say!", None),
            ("Bridge at Ségou closed", None),
        ] {
            let entry = |title: &str| Entry {
                key: EntryKey(1),
                id: None,
                title: title.to_owned(),
                link: None,
                text: String::new(),
                published: None,
                updated: None,
                authors: Vec::new(),
                tags: Vec::new(),
                language: None,
                ..Entry::default()
            };
            let mut entries = vec![entry("News"), entry(title)];
            let told = take_errors(&mut entries);
            assert_eq!(told.is_some(), error.is_some(), "{title}");
            assert!(told.unwrap_or_default().contains(error.unwrap_or_default()), "{title}");
            assert_eq!(entries.len(), if error.is_some() { 1 } else { 2 }, "{title}");
        }
    }
}
