//! What a mail server's refusal means: whose fault it is, and whether trying again can mend it. Pure.

use std::error::Error as _;

use lettre::transport::smtp::Error;

use crate::deliver::attempt::AttemptOutcome;
use crate::deliver::receiver::{MailServer, Security};
use crate::text::{one_line, shorten};

/// Characters of an answer that are kept.
const LONGEST_ANSWER: usize = 300;

/// How far an attempt came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Connect,
    Hello,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    Text,
}

/// Why an attempt ended before the mail was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub step: Step,
    /// The server's reply code, where it replied.
    pub code: Option<u16>,
    pub said: String,
    pub timed_out: bool,
    /// Known without asking the server to be of no use.
    pub final_: bool,
}

impl Trouble {
    pub(crate) fn of(step: Step, error: &Error) -> Self {
        let said = error
            .source()
            .map_or_else(|| error.to_string(), |source| source.to_string());
        Self {
            step,
            code: error.status().map(u16::from),
            said,
            timed_out: false,
            final_: false,
        }
    }

    /// Something other than an answer of the server: it may work later.
    pub(crate) fn unsaid(step: Step, said: String) -> Self {
        Self {
            step,
            code: None,
            said,
            timed_out: false,
            final_: false,
        }
    }

    pub(crate) fn timed_out(step: Step) -> Self {
        Self {
            step,
            code: None,
            said: String::new(),
            timed_out: true,
            final_: false,
        }
    }

    /// Only a refusal of this address or of this mail is final. Greeting, TLS, sign-in and sender are the operator's or
    /// the server's to mend, and so is a mailbox that is full.
    fn is_final(&self) -> bool {
        if self.final_ {
            return true;
        }
        let Some(code @ 500..=599) = self.code else {
            return false;
        };
        let (subject, detail) = enhanced(&self.said).unwrap_or((0, 0));
        // RFC 3463: 5.2.2 mailbox full, 5.3.x the server's state, 5.4.x routing and quotas; RFC 4954: 530, 535, 538.
        let mendable = matches!((code, subject, detail), (530 | 535 | 538, ..) | (_, 2, 2) | (_, 4, _));
        match self.step {
            Step::Connect | Step::Hello | Step::StartTls | Step::Auth | Step::Mail => false,
            // RFC 3463 5.7.x is a policy about us (relaying denied, a block list), not about the mailbox. RFC 5321
            // section 4.5.3.1.10 wants a 552 without more to be taken as temporary.
            Step::Rcpt => !mendable && subject != 7 && subject != 3 && !(code == 552 && subject == 0),
            // 552 5.3.4 is a mail too large, which it stays.
            Step::Data | Step::Text => !mendable && (subject != 3 || detail == 4),
        }
    }
}

/// Subject and detail of an enhanced status code at the beginning of an answer (RFC 3463): `5.1.1 no such user`.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    let mut parts = said.split_whitespace().next()?.split('.');
    let (class, subject, detail) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (class == "5" && parts.next().is_none()).then_some((subject, detail))
}

/// The outcome of an attempt: reply code and words of an acceptance, or its trouble.
pub(super) fn outcome(result: Result<(u16, String), Trouble>, server: &MailServer) -> AttemptOutcome {
    let trouble = match result {
        Ok((code, said)) => {
            return AttemptOutcome::Accepted {
                said: answer(Some(code), &said),
            };
        }
        Err(trouble) => trouble,
    };
    let said = answer(trouble.code, &trouble.said);
    let why = match (trouble.timed_out, trouble.step) {
        (true, step) => format!(
            "{}:{} did not answer within {} seconds ({})",
            server.host,
            server.port,
            server.timeout.as_secs(),
            waited_for(step)
        ),
        (_, Step::Connect) => format!("cannot connect to {}:{}: {said}", server.host, server.port),
        (_, Step::Hello) => match server.security {
            Security::StartTls if trouble.code.is_none() => format!(
                "{}:{} does not greet as a mail server does: {said}; if it wants TLS from the first byte, write \
                 \"smtps://{}\"",
                server.host, server.port, server.host
            ),
            _ => format!("the mail server refuses to talk: {said}"),
        },
        (_, Step::StartTls) => format!("no secure connection to {}:{}: {said}", server.host, server.port),
        (_, Step::Auth) => format!("the mail server refuses to sign us in: {said}; check `user` and `password`"),
        (_, Step::Mail) => format!("the mail server refuses the sender {}: {said}", one_line(&server.from)),
        (_, Step::Rcpt) if trouble.final_ => said,
        (_, Step::Rcpt) => format!("the mail server refuses the address: {said}"),
        (_, Step::Data | Step::Text) => match trouble.code {
            Some(_) => format!("the mail server refuses the mail: {said}"),
            None => format!("the connection was lost before the mail server accepted the mail: {said}"),
        },
    };
    match trouble.is_final() {
        true => AttemptOutcome::never(why),
        false => AttemptOutcome::later(why),
    }
}

fn waited_for(step: Step) -> &'static str {
    match step {
        Step::Connect => "while connecting",
        Step::Hello => "after connecting",
        Step::StartTls => "while securing the connection",
        Step::Auth => "while signing in",
        Step::Mail => "after the sender",
        Step::Rcpt => "after the address",
        Step::Data => "before the mail",
        Step::Text => "after the mail; it may have arrived, and is sent again under the same id",
    }
}

fn answer(code: Option<u16>, said: &str) -> String {
    let said = shorten(&one_line(said), LONGEST_ANSWER);
    match (code, said.is_empty()) {
        (Some(code), true) => code.to_string(),
        (Some(code), false) => format!("{code} {said}"),
        (None, true) => "no answer".to_owned(),
        (None, false) => said,
    }
}
