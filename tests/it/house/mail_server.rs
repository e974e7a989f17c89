//! A mail server that keeps what it is sent, with faults at any step.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;

/// Where a session can be made to fail: before the server's answer to it, except for `Accepted`, where the mail is kept
/// and only the answer is spoilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    Greeting,
    Hello,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// The whole mail was sent; it is not kept.
    Text,
    /// The whole mail was sent and is kept.
    Accepted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Answers so, for instance "450 4.2.1 later". After 421 the connection is closed.
    Reply(String),
    /// Closes the connection.
    Drop,
    /// Says nothing more, and keeps the connection open.
    Silence,
    /// Says this, and then letters without an end.
    Endless(&'static str),
    /// Says a letter a second, without an end.
    Drip,
}

impl Fault {
    pub fn reply(text: &str) -> Self {
        Self::Reply(text.to_owned())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub from: String,
    pub to: Vec<String>,
    /// Who signed in.
    pub user: Option<String>,
    /// As sent, without the doubled dots of SMTP.
    pub raw: Vec<u8>,
}

#[derive(Debug, Default)]
struct Inner {
    mails: Vec<Mail>,
    once: HashMap<Stage, VecDeque<Fault>>,
    always: HashMap<Stage, Fault>,
    refused: HashMap<String, String>,
    /// User and password that are asked for.
    account: Option<(String, String)>,
    connections: usize,
    faults: usize,
    /// Bytes that went out in endless answers.
    endless: usize,
}

#[derive(Debug, Default)]
struct Shared {
    inner: Mutex<Inner>,
    changed: Notify,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    async fn until<T>(&self, mut ready: impl FnMut(&Inner) -> Option<T>) -> T {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if let Some(found) = ready(&self.lock()) {
                return found;
            }
            changed.await;
        }
    }
}

/// Stops when dropped.
#[derive(Debug)]
pub struct MailServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    tls: Tls,
    running: Option<JoinHandle<()>>,
}

/// TLS as this server wants it.
#[derive(Clone)]
pub enum Tls {
    Never,
    /// Offers STARTTLS, and takes no mail before it.
    Later(TlsAcceptor),
    AtOnce(TlsAcceptor),
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Never => "Never",
            Self::Later(_) => "Later",
            Self::AtOnce(_) => "AtOnce",
        })
    }
}

impl MailServer {
    /// On 127.0.0.1 and a free port; no TLS, no account asked for.
    pub async fn start() -> Self {
        Self::start_with(Tls::Never).await
    }

    pub async fn start_with(tls: Tls) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, shared) = (listener.local_addr().unwrap(), Arc::default());
        let running = Some(tokio::spawn(serve(listener, Arc::clone(&shared), tls.clone())));
        Self {
            address,
            shared,
            tls,
            running,
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Asks for this account from now on.
    pub fn require_account(&self, user: &str, password: &str) {
        self.shared.lock().account = Some((user.to_owned(), password.to_owned()));
    }

    /// The next session that comes to this stage fails so. Several are used up in order.
    pub fn fail_next(&self, stage: Stage, fault: Fault) {
        self.shared.lock().once.entry(stage).or_default().push_back(fault);
    }

    /// Every session fails so at this stage, until [`Self::mend`].
    pub fn fail_always(&self, stage: Stage, fault: Fault) {
        self.shared.lock().always.insert(stage, fault);
    }

    /// RCPT to this address is answered so, until [`Self::mend`].
    pub fn refuse(&self, address: &str, reply: &str) {
        self.shared.lock().refused.insert(address.to_owned(), reply.to_owned());
    }

    /// Takes all faults away.
    pub fn mend(&self) {
        let mut inner = self.shared.lock();
        inner.once.clear();
        inner.always.clear();
        inner.refused.clear();
    }

    /// Goes down: every connection is cut, new ones are refused.
    pub async fn go_down(&mut self) {
        if let Some(running) = self.running.take() {
            running.abort();
            let _ = running.await;
        }
    }

    /// Comes up again on the same port.
    pub async fn come_up(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.running = Some(tokio::spawn(serve(
            listener,
            Arc::clone(&self.shared),
            self.tls.clone(),
        )));
    }

    /// All mails kept so far.
    pub fn mails(&self) -> Vec<Mail> {
        self.shared.lock().mails.clone()
    }

    /// Waits for the n-th mail, counted from 1.
    pub async fn mail(&self, n: usize) -> Mail {
        self.shared.until(|inner| inner.mails.get(n - 1).cloned()).await
    }

    /// Waits until this many faults have happened.
    pub async fn faulted(&self, n: usize) {
        self.shared.until(|inner| (inner.faults >= n).then_some(())).await;
    }

    /// Bytes that endless answers came to before the other side hung up.
    pub fn endless_bytes(&self) -> usize {
        self.shared.lock().endless
    }

    /// Connections accepted so far.
    pub fn connections(&self) -> usize {
        self.shared.lock().connections
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.abort();
        }
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>, tls: Tls) {
    let mut sessions = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        shared.lock().connections += 1;
        let (shared, tls) = (Arc::clone(&shared), tls.clone());
        // An error is a client that went away.
        sessions.spawn(async move { secured(stream, &shared, tls).await.unwrap_or_default() });
    }
}

async fn secured(stream: TcpStream, shared: &Shared, tls: Tls) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    match tls {
        Tls::Never => session(stream, shared, true, false).await.map(|_| ()),
        Tls::AtOnce(acceptor) => session(acceptor.accept(stream).await?, shared, true, false)
            .await
            .map(|_| ()),
        Tls::Later(acceptor) => match session(stream, shared, true, true).await? {
            None => Ok(()),
            Some(stream) => session(acceptor.accept(stream).await?, shared, false, false)
                .await
                .map(|_| ()),
        },
    }
}

struct Session<'a, S> {
    stream: BufReader<S>,
    shared: &'a Shared,
}

/// Whether the session goes on, and whether the stage was passed.
#[derive(PartialEq)]
enum Step {
    Passed,
    Refused,
    Closed,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<'_, S> {
    async fn say(&mut self, line: &str) -> std::io::Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(format!("{line}\r\n").as_bytes()).await?;
        stream.flush().await
    }

    async fn stage(&mut self, stage: Stage, passed: &str) -> std::io::Result<Step> {
        let fault = {
            let mut inner = self.shared.lock();
            let once = inner.once.get_mut(&stage).and_then(VecDeque::pop_front);
            let fault = once.or_else(|| inner.always.get(&stage).cloned());
            inner.faults += usize::from(fault.is_some());
            fault
        };
        if fault.is_some() {
            self.shared.changed.notify_waiters();
        }
        match fault {
            None => {
                self.say(passed).await?;
                Ok(Step::Passed)
            }
            Some(Fault::Reply(reply)) => {
                self.say(&reply).await?;
                Ok(if reply.starts_with("421") {
                    Step::Closed
                } else {
                    Step::Refused
                })
            }
            Some(Fault::Drop) => Ok(Step::Closed),
            Some(Fault::Silence) => std::future::pending().await,
            Some(Fault::Endless(begin)) => {
                self.stream.get_mut().write_all(begin.as_bytes()).await?;
                loop {
                    self.stream.get_mut().write_all(&[b'a'; 4096]).await?;
                    self.shared.lock().endless += 4096;
                }
            }
            Some(Fault::Drip) => loop {
                self.stream.get_mut().write_all(b"2").await?;
                self.stream.get_mut().flush().await?;
                sleep(Duration::from_secs(1)).await;
            },
        }
    }

    async fn line(&mut self) -> std::io::Result<Option<String>> {
        let mut line = Vec::new();
        let read = self.stream.read_until(b'\n', &mut line).await?;
        Ok((read > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
    }

    async fn text(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut raw = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line).await? == 0 {
                return Ok(None);
            }
            match &line[..] {
                b".\r\n" => return Ok(Some(raw)),
                [b'.', rest @ ..] => raw.extend_from_slice(rest),
                line => raw.extend_from_slice(line),
            }
        }
    }

    /// AUTH PLAIN (RFC 4616) and LOGIN; gives the user where they are right.
    async fn sign_in(&mut self, command: &str) -> std::io::Result<Option<String>> {
        let mut words = command.split_whitespace().skip(1);
        let (mechanism, first) = (
            words.next().unwrap_or_default().to_uppercase(),
            words.next().map(str::to_owned),
        );
        let (user, password) = if mechanism == "PLAIN" {
            let coded = match first {
                Some(coded) => coded,
                None => self.ask("").await?,
            };
            let plain = decode(&coded);
            let mut parts = plain.split('\0').skip(1).map(str::to_owned);
            (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
        } else {
            (
                decode(&self.ask("VXNlcm5hbWU6").await?),
                decode(&self.ask("UGFzc3dvcmQ6").await?),
            )
        };
        let right = self
            .shared
            .lock()
            .account
            .as_ref()
            .is_none_or(|account| *account == (user.clone(), password));
        Ok(right.then_some(user))
    }

    async fn ask(&mut self, challenge: &str) -> std::io::Result<String> {
        self.say(&format!("334 {challenge}")).await?;
        Ok(self.line().await?.unwrap_or_default())
    }
}

fn decode(coded: &str) -> String {
    use base64::Engine;
    String::from_utf8_lossy(
        &base64::engine::general_purpose::STANDARD
            .decode(coded)
            .unwrap_or_default(),
    )
    .into_owned()
}

fn address(command: &str) -> String {
    command.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

/// Serves until QUIT; gives the stream where the client wants TLS on it, which is offered on request.
async fn session<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    shared: &Shared,
    greets: bool,
    offers_tls: bool,
) -> std::io::Result<Option<S>> {
    let mut session = Session {
        stream: BufReader::new(stream),
        shared,
    };
    let (mut user, mut from, mut to) = (None, String::new(), Vec::new());
    if greets && session.stage(Stage::Greeting, "220 mail.test ESMTP").await? != Step::Passed {
        return Ok(None);
    }
    while let Some(command) = session.line().await? {
        let verb = command.split_whitespace().next().unwrap_or_default().to_uppercase();
        let step = match verb.as_str() {
            "EHLO" if offers_tls => session.stage(Stage::Hello, "250-mail.test\r\n250 STARTTLS").await?,
            "EHLO" => {
                session
                    .stage(Stage::Hello, "250-mail.test\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")
                    .await?
            }
            "STARTTLS" if offers_tls => match session.stage(Stage::StartTls, "220 2.0.0 go ahead").await? {
                Step::Passed => return Ok(Some(session.stream.into_inner())),
                step => step,
            },
            "MAIL" if offers_tls => {
                session.say("530 5.7.0 STARTTLS first").await?;
                Step::Refused
            }
            "AUTH" => match session.sign_in(&command).await? {
                Some(name) => {
                    user = Some(name);
                    session.stage(Stage::Auth, "235 2.7.0 welcome").await?
                }
                None => {
                    session.say("535 5.7.8 authentication credentials invalid").await?;
                    Step::Refused
                }
            },
            "MAIL" if user.is_none() && shared.lock().account.is_some() => {
                session.say("530 5.7.0 authentication required").await?;
                Step::Refused
            }
            "MAIL" => {
                (from, to) = (address(&command), Vec::new());
                session.stage(Stage::Mail, "250 2.1.0 ok").await?
            }
            "RCPT" => {
                let (address, reply) = (
                    address(&command),
                    shared.lock().refused.get(&address(&command)).cloned(),
                );
                match reply {
                    Some(reply) => {
                        session.say(&reply).await?;
                        Step::Refused
                    }
                    None => {
                        let step = session.stage(Stage::Rcpt, "250 2.1.5 ok").await?;
                        if step == Step::Passed {
                            to.push(address);
                        }
                        step
                    }
                }
            }
            "DATA" if to.is_empty() => {
                session.say("554 5.5.1 no valid recipients").await?;
                Step::Refused
            }
            "DATA" => match session.stage(Stage::Data, "354 go ahead").await? {
                Step::Passed => {
                    let Some(raw) = session.text().await? else {
                        return Ok(None);
                    };
                    let mail = Mail {
                        from: from.clone(),
                        to: std::mem::take(&mut to),
                        user: user.clone(),
                        raw,
                    };
                    receive(&mut session, mail).await?
                }
                step => step,
            },
            "RSET" => {
                to.clear();
                session.say("250 2.0.0 ok").await?;
                Step::Passed
            }
            "NOOP" => {
                session.say("250 2.0.0 ok").await?;
                Step::Passed
            }
            "QUIT" => {
                session.say("221 2.0.0 bye").await?;
                Step::Closed
            }
            _ => {
                session.say("502 5.5.1 not known here").await?;
                Step::Refused
            }
        };
        if step == Step::Closed {
            return Ok(None);
        }
    }
    Ok(None)
}

async fn receive<S: AsyncRead + AsyncWrite + Unpin>(session: &mut Session<'_, S>, mail: Mail) -> std::io::Result<Step> {
    let spoilt = {
        let inner = session.shared.lock();
        inner.always.contains_key(&Stage::Text) || inner.once.get(&Stage::Text).is_some_and(|faults| !faults.is_empty())
    };
    if spoilt {
        return session.stage(Stage::Text, "").await;
    }
    let n = {
        let mut inner = session.shared.lock();
        inner.mails.push(mail);
        inner.mails.len()
    };
    session.shared.changed.notify_waiters();
    session.stage(Stage::Accepted, &format!("250 2.0.0 ok, mail {n}")).await
}
