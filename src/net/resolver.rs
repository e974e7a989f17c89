//! DNS lookups that leave out refused addresses.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{PrivateAddresses, refuse_ip};
use super::fault::Unresolved;

/// Resolves names and leaves out refused addresses, so that a name cannot lead into a private network.
#[derive(Debug, Clone)]
pub(super) struct Resolver {
    pub(super) private_addresses: PrivateAddresses,
    /// Names with a fixed address, as in a hosts file; a port in it counts where the URL has none.
    pub(super) hosts: Hosts,
    /// Names of proxies, which may be on this machine.
    pub(super) proxies: Arc<[String]>,
}

pub(super) type Hosts = Arc<HashMap<String, SocketAddr>>;

impl Resolver {
    pub(super) fn judge(&self, addresses: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, Unresolved> {
        let mut refused = None;
        let mut good = Vec::new();
        for address in addresses {
            match refuse_ip(address.ip()) {
                Some(refusal) if self.private_addresses == PrivateAddresses::Refused => {
                    refused.get_or_insert(refusal);
                }
                _ => good.push(address),
            }
        }
        match refused {
            Some(refusal) if good.is_empty() => Err(Unresolved::Refused(refusal)),
            None if good.is_empty() => Err(Unresolved::Unknown),
            _ => Ok(good),
        }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let resolver = match resolver.proxies.iter().any(|proxy| proxy == name.as_str()) {
                true => Self {
                    private_addresses: PrivateAddresses::Allowed,
                    ..resolver
                },
                false => resolver,
            };
            let good = match resolver.hosts.get(name.as_str()) {
                Some(known) => resolver.judge([*known].into_iter())?,
                None => {
                    let found = tokio::net::lookup_host((name.as_str(), 0))
                        .await
                        .map_err(|_| Unresolved::Unknown)?;
                    resolver.judge(found)?
                }
            };
            Ok(Box::new(good.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_inside_are_refused() {
        let resolver = |private_addresses| Resolver {
            private_addresses,
            hosts: Hosts::default(),
            proxies: Arc::default(),
        };
        type Addresses = &'static [&'static str];
        let table: [(&str, Addresses, PrivateAddresses, Result<Addresses, &str>); 6] = [
            (
                "a public address",
                &["198.41.0.4:0"],
                PrivateAddresses::Refused,
                Ok(&["198.41.0.4:0"]),
            ),
            (
                "a private address",
                &["192.168.1.7:0"],
                PrivateAddresses::Refused,
                Err("192.168.1.7 is a private address (RFC 1918)"),
            ),
            (
                "a private address within IPv6",
                &["[::ffff:192.168.1.7]:0"],
                PrivateAddresses::Refused,
                Err("::ffff:192.168.1.7 is a private address (RFC 1918)"),
            ),
            (
                "a public and a private address: only the public one is asked",
                &["10.0.0.1:0", "198.41.0.4:0"],
                PrivateAddresses::Refused,
                Ok(&["198.41.0.4:0"]),
            ),
            (
                "a private address that is allowed",
                &["10.0.0.1:0"],
                PrivateAddresses::Allowed,
                Ok(&["10.0.0.1:0"]),
            ),
            ("no address", &[], PrivateAddresses::Allowed, Err("no address is known")),
        ];
        for (case, addresses, private, expected) in table {
            let judged = resolver(private).judge(addresses.iter().map(|a| a.parse().unwrap()));
            let expected = expected
                .map(|good| good.iter().map(|a| a.parse().unwrap()).collect::<Vec<SocketAddr>>())
                .map_err(str::to_owned);
            assert_eq!(judged.map_err(|e| e.to_string()), expected, "{case}");
        }
    }
}
