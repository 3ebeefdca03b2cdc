//! Settings: a TOML file, under `MOTCUA_*` environment variables, under flags.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The address on which an instance listens unless told otherwise: this machine only.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// The credential of the service manager that holds the instance key.
const CREDENTIAL: &str = "motcua-instance-key";

/// The credential of the service manager with the passphrase of the instance key.
const PASSPHRASE: &str = "motcua-passphrase";

/// What the service manager hands over under a name, if it does.
fn handed_over(variable: &impl Fn(&str) -> Option<String>, name: &str) -> Option<PathBuf> {
    let folder = variable("CREDENTIALS_DIRECTORY")?;
    Some(Path::new(&folder).join(name)).filter(|path| path.exists())
}

/// Settings that cannot be used: which, and what to write instead.
#[derive(Debug, thiserror::Error)]
pub enum BadConfig {
    /// The file cannot be read.
    #[error("the settings file {path} cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The file is not TOML, or names something unknown.
    #[error("the settings file {path} cannot be used: {error}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its place.
        error: Box<toml::de::Error>,
    },
    /// A setting or environment variable holds something else than it should.
    #[error("the setting {name} cannot be used: it takes {why}")]
    Variable {
        /// The variable.
        name: &'static str,
        /// What it should hold.
        why: &'static str,
    },
}

/// What an administrator may set. Everything has a default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where to listen, such as `0.0.0.0:8080` (`MOTCUA_LISTEN`).
    pub listen: String,
    /// The address that people type, such as `https://motcua.example.gov.vn` (`MOTCUA_PUBLIC_URL`).
    pub public_url: Option<String>,
    /// Threads that answer requests (`MOTCUA_WORKERS`).
    pub workers: usize,
    /// Largest file that is taken, in MiB (`MOTCUA_MAX_UPLOAD_MB`).
    pub max_upload_mb: u64,
    /// The key that opens everything else, when it does not lie in the folder
    /// (`MOTCUA_INSTANCE_KEY`, else the credential `motcua-instance-key` of the service manager).
    pub instance_key: Option<PathBuf>,
    /// The file with the passphrase that the key is under, where somebody put it under one
    /// (`MOTCUA_PASSPHRASE_FILE`, else the credential `motcua-passphrase`).
    pub passphrase_file: Option<PathBuf>,
    /// Reverse proxies that are believed (`MOTCUA_TRUSTED_PROXIES`, separated by commas).
    pub trusted_proxies: Vec<IpAddr>,
    /// What to log, such as `info` or `warn,motcua::access=info` (`MOTCUA_LOG`).
    pub log: String,
    /// Log lines as JSON (`MOTCUA_LOG_JSON=1`).
    pub log_json: bool,
    /// The server's certificate with its chain, in PEM (`MOTCUA_TLS_CERTIFICATE`).
    pub tls_certificate: Option<PathBuf>,
    /// Its private key, in PEM (`MOTCUA_TLS_KEY`).
    pub tls_key: Option<PathBuf>,
    /// Where to listen without TLS, only to send people to the address with it, such as `0.0.0.0:80`
    /// (`MOTCUA_REDIRECT_LISTEN`).
    pub redirect_listen: Option<String>,
    /// Further names under which the site is asked for, beside that of `public_url`
    /// (`MOTCUA_HOSTS`, separated by commas).
    pub hosts: Vec<String>,
    /// Seconds that a client may leave the server waiting for the next part of its request.
    pub patience_seconds: u64,
    /// Open connections of all clients together.
    pub connections: usize,
    /// Open connections of one address.
    pub connections_per_address: usize,
    /// ClamAV's socket, such as `/run/clamav/clamd.ctl` or `127.0.0.1:3310` (`MOTCUA_CLAMAV`): it is
    /// asked about every file that comes in.
    pub clamav: Option<String>,
    /// How often things may be asked for.
    pub limits: Rates,
}

/// How often one thing may be asked for, by one network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// In the long run.
    pub per_minute: u32,
    /// At once, after a rest.
    pub burst: u32,
}

/// How often things may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// The catalogue, searches, a dossier's public status.
    pub reading: Rate,
    /// Passwords, and tokens that are none.
    pub sign_in: Rate,
    /// One-time codes and their checks.
    pub code: Rate,
    /// One-time codes for one phone or email.
    pub code_to: Rate,
    /// Secrets of dossiers.
    pub secret: Rate,
    /// Codes of dossiers that are none.
    pub unknown: Rate,
    /// Submissions and uploads without a token.
    pub sending: Rate,
    /// Papers that are typeset for somebody without a session.
    pub printing: Rate,
    /// Numbers of the queue that are taken without a session at the desk.
    pub ticket: Rate,
    /// Anything with one token of a program.
    pub token: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        let rate = |per_minute, burst| Rate { per_minute, burst };
        Self {
            // A thousand a second: enough for a school's classroom behind one address.
            reading: rate(60_000, 5_000),
            sign_in: rate(30, 100),
            code: rate(30, 60),
            code_to: rate(2, 10),
            secret: rate(60, 200),
            unknown: rate(20, 60),
            sending: rate(60, 300),
            printing: rate(60, 120),
            // The kiosk of an office gives out one every few seconds in the busiest hour.
            ticket: rate(30, 60),
            // More than a program's machine can send; it only stops what runs wild.
            token: rate(2_000_000, 200_000),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: DEFAULT_LISTEN.to_owned(),
            public_url: None,
            workers: 2,
            max_upload_mb: 20,
            instance_key: None,
            passphrase_file: None,
            trusted_proxies: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            log: "warn".to_owned(),
            log_json: false,
            tls_certificate: None,
            tls_key: None,
            redirect_listen: None,
            hosts: Vec::new(),
            patience_seconds: 30,
            connections: 8_000,
            connections_per_address: 250,
            clamav: None,
            limits: Rates::default(),
        }
    }
}

impl Config {
    /// Reads the file, if one is named, and the environment over it.
    ///
    /// # Errors
    /// The file or a variable cannot be used.
    pub fn read(
        file: Option<&Path>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, BadConfig> {
        let mut config = match file {
            None => Self::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|error| BadConfig::Unreadable { path: path.to_owned(), error })?;
                toml::from_str(&text).map_err(|error| BadConfig::Malformed {
                    path: path.to_owned(),
                    error: Box::new(error),
                })?
            }
        };
        config.take_environment(variable)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), BadConfig> {
        let wrong = |name, why| Err(BadConfig::Variable { name, why });
        let is_web = |url: &String| {
            let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace))
        };
        if self.public_url.as_ref().is_some_and(|url| !is_web(url)) {
            let why = "an address such as https://motcua.example.gov.vn";
            return wrong("public_url (MOTCUA_PUBLIC_URL)", why);
        }
        if self.tls_certificate.is_some() != self.tls_key.is_some() {
            let why = "both files, tls_certificate and tls_key, or none of them";
            return wrong("tls_certificate (MOTCUA_TLS_CERTIFICATE)", why);
        }
        if self.redirect_listen.is_some() && self.tls_key.is_none() {
            let why = "an address only beside tls_certificate and tls_key";
            return wrong("redirect_listen (MOTCUA_REDIRECT_LISTEN)", why);
        }
        if !(1..=600).contains(&self.patience_seconds) {
            return wrong("patience_seconds", "a number of seconds from 1 to 600");
        }
        if self.connections == 0 || self.connections_per_address == 0 {
            return wrong("connections", "a number above zero");
        }
        Ok(())
    }

    fn take_environment(
        &mut self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<(), BadConfig> {
        let wrong = |name, why| BadConfig::Variable { name, why };
        if let Some(listen) = variable("MOTCUA_LISTEN") {
            self.listen = listen;
        }
        if let Some(url) = variable("MOTCUA_PUBLIC_URL") {
            self.public_url = Some(url);
        }
        if let Some(workers) = variable("MOTCUA_WORKERS") {
            let number = workers.parse().ok().filter(|number| (1..=64).contains(number));
            self.workers = number.ok_or(wrong("MOTCUA_WORKERS", "a number from 1 to 64"))?;
        }
        if let Some(size) = variable("MOTCUA_MAX_UPLOAD_MB") {
            let number = size.parse().ok().filter(|number| (1..=10_000).contains(number));
            self.max_upload_mb =
                number.ok_or(wrong("MOTCUA_MAX_UPLOAD_MB", "a number of MiB from 1 to 10000"))?;
        }
        if let Some(path) = variable("MOTCUA_INSTANCE_KEY") {
            self.instance_key = Some(path.into());
        } else if self.instance_key.is_none() {
            self.instance_key = handed_over(&variable, CREDENTIAL);
        }
        if let Some(path) = variable("MOTCUA_PASSPHRASE_FILE") {
            self.passphrase_file = Some(path.into());
        } else if self.passphrase_file.is_none() {
            self.passphrase_file = handed_over(&variable, PASSPHRASE);
        }
        if let Some(list) = variable("MOTCUA_TRUSTED_PROXIES") {
            let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
            let parsed: Result<_, _> = names.map(str::parse).collect();
            self.trusted_proxies = parsed
                .map_err(|_| wrong("MOTCUA_TRUSTED_PROXIES", "IP addresses separated by commas"))?;
        }
        self.take_addresses(&variable);
        if let Some(log) = variable("MOTCUA_LOG") {
            self.log = log;
        }
        if let Some(json) = variable("MOTCUA_LOG_JSON") {
            self.log_json = json == "1" || json == "true";
        }
        Ok(())
    }

    /// What says where the site is and under which names.
    fn take_addresses(&mut self, variable: &impl Fn(&str) -> Option<String>) {
        let path = |name: &str| variable(name).map(PathBuf::from);
        self.tls_certificate = path("MOTCUA_TLS_CERTIFICATE").or(self.tls_certificate.take());
        self.tls_key = path("MOTCUA_TLS_KEY").or(self.tls_key.take());
        self.redirect_listen = variable("MOTCUA_REDIRECT_LISTEN").or(self.redirect_listen.take());
        self.clamav = variable("MOTCUA_CLAMAV").or(self.clamav.take());
        if let Some(list) = variable("MOTCUA_HOSTS") {
            let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
            self.hosts = names.map(str::to_owned).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn the_environment_goes_over_the_file_and_the_file_over_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("motcua.toml");
        std::fs::write(&path, "listen = \"0.0.0.0:80\"\nworkers = 4\n").unwrap();
        let variable = |name: &str| (name == "MOTCUA_WORKERS").then(|| "3".to_owned());
        let config = Config::read(Some(&path), variable).unwrap();
        assert_eq!((config.listen.as_str(), config.workers), ("0.0.0.0:80", 3));
        assert_eq!(config.max_upload_mb, Config::default().max_upload_mb);
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("motcua.toml");
        std::fs::write(&path, "lissten = \"x\"\n").unwrap();
        let error = Config::read(Some(&path), |_| None).unwrap_err().to_string();
        assert!(error.contains("lissten"), "{error}");
        let variable = |name: &str| (name == "MOTCUA_WORKERS").then(|| "many".to_owned());
        let error = Config::read(None, variable).unwrap_err().to_string();
        assert!(error.contains("MOTCUA_WORKERS") && error.contains("1 to 64"), "{error}");
        let variable = |name: &str| (name == "MOTCUA_PUBLIC_URL").then(|| "motcua".to_owned());
        let error = Config::read(None, variable).unwrap_err().to_string();
        assert!(error.contains("public_url") && error.contains("https://"), "{error}");
        let variable = |name: &str| (name == "MOTCUA_TLS_KEY").then(|| "k.pem".to_owned());
        let error = Config::read(None, variable).unwrap_err().to_string();
        assert!(error.contains("tls_certificate"), "{error}");
        std::fs::write(&path, "[limits]\nsign_in = { per_minute = 9 }\n").unwrap();
        let error = Config::read(Some(&path), |_| None).unwrap_err().to_string();
        assert!(error.contains("burst"), "{error}");
        assert!(Config::read(Some(&folder.path().join("none.toml")), |_| None).is_err());
    }
}
