//! Certificate and key from PEM files. What is wrong is said with the file's name and never with
//! what stands in it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use super::certificates::Certificates;

/// Why TLS cannot be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// A file does not hold what it should.
    #[error("{} holds no {wanted} in PEM form", path.display())]
    Nothing {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        wanted: &'static str,
    },
    /// The key belongs to another certificate.
    #[error("the key in {} does not belong to the certificate in {}", key.display(), cert.display())]
    Mismatch {
        /// The file of the certificate.
        cert: PathBuf,
        /// The file of the key.
        key: PathBuf,
    },
    /// Certificate or key is of a kind that cannot be used.
    #[error("the certificate in {} with the key in {} cannot be used", cert.display(), key.display())]
    Unusable {
        /// The file of the certificate.
        cert: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// What rustls says.
        source: rustls::Error,
    },
}

/// Reads certificate and key PEM files into a server config: aws-lc-rs, HTTP/2 and HTTP/1.1. What is
/// served stays, whatever becomes of the files; [`Certificates`] follows them.
///
/// # Errors
///
/// [`TlsError`], naming the file and what is wrong, never key material.
pub fn tls_config(cert: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    Certificates::open(cert, key)?.config()
}

/// The pair in two files, which belong together.
pub(super) fn certified(cert: &Path, key: &Path) -> Result<CertifiedKey, TlsError> {
    let pem = read(cert)?;
    let chain: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(&pem).collect();
    // PEM errors quote the file, which may hold the key: they go no further.
    let chain = chain.ok().filter(|chain| !chain.is_empty());
    let chain = chain.ok_or_else(|| nothing(cert, "certificate"))?;
    let secret = PrivateKeyDer::from_pem_slice(&read(key)?);
    let secret = secret.map_err(|_| nothing(key, "private key"))?;
    let pair = CertifiedKey::from_der(chain, secret, &aws_lc_rs::default_provider());
    let (cert, key) = (cert.to_owned(), key.to_owned());
    pair.map_err(|source| match source {
        rustls::Error::InconsistentKeys(_) => TlsError::Mismatch { cert, key },
        source => TlsError::Unusable { cert, key, source },
    })
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    std::fs::read(path).map_err(|source| TlsError::Read {
        path: path.to_owned(),
        source,
    })
}

fn nothing(path: &Path, wanted: &'static str) -> TlsError {
    let path = path.to_owned();
    TlsError::Nothing { path, wanted }
}
