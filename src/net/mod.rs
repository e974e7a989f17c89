//! The one HTTP client, and the addresses it refuses.

mod address;
mod client;

pub use address::{PrivateAddresses, Refusal, refuse_host, refuse_ip};
pub use client::{BodyEnd, Client, ClientSettings, Method, NetError, Request, Response};
