//! Feeds behind doors: user and password, headers, cookies, proxies, authorities and certificates of one's own.

use std::path::Path;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;
use wirewatch::feed::{Access, FeedSettings, FeedState, fetch};
use wirewatch::net::{ClientCertificate, HeaderName, Proxy, Secret, Via};

use super::*;

/// The requests that came, as they came.
type Noted = Arc<Mutex<Vec<String>>>;

/// Reads the head of a request; `None` at the end.
async fn head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read_exact(&mut byte).await.is_err() {
            return None;
        }
        head.push(byte[0]);
    }
    Some(String::from_utf8_lossy(&head).to_lowercase())
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    noted: &Noted,
    answer: &(dyn Fn(&str) -> String + Sync),
) {
    while let Some(request) = head(&mut stream).await {
        noted.lock().unwrap().push(request.clone());
        let answer = answer(&request);
        if stream.write_all(answer.as_bytes()).await.is_err() {
            break;
        }
    }
}

/// A server that answers as the function says.
async fn server(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> (u16, Noted) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let noted = Noted::default();
    let (all, answer) = (noted.clone(), Arc::new(answer));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (all, answer) = (all.clone(), answer.clone());
            tokio::spawn(async move { serve(stream, &all, &*answer).await });
        }
    });
    (port, noted)
}

fn whole() -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{FEED}", FEED.len())
}

fn to(location: &str, more: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\n{more}Content-Length: 0\r\n\r\n")
}

fn now() -> Timestamp {
    "2024-09-17T06:00:00Z".parse().unwrap()
}

async fn fetched(url: &str, access: Access) -> Result<Response, NetError> {
    let url = Url::parse(url).unwrap();
    let settings = FeedSettings {
        access,
        ..FeedSettings::new(url.clone(), "desk")
    };
    fetch(
        &client_with(PrivateAddresses::Allowed),
        &FeedState::unread(&url, now()),
        &settings,
        now(),
    )
    .await
    .response
}

fn opened() -> Access {
    Access {
        user: Some("desk".to_owned()),
        password: Some(Secret::Value("pass:word".to_owned())),
        headers: vec![
            (
                HeaderName::from_static("x-api-key"),
                Secret::Value("key-of-ours".to_owned()),
            ),
            (
                HeaderName::from_static("accept-language"),
                Secret::Value("fr".to_owned()),
            ),
        ],
        via: None,
    }
}

#[tokio::test]
async fn what_opens_a_door_goes_to_its_site_alone() {
    let proof = STANDARD.encode("desk:pass:word");
    let expected = format!("authorization: basic {}", proof.to_lowercase());
    let (elsewhere, others) = server(|_| whole()).await;
    let target = format!("http://127.0.0.1:{elsewhere}/feed.xml");
    let (port, noted) = server(move |request| match () {
        () if request.starts_with("get /away") => to(&target, ""),
        () if request.starts_with("get /here") => to("/feed.xml", ""),
        () => whole(),
    })
    .await;
    for path in ["/feed.xml", "/here", "/away"] {
        let response = fetched(&format!("http://127.0.0.1:{port}{path}"), opened())
            .await
            .unwrap();
        assert_eq!(text(&response), FEED, "{path}");
    }
    let noted = noted.lock().unwrap().clone();
    assert_eq!(noted.len(), 4);
    for request in &noted {
        assert!(
            request.contains(&expected) && request.contains("x-api-key: key-of-ours"),
            "{request}"
        );
    }
    let others = others.lock().unwrap().clone();
    assert_eq!(others.len(), 1);
    for secret in ["authorization", "x-api-key", "key-of-ours", "accept-language"] {
        assert!(
            !others[0].contains(secret),
            "{secret} went to another site: {}",
            others[0]
        );
    }
}

#[tokio::test]
async fn a_secret_is_read_at_each_use_and_its_absence_named() {
    let (port, noted) = server(|_| whole()).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    let access = || Access {
        password: Some(Secret::File(file.clone())),
        ..opened()
    };
    let url = format!("http://127.0.0.1:{port}/feed.xml");
    for password in ["one", "two"] {
        std::fs::write(&file, format!("{password}\n")).unwrap();
        fetched(&url, access()).await.unwrap();
        let proof = STANDARD.encode(format!("desk:{password}")).to_lowercase();
        assert!(noted.lock().unwrap().pop().unwrap().contains(&proof));
    }
    std::fs::remove_file(&file).unwrap();
    let fault = fetched(&url, access()).await.unwrap_err().to_string();
    assert!(fault.contains("password cannot be read"), "{fault}");
    std::fs::write(&file, "two\nlines").unwrap();
    let odd = Access {
        headers: vec![(HeaderName::from_static("x-api-key"), Secret::File(file.clone()))],
        ..Access::default()
    };
    let fault = fetched(&url, odd).await.unwrap_err().to_string();
    assert_eq!(fault, "x-api-key: it holds characters that a header cannot carry");
    assert!(noted.lock().unwrap().is_empty(), "nothing was asked");
}

/// Sites that set a cookie with a redirect and want it back.
#[tokio::test]
async fn cookies_last_for_one_chain() {
    let (elsewhere, others) = server(|_| whole()).await;
    let away = format!("http://127.0.0.1:{elsewhere}/feed.xml");
    let (port, noted) = server(move |request| match () {
        () if request.starts_with("get /never") => to("/never", "Set-Cookie: seen=1; Path=/\r\n"),
        () if request.starts_with("get /circle") => to("/circle", ""),
        () if request.contains("cookie: ") && request.starts_with("get /away") => to(&away, ""),
        () if request.contains("seen=1") && request.contains("also=2") => whole(),
        () if request.contains("seen=1") => to("/feed.xml", "Set-Cookie: also=2; Path=/\r\n"),
        () => to("", "Set-Cookie: seen=1; Path=/; HttpOnly\r\n"),
    })
    .await;
    let at = |path: &str| format!("http://127.0.0.1:{port}{path}");
    for _ in 0..2 {
        let response = fetched(&at("/feed.xml"), Access::default()).await.unwrap();
        assert_eq!(text(&response), FEED);
        assert_eq!(response.moved_to, None);
        let asked = std::mem::take(&mut *noted.lock().unwrap());
        assert_eq!(asked.len(), 3, "{asked:?}");
        assert!(!asked[0].contains("cookie"), "forgotten after the request before");
    }
    fetched(&at("/away"), Access::default()).await.unwrap();
    assert!(!others.lock().unwrap()[0].contains("cookie"), "to no other host");
    let fault = fetched(&at("/never"), Access::default()).await.unwrap_err();
    assert!(matches!(fault, NetError::WantsCookies { .. }), "{fault}");
    assert!(fault.to_string().contains("sets cookies"), "{fault}");
    let fault = fetched(&at("/circle"), Access::default()).await.unwrap_err();
    assert!(matches!(fault, NetError::TooManyRedirects { .. }), "{fault}");
}

fn through(proxy: Proxy) -> Access {
    Access {
        via: Some(Via {
            proxy: Some(proxy),
            ..Via::default()
        }),
        ..Access::default()
    }
}

fn proxy_at(url: &str) -> Proxy {
    let url = Url::parse(url).unwrap();
    Proxy {
        http: Some(url.clone()),
        https: Some(url),
        user: Some("us".to_owned()),
        password: Some(Secret::Value("proxy-pass".to_owned())),
        except: vec!["127.0.0.1".to_owned()],
    }
}

#[tokio::test]
async fn an_http_proxy_looks_names_up_and_is_left_out_where_said() {
    let (port, noted) = server(|_| whole()).await;
    let proxy = || proxy_at(&format!("http://127.0.0.1:{port}"));
    // No such name is known anywhere: only the proxy can be asked for it.
    let response = fetched("http://feeds.invalid/feed.xml", through(proxy()))
        .await
        .unwrap();
    assert_eq!(text(&response), FEED);
    let asked = noted.lock().unwrap().pop().unwrap();
    assert!(asked.starts_with("get http://feeds.invalid/feed.xml "), "{asked}");
    let proof = STANDARD.encode("us:proxy-pass").to_lowercase();
    assert!(
        asked.contains(&format!("proxy-authorization: basic {proof}")),
        "{asked}"
    );
    let (own, direct) = server(|_| whole()).await;
    fetched(&format!("http://127.0.0.1:{own}/"), through(proxy()))
        .await
        .unwrap();
    assert_eq!((direct.lock().unwrap().len(), noted.lock().unwrap().len()), (1, 0));
    let none = through(proxy_at("http://127.0.0.1:1"));
    assert!(fetched("http://feeds.invalid/feed.xml", none).await.is_err());
    // Refused addresses stay refused, whoever would ask for them.
    let url = Url::parse("http://169.254.169.254/").unwrap();
    let settings = FeedSettings {
        access: through(proxy()),
        ..FeedSettings::new(url.clone(), "desk")
    };
    let client = client_with(PrivateAddresses::Refused);
    let answer = fetch(&client, &FeedState::unread(&url, now()), &settings, now()).await;
    assert!(matches!(answer.response, Err(NetError::Refused { .. })));
    assert!(noted.lock().unwrap().is_empty());
}

/// A SOCKS5 server (RFC 1928, RFC 1929) that is the web server behind it too.
async fn socks(listener: TcpListener, noted: Noted) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let mut start = [0; 2];
        stream.read_exact(&mut start).await.unwrap();
        let mut ways = vec![0; usize::from(start[1])];
        stream.read_exact(&mut ways).await.unwrap();
        assert!(ways.contains(&2), "user and password are offered: {ways:?}");
        stream.write_all(&[5, 2]).await.unwrap();
        let mut said = Vec::new();
        stream.read_u8().await.unwrap();
        for _ in 0..2 {
            let mut word = vec![0; usize::from(stream.read_u8().await.unwrap())];
            stream.read_exact(&mut word).await.unwrap();
            said.push(String::from_utf8(word).unwrap());
        }
        stream.write_all(&[1, 0]).await.unwrap();
        let mut wanted = [0; 4];
        stream.read_exact(&mut wanted).await.unwrap();
        assert_eq!(wanted[3], 3, "a name, not an address");
        let mut name = vec![0; usize::from(stream.read_u8().await.unwrap())];
        stream.read_exact(&mut name).await.unwrap();
        said.push(String::from_utf8(name).unwrap());
        stream.read_u16().await.unwrap();
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
        noted.lock().unwrap().push(said.join(" "));
        let all = noted.clone();
        tokio::spawn(async move { serve(stream, &all, &|_| whole()).await });
    }
}

#[tokio::test]
async fn a_socks_proxy_looks_names_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let noted = Noted::default();
    tokio::spawn(socks(listener, noted.clone()));
    let access = through(proxy_at(&format!("socks5h://127.0.0.1:{port}")));
    let response = fetched("http://hidden.onion/feed.xml", access).await.unwrap();
    assert_eq!(text(&response), FEED);
    let noted = noted.lock().unwrap();
    assert_eq!(noted[0], "us proxy-pass hidden.onion");
    assert!(noted[1].starts_with("get /feed.xml "), "{}", noted[1]);
}

/// A server that lets in only who shows a certificate of its authority; writes what a client needs.
async fn guarded(folder: &Path) -> u16 {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    std::fs::write(folder.join("ca.pem"), issuer.pem()).unwrap();
    let make = |name: &str| {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        (params.signed_by(&key, &issuer).unwrap(), key)
    };
    let (own, key) = make("desk.example");
    std::fs::write(folder.join("own.pem"), own.pem()).unwrap();
    std::fs::write(folder.join("own.key"), key.serialize_pem()).unwrap();
    std::fs::write(folder.join("other.key"), KeyPair::generate().unwrap().serialize_pem()).unwrap();
    let (certificate, key) = make("127.0.0.1");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(issuer.der().clone()).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .unwrap();
    let tls = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    serve(stream, &Noted::default(), &|_| whole()).await;
                }
            });
        }
    });
    port
}

#[tokio::test]
async fn authorities_and_certificates_of_ones_own_are_used() {
    let folder = tempfile::tempdir().unwrap();
    let port = guarded(folder.path()).await;
    let file = |name: &str| folder.path().join(name);
    let way = |ca: Option<&str>, own: Option<(&str, &str)>| Access {
        via: Some(Via {
            ca_file: ca.map(&file),
            certificate: own.map(|(certificate, key)| ClientCertificate {
                certificate: file(certificate),
                key: file(key),
            }),
            proxy: None,
        }),
        ..Access::default()
    };
    let url = format!("https://127.0.0.1:{port}/feed.xml");
    let response = fetched(&url, way(Some("ca.pem"), Some(("own.pem", "own.key"))))
        .await
        .unwrap();
    assert_eq!(text(&response), FEED);
    let table = [
        ("nothing", way(None, None)),
        ("the authority alone", way(Some("ca.pem"), None)),
        ("the certificate alone", way(None, Some(("own.pem", "own.key")))),
        ("another key", way(Some("ca.pem"), Some(("own.pem", "other.key")))),
        ("no file", way(Some("none.pem"), None)),
        ("a key for a certificate", way(Some("own.key"), None)),
    ];
    let mut words = Vec::new();
    for (case, access) in table {
        let fault = fetched(&url, access).await.err().map(|fault| fault.to_string());
        let fault = fault.unwrap_or_else(|| panic!("{case} opens the door"));
        words.push(fault.replace(&folder.path().display().to_string(), ""));
    }
    assert!(
        words[3].contains("/other.key is not the key of the certificate /own.pem"),
        "{words:?}"
    );
    assert!(words[4].starts_with("/none.pem cannot be read"), "{words:?}");
    assert!(words[5].contains("/own.key holds no certificate (PEM)"), "{words:?}");
}

/// A renewed certificate is used without a restart.
#[tokio::test]
async fn a_way_is_made_anew_when_its_files_change() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, second) = (guarded(one.path()).await, guarded(two.path()).await);
    let client = client_with(PrivateAddresses::Allowed);
    let via = Via {
        ca_file: Some(one.path().join("ca.pem")),
        certificate: Some(ClientCertificate {
            certificate: one.path().join("own.pem"),
            key: one.path().join("own.key"),
        }),
        proxy: None,
    };
    let ask = |client: Client, port: u16| async move {
        client
            .send(get(Url::parse(&format!("https://127.0.0.1:{port}/")).unwrap()))
            .await
    };
    assert!(ask(client.through(&via).unwrap(), first).await.is_ok());
    assert!(ask(client.through(&via).unwrap(), second).await.is_err());
    let later = std::time::SystemTime::now() + Duration::from_secs(5);
    for name in ["ca.pem", "own.pem", "own.key"] {
        std::fs::copy(two.path().join(name), one.path().join(name)).unwrap();
        std::fs::File::options()
            .write(true)
            .open(one.path().join(name))
            .unwrap()
            .set_modified(later)
            .unwrap();
    }
    assert!(ask(client.through(&via).unwrap(), second).await.is_ok());
}
