//! `motcua init`: makes an empty instance.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::output::Trouble;
use super::{Common, password, system};
use crate::domain::catalogue::Level;
use crate::office::folder::Folder;
use crate::office::settings::level_from_id;
use crate::ops::founding::{Founding, found};

/// Make an empty data folder.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The agency's code, such as H40.12.
    #[arg(long, value_name = "CODE")]
    agency_code: String,
    /// The agency's full name, as papers print it.
    #[arg(long, value_name = "NAME")]
    agency_name: String,
    /// Its level: commune, province or ministry.
    #[arg(long, default_value = "commune", value_parser = level)]
    level: Level,
    /// The name of the administrator's account.
    #[arg(long, value_name = "USER")]
    admin: String,
    /// A file with the administrator's password; else MOTCUA_ADMIN_PASSWORD, else a prompt.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

fn level(id: &str) -> Result<Level, String> {
    level_from_id(id).ok_or_else(|| "write commune, province or ministry".to_owned())
}

impl Init {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        // Before a password is asked for.
        Folder::check_free(common.data()).map_err(Trouble::new)?;
        let password = password::read(self.password_file.as_deref(), "MOTCUA_ADMIN_PASSWORD")?;
        let password = password.ok_or_else(|| {
            Trouble::new(
                "the administrator needs a password: \
                 give --password-file FILE or set MOTCUA_ADMIN_PASSWORD",
            )
        })?;
        let settings = common.config()?.office();
        let founding = Founding {
            agency_code: self.agency_code,
            agency_name: self.agency_name,
            level: self.level,
            admin: self.admin.clone(),
            password,
        };
        let data = common.data();
        found(data, system::env(), &settings, founding).map_err(Trouble::new)?;
        let output = common.output();
        output.value(&json!({ "data": data, "admin": self.admin }));
        let data = data.display();
        output.say(format_args!("made {data}; serve it with `motcua serve --data {data}`"));
        Ok(())
    }
}
