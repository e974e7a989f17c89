//! How clients are made: one for each way to a server and each choice of addresses.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use reqwest::dns::Resolve;
use reqwest::header::HeaderValue;

use super::{Client, ClientSettings, Ways};
use crate::net::address::PrivateAddresses;
use crate::net::fault::NetError;
use crate::net::large::LargeBodies;
use crate::net::resolver::{Hosts, Resolver};
use crate::net::tls::tls_config;
use crate::net::via::{Proxy, Via};

impl Client {
    pub fn new(settings: ClientSettings) -> Result<Self, NetError> {
        let tls = Arc::new(tls_config(&settings.via)?);
        Self::resolving(settings, Hosts::default(), tls)
    }

    /// Returns a client with the same settings that goes another way. Each is made once, and anew when a file of it
    /// changed.
    pub fn through(&self, via: &Via) -> Result<Self, NetError> {
        if *via == self.settings.via {
            return Ok(self.clone());
        }
        let stamps = via.stamps();
        let mut ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        let client = match ways.get(via).filter(|(made_from, _)| *made_from == stamps) {
            Some((_, client)) => client.clone(),
            None => {
                let settings = ClientSettings {
                    via: via.clone(),
                    ..ClientSettings::clone(&self.settings)
                };
                let client = Self {
                    large: self.large.clone(),
                    ..Self::resolving(settings, self.hosts.clone(), Arc::new(tls_config(via)?))?
                };
                ways.insert(via.clone(), (stamps, client.clone()));
                client
            }
        };
        drop(ways);
        Ok(client.limited_to(self.settings.max_bytes))
    }

    /// Returns a client with the same settings that reaches these names at these addresses, as curl does with `--resolve`.
    pub fn with_hosts(&self, hosts: HashMap<String, SocketAddr>) -> Result<Self, NetError> {
        Self::resolving(ClientSettings::clone(&self.settings), Arc::new(hosts), self.tls.clone())
    }

    /// Returns a client with the same settings but for which addresses it may reach.
    pub fn beside(&self, private_addresses: PrivateAddresses) -> Result<Self, NetError> {
        if private_addresses == self.settings.private_addresses {
            return Ok(self.clone());
        }
        let settings = ClientSettings {
            private_addresses,
            ..ClientSettings::clone(&self.settings)
        };
        Ok(Self {
            large: self.large.clone(),
            ..Self::resolving(settings, self.hosts.clone(), self.tls.clone())?
        })
    }

    pub(super) fn resolving(
        settings: ClientSettings,
        hosts: Hosts,
        tls: Arc<rustls::ClientConfig>,
    ) -> Result<Self, NetError> {
        let resolver = Resolver {
            private_addresses: settings.private_addresses,
            hosts: hosts.clone(),
            proxies: settings.via.proxy.iter().flat_map(Proxy::hosts).collect(),
        };
        let client = Self::with_resolver(settings, resolver, tls)?;
        Ok(Self { hosts, ..client })
    }

    pub(super) fn with_resolver(
        settings: ClientSettings,
        resolver: impl Resolve + Clone + 'static,
        tls: Arc<rustls::ClientConfig>,
    ) -> Result<Self, NetError> {
        let user_agent = HeaderValue::from_str(&settings.user_agent).map_err(|_| {
            NetError::Other(format!(
                "the User-Agent {:?} holds characters that a header cannot carry",
                settings.user_agent
            ))
        })?;
        let proxies = match &settings.via.proxy {
            Some(proxy) => proxy.rules()?,
            None => Vec::new(),
        };
        let build = || {
            let builder = reqwest::Client::builder()
                .tls_backend_preconfigured(rustls::ClientConfig::clone(&tls))
                .user_agent(user_agent.clone())
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                // A proxy from the environment is asked only where the configuration says so.
                .no_proxy()
                .dns_resolver(resolver.clone())
                // Connecting gets half of the timeout, so that one silent address of several does not use up all of it.
                .connect_timeout(settings.timeout / 2)
                // Feeds of one site are polled in sequence, then minutes pass: idle connections would only hold file
                // descriptors.
                .pool_idle_timeout(Duration::from_secs(20))
                .pool_max_idle_per_host(2)
                .http1_ignore_invalid_headers_in_responses(true)
                .http1_allow_spaces_after_header_name_in_responses(true)
                .http1_allow_obsolete_multiline_headers_in_responses(true);
            proxies.iter().cloned().fold(builder, reqwest::ClientBuilder::proxy)
        };
        let built = |builder: reqwest::ClientBuilder| {
            builder
                .build()
                .map_err(|error| NetError::Other(format!("the HTTP client cannot be made ready: {error}")))
        };
        Ok(Self {
            decoding: built(build())?,
            verbatim: built(build().no_gzip().no_brotli().no_deflate().no_zstd())?,
            tls,
            hosts: Hosts::default(),
            settings: Arc::new(settings),
            large: LargeBodies::default(),
            ways: Ways::default(),
        })
    }
}
