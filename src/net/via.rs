//! The way to a server: a proxy, an authority of one's own, a certificate that says who asks.

use std::path::PathBuf;
use std::time::SystemTime;

use url::Url;

use super::fault::NetError;
use super::secret::Secret;
use super::shown::ShownAddress;

/// How requests reach their server; the default is directly, with the machine's authorities.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Via {
    pub proxy: Option<Proxy>,
    /// Certificates of authorities (PEM) that are trusted too.
    pub ca_file: Option<PathBuf>,
    pub certificate: Option<ClientCertificate>,
}

/// A proxy: `http:`, `https:`, or `socks5h:`, which looks names up itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Proxy {
    /// For `http:` addresses.
    pub http: Option<Url>,
    /// For `https:` addresses.
    pub https: Option<Url>,
    pub user: Option<String>,
    pub password: Option<Secret>,
    /// Hosts, domains and networks that are reached directly.
    pub except: Vec<String>,
}

/// A certificate of the client's own, with its key, both PEM.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientCertificate {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Via {
    /// Whether it is the direct way.
    pub fn is_direct(&self) -> bool {
        *self == Self::default()
    }

    /// Returns when each of its files was changed last: a client made from others is out of date.
    pub(super) fn stamps(&self) -> Vec<Option<SystemTime>> {
        let password = self.proxy.as_ref().and_then(|proxy| proxy.password.as_ref()?.file());
        let own = self.certificate.iter().flat_map(|own| [&*own.certificate, &*own.key]);
        let files = self.ca_file.as_deref().into_iter().chain(own).chain(password);
        files
            .map(|file| std::fs::metadata(file).and_then(|file| file.modified()).ok())
            .collect()
    }
}

impl Proxy {
    /// Returns the hosts of the proxies themselves, which may be on this machine.
    pub(super) fn hosts(&self) -> Vec<String> {
        let urls = self.http.iter().chain(&self.https);
        urls.filter_map(|url| url.host_str().map(str::to_owned)).collect()
    }

    /// Returns the rules for the HTTP library.
    pub(super) fn rules(&self) -> Result<Vec<reqwest::Proxy>, NetError> {
        let password = match &self.password {
            Some(password) => password.read_now().map_err(NetError::Other)?,
            None => String::new(),
        };
        let except = reqwest::NoProxy::from_string(&self.except.join(","));
        let mut rules = Vec::new();
        for (url, https) in [(&self.http, false), (&self.https, true)] {
            let Some(url) = url else { continue };
            let made = if https {
                reqwest::Proxy::https(url.as_str())
            } else {
                reqwest::Proxy::http(url.as_str())
            };
            let mut rule =
                made.map_err(|_| NetError::Other(format!("the proxy {} cannot be used", ShownAddress::of(url))))?;
            if let Some(user) = &self.user {
                rule = rule.basic_auth(user, &password);
            }
            rules.push(rule.no_proxy(except.clone()));
        }
        Ok(rules)
    }
}
