//! Settings: a TOML file, under `MOTCUA_*` environment variables, under flags.
