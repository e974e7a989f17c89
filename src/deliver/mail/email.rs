//! Mail over SMTP, one recipient an attempt, step by step: so that each refusal is known by its step, every step ends in
//! time, and a connection that fell silent is dropped.
//!
//! lettre's pooled transport is not used: it does not say at which step a refusal came (a wrong password must be tried
//! again, a wrong mailbox must not), and it takes an abandoned connection back into its pool, where the next mail waits
//! for it without end. Its connections, messages and TLS are.

use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

use super::letter::{letter, mailbox};
use super::refusal::{Step, Trouble, outcome};
use super::stream::{ANSWER_BYTES, Allowance, HANDSHAKE_BYTES, MailStream};
use super::tls;
use crate::deliver::attempt::AttemptOutcome;
use crate::deliver::outgoing_message::OutgoingMessage;
use crate::deliver::receiver::{MailServer, Security};
use crate::net::scrubbed;

/// Connections kept for the next mail, and for how long: less than the five minutes that RFC 5321 section 4.5.3.2.7 lets
/// a server wait for a command, and less than the half minute that some wait.
const MOST_IDLE: usize = 8;
const IDLE_FOR: Duration = Duration::from_secs(20);

/// A connection, and what its server may still say.
struct Connection {
    smtp: AsyncSmtpConnection,
    allowance: Allowance,
}

impl Connection {
    async fn command(
        &mut self,
        step: Step,
        command: impl std::fmt::Display,
        end: Instant,
    ) -> Result<Response, Trouble> {
        self.allowance.refill(ANSWER_BYTES);
        within(end, step, self.smtp.command(command)).await
    }
}

/// TLS as the server wants it.
enum Tls {
    Never,
    Later(TlsParameters),
    AtOnce(TlsConnector, ServerName<'static>),
}

/// A connection that waits for the next mail.
struct Idle {
    connection: Connection,
    since: Instant,
    /// Under which password it was opened; a new one is used from the next mail on.
    password: Option<String>,
}

pub(crate) struct Mailer {
    server: MailServer,
    from: Mailbox,
    tls: Tls,
    idle: Mutex<Vec<Idle>>,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

impl Mailer {
    pub(crate) fn new(server: MailServer) -> Result<Self, String> {
        let from = mailbox(&server.from).map_err(|why| format!("`from` of [mail]: {why}"))?;
        let tls = match server.security {
            Security::Plain if !is_loopback(&server.host) => {
                return Err(format!(
                    "mail to {} would go without encryption, which is allowed only to this machine itself; \
                     use STARTTLS (\"host:587\") or \"smtps://host\"",
                    server.host
                ));
            }
            Security::Plain => Tls::Never,
            Security::StartTls => Tls::Later(tls::later(&server.host)?),
            Security::Implicit => {
                let (connector, name) = tls::at_once(&server.host)?;
                Tls::AtOnce(connector, name)
            }
        };
        Ok(Self {
            server,
            from,
            tls,
            idle: Mutex::default(),
        })
    }

    /// One attempt, within the server's time limit.
    pub(crate) async fn send(&self, outgoing: &OutgoingMessage) -> AttemptOutcome {
        let end = Instant::now() + self.server.timeout;
        let to = match mailbox(&outgoing.address) {
            Ok(to) => to,
            Err(why) => return AttemptOutcome::never(why.to_string()),
        };
        // lettre panics on a few texts that its types let through; what we know of is removed before, what we do not
        // know of must cost this mail, not the daemon.
        let mail = match catch_unwind(AssertUnwindSafe(|| letter(outgoing, &self.from, &to))) {
            Ok(Ok(mail)) => mail.formatted(),
            Ok(Err(why)) => return AttemptOutcome::never(why.to_string()),
            Err(_) => return AttemptOutcome::never("the mail cannot be put together; please report this as a fault"),
        };
        let password = match &self.server.password {
            None => None,
            Some(secret) => match timeout_at(end, secret.read()).await {
                Ok(Ok(password)) => Some(password),
                Ok(Err(why)) => return AttemptOutcome::later(why),
                Err(_) => return AttemptOutcome::later("the password file cannot be read in time"),
            },
        };
        // A server may repeat what it was sent.
        let secrets = self.secrets(password.as_deref());
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        match self.attempt(&to.email, &mail, password, end).await {
            Ok(response) => {
                let said: Vec<&str> = response.message().collect();
                let said = scrubbed(&said.join(" "), &secrets);
                outcome(Ok((response.code().into(), said)), &self.server)
            }
            Err(mut trouble) => {
                trouble.said = scrubbed(&trouble.said, &secrets);
                outcome(Err(trouble), &self.server)
            }
        }
    }

    /// The password, alone and as AUTH PLAIN sends it (RFC 4616).
    fn secrets(&self, password: Option<&str>) -> Vec<String> {
        let user = self.server.user.as_deref().unwrap_or_default();
        let both = password.map(|password| format!("\0{user}\0{password}"));
        password.map(str::to_owned).into_iter().chain(both).collect()
    }

    async fn attempt(
        &self,
        to: &Address,
        mail: &[u8],
        password: Option<String>,
        end: Instant,
    ) -> Result<Response, Trouble> {
        if let Some(mut connection) = self.take_idle(password.as_deref()) {
            match self.hand_over(&mut connection, to, mail, end).await {
                // The server closed it meanwhile, before it heard of this mail.
                Err(Trouble {
                    step: Step::Mail,
                    code: None | Some(421),
                    ..
                }) if Instant::now() < end => {}
                result => return self.put_back(connection, result, password, end).await,
            }
        }
        let mut connection = self.connect(password.as_deref(), end).await?;
        let result = self.hand_over(&mut connection, to, mail, end).await;
        self.put_back(connection, result, password, end).await
    }

    /// MAIL, RCPT, DATA and the mail.
    async fn hand_over(
        &self,
        connection: &mut Connection,
        to: &Address,
        mail: &[u8],
        end: Instant,
    ) -> Result<Response, Trouble> {
        let mut parameters = Vec::new();
        if [&self.from.email, to]
            .iter()
            .any(|address| !AsRef::<str>::as_ref(*address).is_ascii())
        {
            if !connection.smtp.server_info().supports_feature(Extension::SmtpUtfEight) {
                let said = format!("the mail server takes no address with other than ASCII letters, such as {to}");
                return Err(Trouble {
                    step: Step::Rcpt,
                    code: None,
                    said,
                    timed_out: false,
                    final_: true,
                });
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let from = Some(self.from.email.clone());
        connection.command(Step::Mail, Mail::new(from, parameters), end).await?;
        connection
            .command(Step::Rcpt, Rcpt::new(to.clone(), Vec::new()), end)
            .await?;
        connection.command(Step::Data, Data, end).await?;
        connection.allowance.refill(ANSWER_BYTES);
        within(end, Step::Text, connection.smtp.message(mail)).await
    }

    async fn connect(&self, password: Option<&str>, end: Instant) -> Result<Connection, Trouble> {
        let (server, hello) = (&self.server, ClientId::default());
        let (stream, peer) = self.open(end).await?;
        let allowance = Allowance::default();
        let stream: Box<dyn AsyncTokioStream> = match &self.tls {
            Tls::Never | Tls::Later(_) => Box::new(MailStream::new(stream, peer, allowance.clone())),
            // rustls itself bounds what it takes before the first byte of SMTP.
            Tls::AtOnce(connector, name) => {
                let secured = timeout_at(end, connector.connect(name.clone(), stream)).await;
                let secured = secured.map_err(|_| Trouble::timed_out(Step::StartTls))?;
                let secured = secured.map_err(|why| Trouble::unsaid(Step::StartTls, why.to_string()))?;
                Box::new(MailStream::new(secured, peer, allowance.clone()))
            }
        };
        allowance.refill(ANSWER_BYTES);
        let greeting = AsyncSmtpConnection::connect_with_transport(stream, &hello);
        let mut smtp = within(end, Step::Hello, greeting).await?;
        if let Tls::Later(tls) = &self.tls {
            allowance.refill(HANDSHAKE_BYTES);
            within(end, Step::StartTls, smtp.starttls(tls.clone(), &hello)).await?;
        }
        if let Some(user) = &server.user {
            let credentials = Credentials::new(user.clone(), password.unwrap_or_default().to_owned());
            allowance.refill(ANSWER_BYTES);
            let signing_in = smtp.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
            within(end, Step::Auth, signing_in).await?;
        }
        Ok(Connection { smtp, allowance })
    }

    /// A bare connection. Without Nagle's algorithm: lettre writes in small pieces and would wait 44 ms a mail for the
    /// peer's delayed acknowledgement.
    async fn open(&self, end: Instant) -> Result<(TcpStream, SocketAddr), Trouble> {
        let trouble = |said: String| Trouble::unsaid(Step::Connect, said);
        let connecting = TcpStream::connect((self.server.host.trim_matches(['[', ']']), self.server.port));
        let stream = match timeout_at(end, connecting).await {
            Ok(connected) => connected.map_err(|why| trouble(why.to_string()))?,
            Err(_) => return Err(Trouble::timed_out(Step::Connect)),
        };
        let peer = stream.peer_addr().map_err(|why| trouble(why.to_string()))?;
        let ip = peer.ip();
        if self.server.security == Security::Plain && !ip.to_canonical().is_loopback() {
            return Err(trouble(format!(
                "{ip} is not this machine, and mail would go without encryption"
            )));
        }
        // Slower without it, not wrong.
        let _ = stream.set_nodelay(true);
        Ok((stream, peer))
    }

    fn take_idle(&self, password: Option<&str>) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|kept| kept.since.elapsed() < IDLE_FOR && kept.password.as_deref() == password);
        idle.pop().map(|kept| kept.connection)
    }

    /// Keeps a connection whose server answered to the end; one that was refused something is cleared first (RSET). Any
    /// other is dropped here.
    async fn put_back(
        &self,
        mut connection: Connection,
        result: Result<Response, Trouble>,
        password: Option<String>,
        end: Instant,
    ) -> Result<Response, Trouble> {
        let usable = match &result {
            Ok(_) => true,
            Err(Trouble {
                code: None | Some(421), ..
            }) => false,
            Err(_) => connection.command(Step::Mail, Rset, end).await.is_ok(),
        };
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if usable && idle.len() < MOST_IDLE {
            idle.push(Idle {
                connection,
                since: Instant::now(),
                password,
            });
        }
        result
    }
}

/// One step, ended in time. A step that is cut off leaves a connection in the middle of a sentence: its caller drops it.
async fn within<T>(end: Instant, step: Step, doing: impl Future<Output = Result<T, Error>>) -> Result<T, Trouble> {
    match timeout_at(end, doing).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Trouble::of(step, &error)),
        Err(_) => Err(Trouble::timed_out(step)),
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}
