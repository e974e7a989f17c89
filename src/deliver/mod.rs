//! Deliveries: a message becomes a mail, a request or lines on a terminal, and an attempt has an outcome.

mod attempt;
mod console;
mod email;
mod event;
mod html;
mod letter;
mod line;
mod mail_stream;
mod mail_tls;
mod marked;
mod outgoing_message;
mod page;
mod receiver;
mod refusal;
mod render;
mod sender;
mod webhook;

pub use attempt::{AttemptOutcome, GivenUp, Next, next_attempt};
pub use console::Screen;
pub use event::{AlertBody, body as alert_body};
pub use outgoing_message::Parcel;
pub use receiver::{MailServer, Receiver, Secret, Security, To};
pub use sender::Postman;
