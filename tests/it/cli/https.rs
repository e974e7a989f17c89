//! Feeds and mail over TLS: an authority of the operator's own, and HTTP/2 where the server speaks it.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use hyper::body::Incoming;
use hyper::header::{ETAG, IF_NONE_MATCH};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use wirewatch::store::{Sqlite, Store};

use super::*;
use crate::house::authority::tls_of_an_authority;
use crate::house::mail_server::{Fault, MailServer, Stage, Tls};

/// What a request was: its path, whether it was conditional, the protocol, and the connection that it came by.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    path: String,
    conditional: bool,
    version: Version,
    connection: usize,
}

/// A server that speaks HTTP/2 alone, with a certificate of an authority that nobody knows.
struct Secure {
    port: u16,
    authority: PathBuf,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Secure {
    async fn start(house: &House) -> Self {
        let authority = house.path().join("authority.pem");
        let tls = tls_of_an_authority(&authority, b"h2");

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (noted, acceptor) = (asked.clone(), TlsAcceptor::from(Arc::new(tls)));
        tokio::spawn(async move {
            for connection in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let (noted, acceptor) = (noted.clone(), acceptor.clone());
                tokio::spawn(async move {
                    // Who does not trust us hangs up.
                    let Ok(stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    let answer = service_fn(move |request| {
                        let answered = answer(&request, connection, &noted);
                        async move { Ok::<_, Infallible>(answered) }
                    });
                    let serving = http2::Builder::new(TokioExecutor::new());
                    let _ = serving.serve_connection(TokioIo::new(stream), answer).await;
                });
            }
        });
        Self { port, authority, asked }
    }

    /// One round of the program, which trusts the authorities of this file and Mozilla's.
    async fn round(&self, house: &House, trusted: &str) -> Vec<Asked> {
        let mut command = program(&["--config"]);
        command.arg(house.config()).args(["run", "--once"]);
        command.env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR");
        let said = finish(command, Vec::new()).await;
        assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

/// As if the time of every feed had come.
async fn make_due(house: &House) {
    let store = Sqlite::open(&house.store_folder()).unwrap();
    let mut feeds = store.feeds().await.unwrap();
    for feed in &mut feeds {
        feed.next.at = Timestamp::UNIX_EPOCH;
    }
    let feeds = feeds.into_iter().map(Arc::new).collect();
    store.record_schedules(feeds).await.unwrap();
}

fn answer(request: &Request<Incoming>, connection: usize, noted: &Mutex<Vec<Asked>>) -> Response<String> {
    let conditional = request
        .headers()
        .get(IF_NONE_MATCH)
        .is_some_and(|etag| etag == "\"one\"");
    let path = request.uri().path().to_owned();
    let body = rss(&path, &[(&path, "Rain in Kayes", "The first of the season.")]);
    noted.lock().unwrap().push(Asked {
        path,
        conditional,
        version: request.version(),
        connection,
    });
    let answer = Response::builder().header(ETAG, "\"one\"");
    match conditional {
        true => answer.status(StatusCode::NOT_MODIFIED).body(String::new()).unwrap(),
        false => answer.header("content-type", "application/rss+xml").body(body).unwrap(),
    }
}

#[tokio::test]
async fn feeds_are_asked_by_http_2_over_one_connection_and_an_own_authority_is_trusted() {
    let house = House::new().await;
    let server = Secure::start(&house).await;
    let port = server.port;
    house.write("watchlist.toml", "[watch.kayes]\nfind = [\"Kayes\"]\n");
    let urls = format!("[\"https://127.0.0.1:{port}/a.xml\", \"https://127.0.0.1:{port}/b.xml\"]");
    house.write("feeds.toml", &format!("[feeds.desk]\nurls = {urls}\n"));

    let strangers = server.round(&house, "/dev/null").await;
    assert_eq!(strangers, [], "a certificate of an unknown authority is refused");
    let said = wirewatch(&house, &["feeds", "list"]).await;
    assert!(said.out.contains("certificate"), "{}{}", said.out, said.err);

    let authority = server.authority.to_str().unwrap().to_owned();
    for conditional in [false, true] {
        make_due(&house).await;
        let asked = server.round(&house, &authority).await;
        let paths: Vec<&str> = asked.iter().map(|asked| asked.path.as_str()).collect();
        assert_eq!(paths, ["/a.xml", "/b.xml"]);
        for one in &asked {
            assert_eq!(
                (one.version, one.conditional),
                (Version::HTTP_2, conditional),
                "{one:?}"
            );
            assert_eq!(
                one.connection, asked[0].connection,
                "one connection for both: {asked:?}"
            );
        }
    }
}

#[tokio::test]
async fn mail_goes_over_tls_after_starttls_and_from_the_first_byte_to_those_whose_authority_is_trusted() {
    let house = House::new().await;
    house.write(
        "watchlist.toml",
        "[receiver.analyst]\nemail = \"analyst@example.org\"\n",
    );
    let authority = house.path().join("mail-authority.pem");
    let tls = TlsAcceptor::from(Arc::new(tls_of_an_authority(&authority, b"")));
    // In this spelling the name is not known to be that of this machine, which is asked without TLS.
    for (scheme, kind) in [
        ("Localhost", Tls::Later(tls.clone())),
        ("smtps://localhost", Tls::AtOnce(tls)),
    ] {
        let server = MailServer::start_with(kind).await;
        let mail = format!(
            "[store]\npath = {:?}\n[mail]\nserver = \"{scheme}:{}\"\nfrom = \"Wirewatch <alerts@example.org>\"\n",
            house.store_folder(),
            server.address().port(),
        );
        house.write("wirewatch.toml", &mail);
        let test = async |trusted: &Path| {
            let mut command = program(&["--config"]);
            command.arg(house.config()).args(["test-receiver", "analyst"]);
            command.env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR");
            finish(command, Vec::new()).await
        };
        let stranger = test(Path::new("/dev/null")).await;
        assert_eq!(server.mails(), [], "{scheme}: {}{}", stranger.out, stranger.err);
        let words = format!("{}{}", stranger.out, stranger.err);
        assert!(
            words.contains("no secure connection to ") && words.contains("certificate"),
            "{scheme}: {words}"
        );

        let trusting = test(&authority).await;
        assert_eq!(trusting.code, Some(0), "{scheme}: {}{}", trusting.out, trusting.err);
        assert_eq!(server.mails().len(), 1, "{scheme}");

        // Within TLS and before it, an answer without an end is left at its bound.
        server.fail_next(Stage::Greeting, Fault::Endless("220 "));
        server.fail_next(Stage::Hello, Fault::Endless("250-"));
        for _ in 0..2 {
            let endless = test(&authority).await;
            let words = format!("{}{}", endless.out, endless.err);
            assert!(words.contains("more than any answer holds"), "{scheme}: {words}");
        }
        assert_eq!(server.mails().len(), 1, "{scheme}");
    }
}
