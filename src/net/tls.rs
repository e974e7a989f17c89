//! The certificates that the HTTP client trusts, and those that it shows.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::fault::NetError;
use super::via::Via;

/// Returns the TLS of a way: certificates that this machine trusts, Mozilla's for machines that have none installed, and
/// those of `ca_file`; with the client's own certificate where there is one.
pub(super) fn tls_config(via: &Via) -> Result<rustls::ClientConfig, NetError> {
    let mut roots = rustls::RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(file) = &via.ca_file {
        let (added, _) = roots.add_parsable_certificates(certificates(file)?);
        if added == 0 {
            return Err(NetError::Other(format!(
                "{} holds no certificate of an authority",
                file.display()
            )));
        }
    }
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| NetError::Other(format!("TLS cannot be made ready: {error}")))?
        .with_root_certificates(roots);
    let mut config = match &via.certificate {
        None => config.with_no_client_auth(),
        Some(own) => {
            let key = PrivateKeyDer::from_pem_slice(&read(&own.key)?)
                .map_err(|_| NetError::Other(format!("{} holds no private key (PEM)", own.key.display())))?;
            let chain = certificates(&own.certificate)?;
            config.with_client_auth_cert(chain, key).map_err(|_| {
                NetError::Other(format!(
                    "{} is not the key of the certificate {}",
                    own.key.display(),
                    own.certificate.display()
                ))
            })?
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Reads the certificates of a PEM file.
fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, NetError> {
    let pem = read(file)?;
    let found: Vec<_> = CertificateDer::pem_slice_iter(&pem).flatten().collect();
    if found.is_empty() {
        return Err(NetError::Other(format!(
            "{} holds no certificate (PEM)",
            file.display()
        )));
    }
    Ok(found)
}

fn read(file: &Path) -> Result<Vec<u8>, NetError> {
    std::fs::read(file).map_err(|why| NetError::Other(format!("{} cannot be read: {why}", file.display())))
}
