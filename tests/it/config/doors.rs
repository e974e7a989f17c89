//! Mistakes in the keys that open doors, as a person reads them; and what is read of sound ones.

use wirewatch::net::{Secret, Via};

use super::{Folder, sheet};

const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

fn folder(name: &str, toml: &str) -> Folder {
    let watch = "[watch.bamako]\nfind = [\"Bamako\"]\n";
    let toml = format!("{watch}{toml}");
    Folder::new(
        &format!("doors-{name}"),
        &[
            ("watchlist.toml", toml.as_bytes()),
            ("word", b"hush\n"),
            ("own.pem", PEM),
            ("text.txt", b"nothing\n"),
        ],
    )
}

fn feed(keys: &str) -> String {
    format!("[feeds.desk]\nurls = [\"https://example.org/feed\"]\n{keys}\n")
}

#[test]
fn mistakes_with_doors() {
    let mut rows = Vec::new();
    for (at, (case, keys)) in [
        ("a password in the file", "user = \"us\"\npassword = \"hush\""),
        ("a password without a user", "password = { file = \"word\" }"),
        ("a user with a colon", "user = \"a:b\"\npassword = { file = \"word\" }"),
        (
            "a file that is not there",
            "user = \"us\"\npassword = { file = \"nowhere\" }",
        ),
        ("a key in the file", "headers = { X-Api-Key = \"hush\" }"),
        ("a header that is ours", "headers = { Host = \"example.org\" }"),
        ("no name of a header", "headers = { \"a b\" = \"c\" }"),
        ("a number for a header", "headers = { X-Client = 3 }"),
        ("headers as a text", "headers = \"X-Client: desk\""),
        (
            "two authorizations",
            "user = \"us\"\npassword = { file = \"word\" }\nheaders = { Authorization = { file = \"word\" } }",
        ),
        ("names looked up here", "proxy = \"socks5://127.0.0.1:9050\""),
        ("another scheme", "proxy = \"ftp://127.0.0.1\""),
        ("a password in the proxy", "proxy = \"http://us:hush@127.0.0.1:8080\""),
        ("nothing in the environment", "proxy = \"environment\""),
        ("a user for no proxy", "proxy_user = \"us\""),
        ("a certificate without its key", "client_certificate = \"own.pem\""),
        ("a file of another kind", "ca_file = \"text.txt\""),
        ("no file", "ca_file = \"nothing.pem\""),
        ("faster than once a minute", "fastest = \"10 s\""),
    ]
    .into_iter()
    .enumerate()
    {
        rows.push((case, folder(&at.to_string(), &feed(keys)).told(&[])));
    }
    let two =
        "[feeds.desk]\nurls = [\"https://us:hush@example.org/feed\"]\nuser = \"us\"\npassword = { file = \"word\" }\n";
    let two = folder("two", two).told(&[]);
    assert!(two.contains("names a user"), "{two}");
    let told = sheet(&rows);
    assert!(!told.contains("hush"), "{told}");
    assert_sheet!(told);
}

#[test]
fn what_opens_doors_is_read() {
    let keys = "user = \"us\"\npassword = { file = \"word\" }\nheaders = { X-Api-Key = { file = \"word\" }, X-Client = \"desk\" }\nca_file = \"own.pem\"\nclient_certificate = \"own.pem\"\nclient_key = \"own.pem\"";
    let folder = folder(
        "sound",
        &format!(
            "{}[feeds.plain]\nurls = [\"https://example.org/plain\"]\n[feeds.direct]\nurls = [\"https://example.org/direct\"]\nproxy = \"none\"\n[polling]\nproxy = \"environment\"\nno_proxy = [\"intranet.example\"]\n",
            feed(keys)
        ),
    );
    let environment = [
        ("https_proxy", "proxy.example:3128"),
        ("NO_PROXY", "localhost, 10.0.0.0/8"),
    ];
    let read = folder.load(&environment).unwrap();
    assert!(read.warnings.is_empty(), "{}", read.warnings);
    let of = |group: &str| &read.feeds.iter().find(|feed| feed.group == group).unwrap().access;
    let desk = of("desk");
    assert_eq!(desk.user.as_deref(), Some("us"));
    assert_eq!(desk.password, Some(Secret::File(folder.0.join("word"))));
    let names: Vec<_> = desk.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["x-api-key", "x-client"]);
    let via = desk.via.as_ref().unwrap();
    assert_eq!(via.ca_file, Some(folder.0.join("own.pem")));
    assert!(via.certificate.is_some() && via.proxy == read.polling.via.proxy);
    assert_eq!(of("plain").via, None, "as for all");
    assert_eq!(of("direct").via, Some(Via::default()));
    let proxy = read.polling.via.proxy.as_ref().unwrap();
    assert_eq!(proxy.http, None);
    assert_eq!(proxy.https.as_ref().unwrap().as_str(), "http://proxy.example:3128/");
    assert_eq!(proxy.except, ["intranet.example", "localhost", "10.0.0.0/8"]);
}
