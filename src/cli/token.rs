//! `motcua token`: tokens for the API.

use clap::{ArgGroup, Args, Subcommand};

use super::Common;
use super::output::Trouble;
use super::target::perform;
use crate::ops::operations::Operation;

/// Tokens for the API.
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Make a token and print it, this once
    Create(Create),
    /// List the tokens by name
    List,
    /// End a token
    Revoke {
        /// Its name.
        name: String,
    },
}

/// A new token.
#[derive(Debug, Args)]
#[group(skip)]
#[command(group = ArgGroup::new("whose").required(true).args(["user", "role"]))]
pub(super) struct Create {
    /// The account that it acts as.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// `integration`, for a program of its own.
    #[arg(long, value_name = "ROLE", value_parser = ["integration"], requires = "name")]
    role: Option<String>,
    /// The token's name.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

impl Token {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let output = common.output();
        match self {
            Self::Create(Create { user, name, .. }) => {
                let made = perform(common, Operation::CreateToken { user, name }, &[])?.value;
                output.value(&made);
                output.say(made["token"].as_str().unwrap_or_default());
            }
            Self::List => {
                let tokens = perform(common, Operation::ListTokens, &[])?.value;
                output.value(&tokens);
                for token in tokens.as_array().into_iter().flatten() {
                    let text = |key: &str| token[key].as_str();
                    let acts = text("user")
                        .map_or("a program".to_owned(), |user| format!("acts as {user}"));
                    output.say(format_args!("{:<24} {acts}", text("name").unwrap_or_default()));
                }
            }
            Self::Revoke { name } => {
                let operation = Operation::RevokeToken { name: name.clone() };
                output.value(&perform(common, operation, &[])?.value);
                output.say(format_args!("the token {name} has ended"));
            }
        }
        Ok(())
    }
}
