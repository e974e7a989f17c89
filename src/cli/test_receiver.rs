//! `test-receiver`: one message, at once, outside of the store.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use super::print::out;
use crate::alert::{DeliveryId, Notice, notice_message};
use crate::daemon::{Clock, Origin, Ready, ReadyError, SystemClock};
use crate::deliver::{AttemptOutcome, OutgoingMessage};
use crate::text::clean;
use wirewatch_syndication::derive_id;

pub async fn test_receiver(origin: Origin, name: &str) -> Result<ExitCode> {
    let ready = match Ready::prepare(&origin) {
        Err(ReadyError::Configuration(problems)) => return Err(problems.into()),
        ready => ready.context("failed to get ready")?,
    };
    let recipients = &ready.configuration.recipients;
    let Some(recipient) = recipients.iter().find(|recipient| recipient.name == name) else {
        let known: Vec<_> = recipients.iter().map(|recipient| recipient.name.as_str()).collect();
        bail!("there is no receiver `{name}`; there are: {}", known.join(", "));
    };
    let now = SystemClock.now();
    let notice = Notice {
        id: derive_id(&["test", name, &now.to_string()]),
        raised: now,
        title: format!("Test of the receiver “{name}”"),
        lines: vec![
            "If you read this, alerts for this receiver arrive here.".to_owned(),
            format!("Sent by `wirewatch test-receiver {name}`; nothing has happened."),
        ],
    };
    let mut failed = false;
    for address in &recipient.addresses {
        let outgoing = OutgoingMessage {
            id: DeliveryId(derive_id(&["test", name, address, &now.to_string()])),
            receiver: name.to_owned(),
            address: address.clone(),
            message: notice_message(&notice, &recipient.time_zone),
            alerts: Vec::new(),
            raised: now,
        };
        let shown = if address.is_empty() { name } else { address };
        let line = match ready.sender.send(&outgoing, now).await {
            AttemptOutcome::Accepted { said } => format!("{shown}: accepted ({said})"),
            AttemptOutcome::Later { why, .. } => {
                failed = true;
                format!("{shown}: not accepted, would be tried again: {why}")
            }
            AttemptOutcome::Never { why } => {
                failed = true;
                format!("{shown}: refused: {why}")
            }
        };
        out(|out| writeln!(out, "{}", clean(&line)))?;
    }
    Ok(ExitCode::from(u8::from(failed)))
}
