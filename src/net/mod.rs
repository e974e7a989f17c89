//! The HTTP client and the addresses it refuses.

mod address;
mod answer;
mod client;
mod fault;
mod resolver;

pub use address::{PrivateAddresses, Refusal, refuse_host, refuse_ip};
pub use client::{BodyEnd, Client, ClientSettings, Method, Request, Response};
pub use fault::NetError;
pub use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
