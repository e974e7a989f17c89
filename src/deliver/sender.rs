//! Sends a message by the way of its receiver: terminal, mail or webhook.

use std::collections::HashMap;

use jiff::Timestamp;

use super::attempt::AttemptOutcome;
use super::console::Screen;
use super::mail::Mailer;
use super::outgoing_message::OutgoingMessage;
use super::receiver::{MailServer, Receiver, To};
use super::webhook::send;
use crate::net::Client;

/// Bytes of a webhook's answer that are read: its first words go into the log, the rest is of no use.
const WEBHOOK_ANSWER_BYTES: u64 = 16 * 1024;

/// Knows the way to each receiver. Made anew at each reload.
#[derive(Debug)]
pub struct Sender {
    ways: HashMap<String, To>,
    mailer: Option<Mailer>,
    client: Client,
    screen: Screen,
}

impl Sender {
    /// Fails where a setting cannot be used (a mailbox that is none, a TLS root that cannot be read).
    pub fn new(receivers: Vec<Receiver>, mail: Option<MailServer>, client: Client) -> Result<Self, String> {
        let mailer = mail.map(Mailer::new).transpose()?;
        let ways = receivers
            .into_iter()
            .map(|receiver| (receiver.name, receiver.to))
            .collect();
        Ok(Self {
            ways,
            mailer,
            client: client.limited_to(WEBHOOK_ANSWER_BYTES),
            screen: Screen::stdout(),
        })
    }

    /// Shows the console receiver's messages elsewhere than on standard output.
    pub fn with_screen(self, screen: Screen) -> Self {
        Self { screen, ..self }
    }

    /// One attempt. Ends within the receiver's time limit.
    pub async fn send(&self, outgoing: &OutgoingMessage, now: Timestamp) -> AttemptOutcome {
        match self.ways.get(&outgoing.receiver) {
            Some(To::Console) => self.screen.show(outgoing).await,
            Some(To::Webhook { url, secret }) => send::send(&self.client, url, secret.as_ref(), outgoing, now).await,
            Some(To::Email) => match &self.mailer {
                Some(mailer) => mailer.send(outgoing).await,
                None => AttemptOutcome::later("no mail server is configured; write [mail] with `server` and `from`"),
            },
            // It may have been taken out by mistake, or renamed and be renamed back.
            None => AttemptOutcome::later(format!(
                "the receiver “{}” is no longer in the configuration",
                outgoing.receiver
            )),
        }
    }
}
