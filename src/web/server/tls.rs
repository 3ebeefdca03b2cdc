//! The server's own certificate: read from files, checked before it is used, and read again when
//! they change.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use x509_cert::Certificate;
use x509_cert::der::Decode;
use zeroize::Zeroizing;

/// How long before its end the administrator is told that a certificate ends.
const WARNED_BEFORE: SignedDuration = SignedDuration::from_hours(21 * 24);

/// Where certificate and key lie, as PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, and after it those that lead to its authority.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Files that cannot be used for TLS: which, why, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum BadTls {
    /// A file cannot be read.
    #[error("{path} cannot be read: {error}; give motcua's account the right to read it")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The certificate's file holds none.
    #[error(
        "{0} holds no certificate in PEM (-----BEGIN CERTIFICATE-----); name the file with the whole \
         chain, often called fullchain.pem"
    )]
    NoCertificate(PathBuf),
    /// The certificate's file is damaged.
    #[error("the certificate in {0} is damaged; write it again from its issuer's file")]
    DamagedCertificate(PathBuf),
    /// The key's file holds none.
    #[error(
        "{0} holds no private key in PEM (-----BEGIN PRIVATE KEY-----); name the file that was made \
         with the request for the certificate"
    )]
    NoKey(PathBuf),
    /// The key opens with a password only.
    #[error(
        "the private key in {0} is locked by a password; write one without: openssl pkey -in {0} \
         -out new.key, readable by motcua's account alone"
    )]
    LockedKey(PathBuf),
    /// The key is of a kind that cannot be used.
    #[error(
        "the private key in {0} cannot be used; it takes RSA of at least 2048 bits, ECDSA P-256 or \
         P-384, or Ed25519"
    )]
    UnknownKey(PathBuf),
    /// The two do not belong together.
    #[error(
        "the private key in {key} is not that of the certificate in {certificate}; name the two files \
         that were made together"
    )]
    Mismatched {
        /// The certificate.
        certificate: PathBuf,
        /// The key.
        key: PathBuf,
    },
    /// The certificate's time is over.
    #[error("the certificate in {path} ended at {at}; have it renewed and put the new file there")]
    Ended {
        /// The file.
        path: PathBuf,
        /// When.
        at: Timestamp,
    },
    /// The certificate's time has not come.
    #[error("the certificate in {path} begins at {at} only; is the machine's clock right?")]
    NotYet {
        /// The file.
        path: PathBuf,
        /// When.
        at: Timestamp,
    },
    /// The cryptography refuses to start.
    #[error("TLS cannot be set up: {0}")]
    Setup(rustls::Error),
}

struct Loaded {
    key: Arc<CertifiedKey>,
    not_after: Timestamp,
}

/// The certificate in use. Connections take it at their beginning, so a new one needs no restart.
pub struct Certificates {
    files: TlsFiles,
    current: RwLock<Loaded>,
    /// Digest of the files that were looked at last, whether they could be used or not.
    seen: Mutex<Option<blake3::Hash>>,
}

impl std::fmt::Debug for Certificates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Certificates({:?})", self.files)
    }
}

/// What came of another look at the files.
#[derive(Debug, PartialEq, Eq)]
pub enum Renewal {
    /// They are those that are known.
    Same,
    /// Their certificate is used from now on, until then.
    Taken(Timestamp),
}

impl Certificates {
    /// Reads and checks both files.
    ///
    /// # Errors
    /// They cannot be used.
    pub fn read(files: TlsFiles, now: Timestamp) -> Result<Self, BadTls> {
        let bytes = Bytes::read(&files)?;
        let seen = Mutex::new(Some(bytes.digest()));
        let current = RwLock::new(bytes.check(&files, now)?);
        Ok(Self { files, current, seen })
    }

    /// Reads the files again, and uses them from now on if they have changed. Files that are no good
    /// are told once, and the certificate that was there stays.
    ///
    /// # Errors
    /// They cannot be used.
    pub fn renew(&self, now: Timestamp) -> Result<Renewal, BadTls> {
        let bytes = Bytes::read(&self.files);
        let digest = bytes.as_ref().ok().map(Bytes::digest);
        {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if *seen == digest {
                return Ok(Renewal::Same);
            }
            *seen = digest;
        }
        let loaded = bytes?.check(&self.files, now)?;
        let until = loaded.not_after;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = loaded;
        Ok(Renewal::Taken(until))
    }

    /// When the certificate in use ends.
    pub fn not_after(&self) -> Timestamp {
        self.current.read().unwrap_or_else(PoisonError::into_inner).not_after
    }

    /// When it ends, if that is so near that somebody must see to it.
    pub fn ends_soon(&self, now: Timestamp) -> Option<Timestamp> {
        let end = self.not_after();
        (end.duration_since(now) < WARNED_BEFORE).then_some(end)
    }

    /// TLS 1.2 and 1.3 with this certificate; the server adds the protocols above.
    ///
    /// # Errors
    /// The cryptography refuses to start.
    pub(super) fn config(self: Arc<Self>) -> Result<ServerConfig, BadTls> {
        let config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(BadTls::Setup)?;
        Ok(config.with_no_client_auth().with_cert_resolver(self))
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.read().unwrap_or_else(PoisonError::into_inner).key.clone())
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

/// Both files as they lie there.
struct Bytes {
    certificate: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
}

impl Bytes {
    fn read(files: &TlsFiles) -> Result<Self, BadTls> {
        let read = |path: &Path| {
            fs::read(path).map_err(|error| BadTls::Unreadable { path: path.to_owned(), error })
        };
        Ok(Self { certificate: read(&files.certificate)?, key: Zeroizing::new(read(&files.key)?) })
    }

    fn digest(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&(self.certificate.len() as u64).to_be_bytes());
        hasher.update(&self.certificate);
        hasher.update(&self.key);
        hasher.finalize()
    }

    fn check(&self, files: &TlsFiles, now: Timestamp) -> Result<Loaded, BadTls> {
        let path = &files.certificate;
        let damaged = || BadTls::DamagedCertificate(path.clone());
        let chain =
            CertificateDer::pem_slice_iter(&self.certificate).collect::<Result<Vec<_>, _>>();
        let chain = chain.map_err(|_| damaged())?;
        let first = chain.first().ok_or_else(|| BadTls::NoCertificate(path.clone()))?;
        let validity =
            Certificate::from_der(first).map_err(|_| damaged())?.tbs_certificate.validity;
        let instant = |time: x509_cert::time::Time| {
            let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
            Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
        };
        let (begin, not_after) = (instant(validity.not_before), instant(validity.not_after));
        let key = self.private_key(&files.key)?;
        let provider = provider();
        let key = provider.key_provider.load_private_key(key);
        let key = CertifiedKey::new(chain, key.map_err(|_| BadTls::UnknownKey(files.key.clone()))?);
        match key.keys_match() {
            Ok(()) | Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::Unknown)) => {}
            Err(rustls::Error::InconsistentKeys(_)) => {
                let (certificate, key) = (path.clone(), files.key.clone());
                return Err(BadTls::Mismatched { certificate, key });
            }
            Err(_) => return Err(damaged()),
        }
        if now > not_after {
            return Err(BadTls::Ended { path: path.clone(), at: not_after });
        }
        if now < begin {
            return Err(BadTls::NotYet { path: path.clone(), at: begin });
        }
        Ok(Loaded { key: Arc::new(key), not_after })
    }

    fn private_key(&self, path: &Path) -> Result<PrivateKeyDer<'static>, BadTls> {
        let holds = |mark: &[u8]| memchr::memmem::find(&self.key, mark).is_some();
        if holds(b"BEGIN ENCRYPTED PRIVATE KEY") || holds(b"Proc-Type: 4,ENCRYPTED") {
            return Err(BadTls::LockedKey(path.to_owned()));
        }
        PrivateKeyDer::from_pem_slice(&self.key).map_err(|_| BadTls::NoKey(path.to_owned()))
    }
}
