//! Addresses by what is shown of them.

use super::*;

#[test]
fn an_address_is_shown_without_its_secrets() {
    let table = [
        (
            "nothing to hide",
            "https://a.example/feed.xml",
            "https://a.example/feed.xml",
        ),
        ("a password", "http://bob:sesame@a.example/x", "http://a.example/x"),
        (
            "a user alone",
            "http://sesame@a.example:8080/x",
            "http://a.example:8080/x",
        ),
        (
            "an encoded password",
            "http://b:p%40s%2Fs@a.example/x",
            "http://a.example/x",
        ),
        ("an at sign in it", "http://b:p@s@a.example/x", "http://a.example/x"),
        ("a slash in it", "http://bob:se/same@a.example/x", "http://a.example/x"),
        ("a hash in it", "http://bob:se#same@a.example/x", "http://a.example/x"),
        (
            "a question mark in it",
            "http://bob:se?same@a.example/x",
            "http://a.example/x",
        ),
        (
            "an at sign in the path",
            "https://a.example/@bob/feed",
            "https://a.example/@bob/feed",
        ),
        (
            "a port and an at sign",
            "https://a.example:80/@bob",
            "https://a.example:80/@bob",
        ),
        ("IPv6", "http://b:c@[::1]:80/x", "http://[::1]:80/x"),
        (
            "a token",
            "https://a.example/f?key=abc&lang=fr",
            "https://a.example/f?key=***&lang=fr",
        ),
        ("a token alone", "https://a.example/f?abc", "https://a.example/f?***"),
        (
            "a token as a name",
            "https://a.example/f?abc=",
            "https://a.example/f?***",
        ),
        (
            "a harmless name alone",
            "https://a.example/?feed",
            "https://a.example/?feed",
        ),
        (
            "names in capitals",
            "https://a.example/?Format=rss&KEY=a",
            "https://a.example/?Format=rss&KEY=***",
        ),
        (
            "semicolons",
            "https://a.example/?format=rss;key=abc",
            "https://a.example/?format=rss;key=***",
        ),
        (
            "an address as a value",
            "https://a.example/?q=http%3A%2F%2Fb%3Ac%40d",
            "https://a.example/?q=***",
        ),
        (
            "a value with an equals sign",
            "https://a.example/?key=YWJj==",
            "https://a.example/?key=***",
        ),
        (
            "a question mark in a value",
            "https://a.example/?key=a?b=c",
            "https://a.example/?key=***",
        ),
        ("a fragment", "https://a.example/x#token=abc", "https://a.example/x"),
        (
            "a parameter of the path",
            "https://a.example/x;sid=abc/y",
            "https://a.example/x;***/y",
        ),
        (
            "an address in the path",
            "https://p.example/http://b:c@a.example/x",
            "https://p.example/http://a.example/x",
        ),
        ("no scheme", "//bob:c@a.example/x?k=v", "//a.example/x?k=***"),
        ("a path alone", "/x?k=v#f", "/x?k=***"),
        ("no slashes", "bob:sesame@a.example/x", "a.example/x"),
        ("a file", "file:///srv/feed.xml", "file:///srv/feed.xml"),
    ];
    for (case, written, shown) in table {
        assert_eq!(ShownAddress::of_text(written).as_str(), shown, "{case}");
        if let Ok(url) = Url::parse(written) {
            let again = ShownAddress::of(&url);
            assert!(!again.as_str().contains("sesame"), "{case}: {again}");
        }
    }
}

#[test]
fn addresses_in_a_text_are_shown_without_their_secrets() {
    let table = [
        ("none", "3 // 4 and a/b and a//b", "3 // 4 and a/b and a//b"),
        (
            "at the end",
            "see http://b:c@d.example/?k=v.",
            "see http://d.example/?k=***.",
        ),
        (
            "in quotes",
            "“http://b:c@d.example/” cannot",
            "“http://d.example/” cannot",
        ),
        (
            "in backticks",
            "`http://b:c@d.example/?k=v` is",
            "`http://d.example/?k=***` is",
        ),
        (
            "in brackets",
            "(http://d.example/?k=v) is",
            "(http://d.example/?k=***) is",
        ),
        (
            "two",
            "http://d.example/?k=v https://e:f@g.example",
            "http://d.example/?k=*** https://g.example",
        ),
        (
            "in JSON",
            r#"{"u":"http://b:c@d.example"}"#,
            r#"{"u":"http://d.example"}"#,
        ),
        (
            "a quote too many",
            "\"http://a.example/?x=\"y&key=v\", 1",
            "\"http://a.example/?x=***&key=***\", 1",
        ),
        (
            "the scheme forgotten",
            "`bob:sesame@d.example/x?k=v` does not begin",
            "`d.example/x?k=***` does not begin",
        ),
        (
            "a mailbox",
            "mail to Desk <desk@d.example>, 12:30, mailto:desk@d.example",
            "mail to Desk <desk@d.example>, 12:30, mailto:desk@d.example",
        ),
        (
            "a redirect",
            "redirects to //b:c@d.example/x",
            "redirects to //d.example/x",
        ),
        (
            "a quote in a password",
            "at http://b:c'd@e.example/",
            "at http://e.example/",
        ),
    ];
    for (case, written, shown) in table {
        assert_eq!(shown_text(written), shown, "{case}");
        assert_eq!(veiled_text(written).chars().count(), written.chars().count(), "{case}");
    }
    assert_eq!(
        veiled_text("urls = [\"http://bob:é@a.example/?k=vé\", \"x\"]"),
        "urls = [\"http://******a.example/?k=**\", \"x\"]"
    );
}

#[test]
fn what_is_shown_is_shown_the_same_again() {
    let shown = shown_text("http://b:c@d.example/?k=v&x");
    assert_eq!(shown_text(&shown), shown);
}
