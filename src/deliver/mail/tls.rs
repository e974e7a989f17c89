//! TLS to mail servers: after STARTTLS by lettre, from the first byte by us, with the same roots.

use std::sync::Arc;

use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters, TlsParametersBuilder};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

/// For a server that offers STARTTLS. `host` as it is written in the configuration.
pub(super) fn later(host: &str) -> Result<TlsParameters, String> {
    let builder = TlsParametersBuilder::new(bare(host).to_owned()).certificate_store(CertificateStore::WebpkiRoots);
    roots_of_this_machine()
        .into_iter()
        .filter_map(|root| Certificate::from_der(root.to_vec()).ok())
        .fold(builder, TlsParametersBuilder::add_root_certificate)
        .build()
        .map_err(|why| unprepared(host, &why))
}

/// For a server that wants TLS from the first byte.
pub(super) fn at_once(host: &str) -> Result<(TlsConnector, ServerName<'static>), String> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    roots.add_parsable_certificates(roots_of_this_machine());
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|why| unprepared(host, &why))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(bare(host).to_owned()).map_err(|why| unprepared(host, &why))?;
    Ok((TlsConnector::from(Arc::new(config)), name))
}

/// Roots of this machine (an organisation's own among them; `SSL_CERT_FILE` and `SSL_CERT_DIR` are heeded). Mozilla's are
/// added by the callers, so that neither a bare container nor a private mail server needs a setting.
fn roots_of_this_machine() -> Vec<CertificateDer<'static>> {
    let mut probe = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs().certs.into_iter();
    // One that cannot be read would make lettre refuse them all.
    native.filter(|root| probe.add(root.clone()).is_ok()).collect()
}

/// An IPv6 address without its brackets.
fn bare(host: &str) -> &str {
    host.trim_matches(['[', ']'])
}

fn unprepared(host: &str, why: &dyn std::fmt::Display) -> String {
    format!("no secure connection to {host} can be prepared: {why}")
}
