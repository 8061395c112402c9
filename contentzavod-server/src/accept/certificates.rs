//! The certificate that is served: read anew when its files change, without a new start.
//!
//! Whoever renews certificates writes two files, one after the other, and may break off between
//! them: a pair that cannot be used is told of, and the one that was served stays.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use contentzavod_core::ports::Clock;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::tls::{TlsError, certified};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(30);

/// A pair of files and what is served of them.
pub struct Certificates {
    cert: PathBuf,
    key: PathBuf,
    served: RwLock<Arc<CertifiedKey>>,
    /// What the files held at the last look, so that one state of them is told of once.
    seen: Mutex<[u8; 32]>,
    asked: Notify,
}

impl Certificates {
    /// Reads a certificate and its key.
    ///
    /// # Errors
    ///
    /// [`TlsError`], naming the file and what is wrong, never key material.
    pub fn open(cert: &Path, key: &Path) -> Result<Arc<Self>, TlsError> {
        let seen = fingerprint(cert, key);
        let pair = certified(cert, key)?;
        Ok(Arc::new(Self {
            cert: cert.to_owned(),
            key: key.to_owned(),
            served: RwLock::new(Arc::new(pair)),
            seen: Mutex::new(seen),
            asked: Notify::new(),
        }))
    }

    /// How to serve them: aws-lc-rs, TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1.
    ///
    /// # Errors
    ///
    /// [`TlsError::Unusable`].
    pub fn config(self: &Arc<Self>) -> Result<Arc<ServerConfig>, TlsError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(|source| TlsError::Unusable {
                cert: self.cert.clone(),
                key: self.key.clone(),
                source,
            })?;
        let resolver = Arc::clone(self) as Arc<dyn ResolvesServerCert>;
        let mut config = builder.with_no_client_auth().with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    /// Looks at the files once; true when another pair is served from now on. Blocks.
    ///
    /// # Errors
    ///
    /// When they changed and cannot be used; the pair that was served stays. The next look at the
    /// same files is no error again.
    pub fn look(&self) -> Result<bool, TlsError> {
        let now = fingerprint(&self.cert, &self.key);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == now {
            return Ok(false);
        }
        *seen = now;
        let pair = Arc::new(certified(&self.cert, &self.key)?);
        let mut served = self.served.write().unwrap_or_else(PoisonError::into_inner);
        let other = served.cert != pair.cert;
        *served = pair;
        Ok(other)
    }

    /// Has [`Certificates::follow`] look now.
    pub fn ask(&self) {
        self.asked.notify_one();
    }

    /// Looks again and again until `shutdown`.
    pub async fn follow(self: Arc<Self>, clock: Arc<dyn Clock>, shutdown: CancellationToken) {
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = clock.sleep(LOOK) => {}
                () = self.asked.notified() => {}
            }
            let files = Arc::clone(&self);
            let looked = tokio::task::spawn_blocking(move || files.look()).await;
            match looked {
                Ok(Ok(true)) => tracing::info!("the certificate was read anew"),
                Ok(Err(error)) => {
                    tracing::error!(%error, "the certificate that was served so far stays");
                }
                Ok(Ok(false)) | Err(_) => {}
            }
        }
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificates")
            .field("cert", &self.cert)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let served = self.served.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&served))
    }
}

/// What both files hold, without keeping a key for it. A file that cannot be read has its own.
fn fingerprint(cert: &Path, key: &Path) -> [u8; 32] {
    let mut digest = Sha256::new();
    for path in [cert, key] {
        match std::fs::read(path) {
            Ok(bytes) => {
                digest.update([1]);
                digest.update(Sha256::digest(&bytes));
            }
            Err(_) => digest.update([0]),
        }
    }
    digest.finalize().into()
}
