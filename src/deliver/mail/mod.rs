//! Mail: the letter and the conversation with the server.

mod email;
mod html;
mod letter;
mod refusal;
mod stream;
mod tls;

pub(crate) use email::Mailer;
