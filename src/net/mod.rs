//! The HTTP client and the addresses it refuses.

mod address;
mod answer;
mod body;
mod client;
mod cookies;
mod fault;
mod http_time;
mod large;
mod message;
mod resolver;
mod scrub;
mod secret;
mod shown;
mod tls;
mod unpack;
mod via;

pub use address::{PrivateAddresses, Refusal, refuse_host, refuse_ip};
pub(crate) use answer::same_site;
pub use client::{Client, ClientSettings};
pub use fault::NetError;
pub use http_time::retry_after;
pub(crate) use http_time::{header_of, http_date, seconds, server_clock};
pub use large::{LARGE, LargeBodies, LargeBody};
pub use message::{BodyEnd, Method, Request, Response};
pub use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
pub use scrub::scrubbed;
pub use secret::Secret;
pub use shown::{ShownAddress, shown_text, veiled_text};
pub use unpack::{Unpacked, unpacked};
pub use via::{ClientCertificate, Proxy, Via};
