//! Which addresses may not be asked: private, loopback, link-local and other special-purpose networks (RFC 6890).

use std::net::IpAddr;

/// Whether feeds and webhooks may live on private networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivateAddresses {
    Refused,
    Allowed,
}

/// Why an address is not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The address or host as it would have been asked.
    pub host: String,
    /// What kind of network it is, as words that complete "… is ": "a loopback address (RFC 1122)".
    pub is: &'static str,
}

/// Judges a resolved address; IPv4 inside IPv6 is judged as IPv4.
pub fn refuse_ip(_ip: IpAddr) -> Option<Refusal> {
    todo!()
}

/// Judges a URL's host where it is a literal address (`127.0.0.1`, `2130706433`, `0x7f.1`, `[::1]`) or `localhost`.
pub fn refuse_host(_url: &url::Url) -> Option<Refusal> {
    todo!()
}
