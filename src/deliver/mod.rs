//! Deliveries: a message becomes a mail, a request or lines on a terminal, and an attempt has an outcome.

mod attempt;
mod console;
mod mail;
mod outgoing_message;
mod receiver;
mod sender;
mod text;
mod webhook;

pub use attempt::{AttemptOutcome, GivenUp, Next, next_attempt};
pub use console::Screen;
pub use outgoing_message::OutgoingMessage;
pub use receiver::{MailServer, Receiver, Secret, Security, To};
pub use sender::Sender;
pub use webhook::{AlertBody, alert_size, body as alert_body};
