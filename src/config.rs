//! Settings: a TOML file, under `MOTCUA_*` environment variables, under flags.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The address on which an instance listens unless told otherwise: this machine only.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// The credential of the service manager that holds the instance key.
const CREDENTIAL: &str = "motcua-instance-key";

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
    /// Reverse proxies that are believed (`MOTCUA_TRUSTED_PROXIES`, separated by commas).
    pub trusted_proxies: Vec<IpAddr>,
    /// What to log, such as `info` or `warn,motcua::access=info` (`MOTCUA_LOG`).
    pub log: String,
    /// Log lines as JSON (`MOTCUA_LOG_JSON=1`).
    pub log_json: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: DEFAULT_LISTEN.to_owned(),
            public_url: None,
            workers: 2,
            max_upload_mb: 20,
            instance_key: None,
            trusted_proxies: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            log: "warn".to_owned(),
            log_json: false,
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
        let is_web = |url: &String| {
            let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace))
        };
        if config.public_url.as_ref().is_some_and(|url| !is_web(url)) {
            let (name, why) = (
                "public_url (MOTCUA_PUBLIC_URL)",
                "an address such as https://motcua.example.gov.vn",
            );
            return Err(BadConfig::Variable { name, why });
        }
        Ok(config)
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
            // What the service manager hands over, if it does.
            let credential = variable("CREDENTIALS_DIRECTORY");
            let credential = credential.map(|folder| Path::new(&folder).join(CREDENTIAL));
            self.instance_key = credential.filter(|path| path.exists());
        }
        if let Some(list) = variable("MOTCUA_TRUSTED_PROXIES") {
            let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
            let parsed: Result<_, _> = names.map(str::parse).collect();
            self.trusted_proxies = parsed
                .map_err(|_| wrong("MOTCUA_TRUSTED_PROXIES", "IP addresses separated by commas"))?;
        }
        if let Some(log) = variable("MOTCUA_LOG") {
            self.log = log;
        }
        if let Some(json) = variable("MOTCUA_LOG_JSON") {
            self.log_json = json == "1" || json == "true";
        }
        Ok(())
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
        assert!(Config::read(Some(&folder.path().join("none.toml")), |_| None).is_err());
    }
}
