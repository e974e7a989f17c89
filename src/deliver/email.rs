//! Mail over SMTP, one recipient an attempt, step by step: so that each refusal is known by its step, every step ends in
//! time, and a connection that fell silent is dropped.
//!
//! lettre's pooled transport is not used: it does not say at which step a refusal came (a wrong password must be tried
//! again, a wrong mailbox must not), and it takes an abandoned connection back into its pool, where the next mail waits
//! for it without end. Its connections, messages and TLS are.

use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use super::attempt::AttemptOutcome;
use super::letter::{letter, mailbox};
use super::outgoing_message::Parcel;
use super::receiver::{MailServer, Security};
use super::refusal::{Step, Trouble, outcome};

/// Connections kept for the next mail, and for how long: less than the five minutes that RFC 5321 section 4.5.3.2.7 lets
/// a server wait for a command, and less than the half minute that some wait.
const MOST_IDLE: usize = 8;
const IDLE_FOR: Duration = Duration::from_secs(20);

/// A connection that waits for the next mail.
struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
    /// Under which password it was opened; a new one is used from the next mail on.
    password: Option<String>,
}

pub(super) struct Mailer {
    server: MailServer,
    from: Mailbox,
    tls: Option<TlsParameters>,
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
    pub(super) fn new(server: MailServer) -> Result<Self, String> {
        let from = mailbox(&server.from).map_err(|why| format!("`from` of [mail]: {why}"))?;
        let tls = match server.security {
            Security::Plain if !is_loopback(&server.host) => {
                return Err(format!(
                    "mail to {} would go without encryption, which is allowed only to this machine itself; \
                     use STARTTLS (\"host:587\") or \"smtps://host\"",
                    server.host
                ));
            }
            Security::Plain => None,
            Security::StartTls | Security::Implicit => Some(tls(&server.host)?),
        };
        Ok(Self {
            server,
            from,
            tls,
            idle: Mutex::default(),
        })
    }

    /// One attempt, within the server's time limit.
    pub(super) async fn send(&self, parcel: &Parcel) -> AttemptOutcome {
        let end = Instant::now() + self.server.timeout;
        let to = match mailbox(&parcel.address) {
            Ok(to) => to,
            Err(why) => return AttemptOutcome::never(why.to_string()),
        };
        // lettre panics on a few texts that its types let through; what we know of is removed before, what we do not
        // know of must cost this mail, not the daemon.
        let mail = match catch_unwind(AssertUnwindSafe(|| letter(parcel, &self.from, &to))) {
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
        match self.attempt(&to.email, &mail, password, end).await {
            Ok(response) => {
                let said: Vec<&str> = response.message().collect();
                outcome(Ok((response.code().into(), said.join(" "))), &self.server)
            }
            Err(trouble) => outcome(Err(trouble), &self.server),
        }
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
        connection: &mut AsyncSmtpConnection,
        to: &Address,
        mail: &[u8],
        end: Instant,
    ) -> Result<Response, Trouble> {
        let mut parameters = Vec::new();
        if [&self.from.email, to]
            .iter()
            .any(|address| !AsRef::<str>::as_ref(*address).is_ascii())
        {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
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
        within(end, Step::Mail, connection.command(Mail::new(from, parameters))).await?;
        within(end, Step::Rcpt, connection.command(Rcpt::new(to.clone(), Vec::new()))).await?;
        within(end, Step::Data, connection.command(Data)).await?;
        within(end, Step::Text, connection.message(mail)).await
    }

    async fn connect(&self, password: Option<&str>, end: Instant) -> Result<AsyncSmtpConnection, Trouble> {
        let (server, hello) = (&self.server, ClientId::default());
        let mut connection = match server.security {
            Security::Implicit => {
                let address = (server.host.as_str(), server.port);
                let tls = self.tls.clone();
                let left = Some(server.timeout);
                within(
                    end,
                    Step::Connect,
                    AsyncSmtpConnection::connect_tokio1(address, left, &hello, tls, None),
                )
                .await?
            }
            Security::StartTls | Security::Plain => {
                let stream = self.open(end).await?;
                within(
                    end,
                    Step::Hello,
                    AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello),
                )
                .await?
            }
        };
        if server.security == Security::StartTls
            && let Some(tls) = self.tls.clone()
        {
            within(end, Step::StartTls, connection.starttls(tls, &hello)).await?;
        }
        if let Some(user) = &server.user {
            let credentials = Credentials::new(user.clone(), password.unwrap_or_default().to_owned());
            within(
                end,
                Step::Auth,
                connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials),
            )
            .await?;
        }
        Ok(connection)
    }

    /// A bare connection. Without Nagle's algorithm: lettre writes in small pieces and would wait 44 ms a mail for the
    /// peer's delayed acknowledgement.
    async fn open(&self, end: Instant) -> Result<TcpStream, Trouble> {
        let trouble = |said: String| Trouble {
            step: Step::Connect,
            code: None,
            said,
            timed_out: false,
            final_: false,
        };
        let connecting = TcpStream::connect((self.server.host.as_str(), self.server.port));
        let stream = match timeout_at(end, connecting).await {
            Ok(connected) => connected.map_err(|why| trouble(why.to_string()))?,
            Err(_) => return Err(Trouble::timed_out(Step::Connect)),
        };
        let peer = stream.peer_addr().map_err(|why| trouble(why.to_string()))?.ip();
        if self.server.security == Security::Plain && !peer.to_canonical().is_loopback() {
            return Err(trouble(format!(
                "{peer} is not this machine, and mail would go without encryption"
            )));
        }
        // Slower without it, not wrong.
        let _ = stream.set_nodelay(true);
        Ok(stream)
    }

    fn take_idle(&self, password: Option<&str>) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|kept| kept.since.elapsed() < IDLE_FOR && kept.password.as_deref() == password);
        idle.pop().map(|kept| kept.connection)
    }

    /// Keeps a connection whose server answered to the end; one that was refused something is cleared first (RSET). Any
    /// other is dropped here.
    async fn put_back(
        &self,
        mut connection: AsyncSmtpConnection,
        result: Result<Response, Trouble>,
        password: Option<String>,
        end: Instant,
    ) -> Result<Response, Trouble> {
        let usable = match &result {
            Ok(_) => true,
            Err(Trouble {
                code: None | Some(421), ..
            }) => false,
            Err(_) => within(end, Step::Mail, connection.command(Rset)).await.is_ok(),
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

/// Roots of this machine (an organisation's own among them; `SSL_CERT_FILE` and `SSL_CERT_DIR` are heeded) and Mozilla's,
/// so that neither a bare container nor a private mail server needs a setting.
fn tls(host: &str) -> Result<TlsParameters, String> {
    let mut probe = rustls::RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs().certs.into_iter();
    let builder = TlsParametersBuilder::new(host.trim_matches(['[', ']']).to_owned())
        .certificate_store(CertificateStore::WebpkiRoots);
    native
        // One that cannot be read would make lettre refuse them all.
        .filter(|root| probe.add(root.clone()).is_ok())
        .filter_map(|root| Certificate::from_der(root.to_vec()).ok())
        .fold(builder, TlsParametersBuilder::add_root_certificate)
        .build()
        .map_err(|why| format!("no secure connection to {host} can be prepared: {why}"))
}
