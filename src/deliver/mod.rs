//! Deliveries: a message becomes a mail, a request or lines on a terminal, and an attempt has an outcome.

mod attempt;
mod console;
mod email;
mod event;
mod html;
mod letter;
mod marked;
mod page;
mod receiver;
mod refusal;
mod render;
mod webhook;

pub use attempt::{AttemptOutcome, GivenUp, Next, next_attempt};
pub use console::Screen;
pub use event::{AlertBody, body as alert_body};
pub use receiver::{MailServer, Parcel, Postman, Receiver, Secret, Security, To};
