//! Addresses that are refused: private, loopback, link-local and other special-purpose networks (RFC 6890).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Whether feeds and webhooks may be on private networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivateAddresses {
    Refused,
    Allowed,
}

/// Why an address is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The address or host as requested.
    pub host: String,
    /// The kind of network; completes "… is ": "a loopback address (RFC 1122)".
    pub is: &'static str,
}

const LOOPBACK_NAME: &str = "this machine itself (RFC 6761)";

/// The IANA special-purpose registry for IPv4, without its few globally reachable blocks.
const SPECIAL_V4: &[([u8; 4], u32, &str)] = &[
    ([0, 0, 0, 0], 8, "an address of \"this network\" (RFC 791)"),
    ([10, 0, 0, 0], 8, "a private address (RFC 1918)"),
    ([100, 64, 0, 0], 10, "a provider's shared address (RFC 6598)"),
    ([127, 0, 0, 0], 8, "a loopback address (RFC 1122)"),
    ([169, 254, 0, 0], 16, "a link-local address (RFC 3927)"),
    ([172, 16, 0, 0], 12, "a private address (RFC 1918)"),
    ([192, 0, 0, 0], 24, "reserved for protocols (RFC 6890)"),
    ([192, 0, 2, 0], 24, "an address for documentation (RFC 5737)"),
    ([192, 88, 99, 0], 24, "a retired 6to4 relay (RFC 7526)"),
    ([192, 168, 0, 0], 16, "a private address (RFC 1918)"),
    ([198, 18, 0, 0], 15, "an address for benchmarks (RFC 2544)"),
    ([198, 51, 100, 0], 24, "an address for documentation (RFC 5737)"),
    ([203, 0, 113, 0], 24, "an address for documentation (RFC 5737)"),
    ([224, 0, 0, 0], 4, "a multicast address (RFC 5771)"),
    ([255, 255, 255, 255], 32, "the broadcast address (RFC 919)"),
    ([240, 0, 0, 0], 4, "a reserved address (RFC 1112)"),
];

/// The same for IPv6, by first segments. Teredo lies within 2001::/23 and comes before it.
const SPECIAL_V6: &[([u16; 4], u32, &str)] = &[
    ([0x64, 0xff9b, 1, 0], 48, "a local translation address (RFC 8215)"),
    ([0x100, 0, 0, 0], 64, "a discard-only address (RFC 6666)"),
    ([0x100, 0, 0, 1], 64, "a dummy address (RFC 9780)"),
    ([0x2001, 0, 0, 0], 32, "a Teredo address (RFC 4380)"),
    ([0x2001, 0, 0, 0], 23, "reserved for protocols (RFC 2928)"),
    ([0x2001, 0xdb8, 0, 0], 32, "an address for documentation (RFC 3849)"),
    ([0x3fff, 0, 0, 0], 20, "an address for documentation (RFC 9637)"),
    ([0x5f00, 0, 0, 0], 16, "a segment routing address (RFC 9602)"),
    ([0xfc00, 0, 0, 0], 7, "a private address (RFC 4193)"),
    ([0xfe80, 0, 0, 0], 10, "a link-local address (RFC 4291)"),
    ([0xfec0, 0, 0, 0], 10, "a retired site-local address (RFC 3879)"),
    ([0xff00, 0, 0, 0], 8, "a multicast address (RFC 4291)"),
];

/// Checks a resolved address; IPv4 inside IPv6 is checked as IPv4.
pub fn refuse_ip(ip: IpAddr) -> Option<Refusal> {
    let is = match ip {
        IpAddr::V4(v4) => special_v4(v4),
        IpAddr::V6(v6) => special_v6(v6),
    }?;
    Some(Refusal {
        host: ip.to_string(),
        is,
    })
}

/// Checks a URL's host if it is a literal address (`127.0.0.1`, `2130706433`, `0x7f.1`, `[::1]`) or `localhost`.
///
/// The URL parser has already normalised every spelling of an IPv4 address (WHATWG URL §3.5).
pub fn refuse_host(url: &Url) -> Option<Refusal> {
    match url.host()? {
        Host::Ipv4(v4) => refuse_ip(v4.into()),
        Host::Ipv6(v6) => refuse_ip(v6.into()),
        Host::Domain(name) => {
            let bare = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
            (bare == "localhost" || bare.ends_with(".localhost")).then(|| Refusal {
                host: name.to_owned(),
                is: LOOPBACK_NAME,
            })
        }
    }
}

fn special_v4(ip: Ipv4Addr) -> Option<&'static str> {
    let bits = u32::from(ip);
    SPECIAL_V4
        .iter()
        .find(|(network, length, _)| (bits ^ u32::from_be_bytes(*network)) >> (32 - length) == 0)
        .map(|(_, _, is)| *is)
}

fn special_v6(ip: Ipv6Addr) -> Option<&'static str> {
    if ip == Ipv6Addr::UNSPECIFIED {
        return Some("the unspecified address (RFC 4291)");
    }
    if ip == Ipv6Addr::LOCALHOST {
        return Some("a loopback address (RFC 4291)");
    }
    if let Some(inner) = inner_v4(ip) {
        return special_v4(inner);
    }
    let bits = (u128::from(ip) >> 64) as u64;
    SPECIAL_V6
        .iter()
        .find(|(network, length, _)| {
            let network = network
                .iter()
                .fold(0, |bits, segment| (bits << 16) | u64::from(*segment));
            (bits ^ network) >> (64 - length) == 0
        })
        .map(|(_, _, is)| *is)
}

/// Returns the IPv4 address inside an IPv6 address, so that `::ffff:127.0.0.1` does not evade the table.
fn inner_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match ip.segments() {
        // Compatible (RFC 4291 §2.5.5.1), mapped (§2.5.5.2), translated (RFC 2765), well-known NAT64 (RFC 6052).
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(v4(high, low)),
        // 6to4 (RFC 3056)
        [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => None,
    }
}
