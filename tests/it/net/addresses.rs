//! Addresses that are not asked, in every spelling.

use std::net::IpAddr;

use wirewatch::net::{refuse_host, refuse_ip};

use super::*;

#[test]
fn special_purpose_addresses_are_refused() {
    let refused = [
        ("this network", "0.0.0.0"),
        ("private, 10", "10.255.0.1"),
        ("shared by a provider", "100.64.0.1"),
        ("loopback", "127.8.9.10"),
        ("link-local, where clouds keep their secrets", "169.254.169.254"),
        ("private, 172", "172.31.255.255"),
        ("protocol assignments", "192.0.0.8"),
        ("documentation", "192.0.2.1"),
        ("6to4 relay", "192.88.99.1"),
        ("private, 192", "192.168.0.1"),
        ("benchmarks", "198.19.255.255"),
        ("documentation, second", "198.51.100.7"),
        ("documentation, third", "203.0.113.7"),
        ("multicast", "239.255.255.250"),
        ("reserved", "240.0.0.1"),
        ("broadcast", "255.255.255.255"),
        ("unspecified", "::"),
        ("loopback, IPv6", "::1"),
        ("mapped loopback", "::ffff:127.0.0.1"),
        ("mapped private", "::ffff:a00:1"),
        ("compatible loopback", "::7f00:1"),
        ("translated private", "::ffff:0:192.168.0.1"),
        ("NAT64 of a private address", "64:ff9b::10.0.0.1"),
        ("local translation", "64:ff9b:1::1"),
        ("discard-only", "100::1"),
        ("Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
        ("benchmarks, IPv6", "2001:2::1"),
        ("documentation, IPv6", "2001:db8::1"),
        ("6to4 of a private address", "2002:c0a8:1::1"),
        ("documentation, new", "3fff::1"),
        ("segment routing", "5f00::1"),
        ("unique local", "fd12:3456::1"),
        ("link-local, IPv6", "fe80::1"),
        ("site-local", "fec0::1"),
        ("multicast, IPv6", "ff02::1"),
    ];
    for (case, address) in refused {
        let ip: IpAddr = address.parse().unwrap();
        let refusal = refuse_ip(ip).unwrap_or_else(|| panic!("{case}: {address} is let through"));
        assert_eq!(refusal.host, ip.to_string(), "{case}");
        assert!(
            refusal.is.ends_with(')') && refusal.is.contains("(RFC "),
            "{case}: {}",
            refusal.is
        );
    }
    let good = [
        ("a public address", "198.41.0.4"),
        ("just under 10", "9.255.255.255"),
        ("just over 10", "11.0.0.0"),
        ("just under 100.64", "100.63.255.255"),
        ("just over 100.64/10", "100.128.0.0"),
        ("just under 172.16", "172.15.255.255"),
        ("just over 172.16/12", "172.32.0.0"),
        ("just over 198.18/15", "198.20.0.0"),
        ("just under multicast", "223.255.255.255"),
        ("a public IPv6 address", "2606:4700:4700::1111"),
        ("just over 2001::/23", "2001:200::1"),
        ("mapped public", "::ffff:198.41.0.4"),
        ("NAT64 of a public address", "64:ff9b::198.41.0.4"),
        ("6to4 of a public address", "2002:c629:4::1"),
    ];
    for (case, address) in good {
        assert_eq!(refuse_ip(address.parse().unwrap()), None, "{case}: {address}");
    }
}

/// Every spelling that leads to this machine.
const INSIDE: [&str; 13] = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "0177.0.0.01",
    "%31%32%37.0.0.1",
    "１２７.0.0.1",
    "[::ffff:127.0.0.1]",
    "localhost",
    "LOCALHOST.",
    "feeds.localhost",
];

#[tokio::test]
async fn no_spelling_of_an_inside_host_is_asked() {
    let server = FeedServer::start().await;
    server.serve("/a.xml", Page::feed(FEED));
    let client = client_with(PrivateAddresses::Refused);
    for host in INSIDE {
        let url = server.url_at(host, "/a.xml");
        assert!(refuse_host(&url).is_some(), "{host} is let through");
        let fault = client.send(get(url)).await.unwrap_err();
        assert!(matches!(fault, NetError::Refused { .. }), "{host}: {fault}");
        assert!(fault.to_string().contains("allow_private"), "{fault}");
    }
    assert_eq!(server.requests(), [], "an inside host was asked");
    for host in [
        "localhost.example.org",
        "notlocalhost",
        "198.41.0.4",
        "[2606:4700:4700::1111]",
    ] {
        assert_eq!(refuse_host(&server.url_at(host, "/")), None, "{host}");
    }
}
