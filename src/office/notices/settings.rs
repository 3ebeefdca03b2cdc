//! What an instance has set about notices: ways, hours, words. Secrets are sealed in the row and
//! opened only for whoever carries.

use std::collections::BTreeMap;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::words;
use crate::domain::identity;
use crate::domain::notice::{Channel, Kind, Quiet, Template, check_template, default_template};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Text};
use crate::office::settings::{self as rows, Row};
use crate::office::{Failure, Office};
use crate::store::codec::wire::Damaged;
use crate::store::reader::Reader;

/// Tries after which a delivery is given up, unless the instance says otherwise.
const TRIES: u32 = 8;

/// How a mail server is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS, or nothing is sent.
    #[default]
    StartTls,
    /// In clear: only inside a machine or a closed network.
    None,
}

impl Security {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::StartTls, Self::Tls, Self::None];

    /// The name in forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::StartTls => "starttls",
            Self::None => "none",
        }
    }
}

/// A mail server.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub security: Security,
    /// The account, or empty.
    pub user: String,
    /// The password: sealed in the settings, open for the carrier.
    pub password: String,
    /// The sender's address.
    pub from: String,
}

/// An HTTP gateway for short messages.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gateway {
    /// Where, with `{to}`, `{text}` and `{id}` when they stand in the address.
    pub url: String,
    /// `POST`, `PUT` or `GET`.
    pub method: String,
    /// Headers, a line each: sealed in the settings, since keys stand there.
    pub headers: String,
    /// The body, with `{to}`, `{text}` and `{id}`; JSON when it begins with a brace, else a form.
    pub body: String,
    /// Whether diacritics are left out.
    pub plain: bool,
    /// A field of the JSON answer and its value that says success; without it, status 2xx does.
    pub success: Option<(String, String)>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Smtp({}:{})", self.host, self.port)
    }
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gateway(…)")
    }
}

/// What an instance has set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeSettings {
    /// The address that people type, for links in letters; or empty.
    pub address: String,
    /// Hours in which nothing but one-time codes goes.
    pub quiet: Option<Quiet>,
    /// Tries after which a delivery is given up.
    pub tries: u32,
    /// The mail server, if there is one.
    pub email: Option<Smtp>,
    /// Gateways by channel.
    pub gateways: BTreeMap<&'static str, Gateway>,
    /// Words that are not those that ship.
    pub templates: BTreeMap<Kind, Template>,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self {
            address: String::new(),
            quiet: Some(Quiet::default()),
            tries: TRIES,
            email: None,
            gateways: BTreeMap::new(),
            templates: BTreeMap::new(),
        }
    }
}

impl NoticeSettings {
    /// Whether letters can go this way.
    pub fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Web => true,
            Channel::Email => self.email.is_some(),
            _ => self.gateways.contains_key(channel.id()),
        }
    }

    /// The gateway of a channel.
    pub fn gateway(&self, channel: Channel) -> Option<&Gateway> {
        self.gateways.get(channel.id())
    }

    /// The words of a kind.
    pub fn template(&self, kind: Kind) -> Template {
        let own = self.templates.get(&kind).cloned();
        own.unwrap_or_else(|| default_template(kind, Lang::Vi))
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::office) struct NoticesRow {
    address: String,
    quiet: Option<(Time, Time)>,
    tries: u32,
    email: Option<Smtp>,
    gateways: BTreeMap<String, Gateway>,
    templates: BTreeMap<String, [String; 3]>,
}

impl Row for NoticesRow {
    const KIND: &'static str = "notices";
    fn key(&self) -> &str {
        "this"
    }
}

impl From<&NoticeSettings> for NoticesRow {
    fn from(settings: &NoticeSettings) -> Self {
        let gateways = settings.gateways.iter();
        let templates = settings.templates.iter();
        Self {
            address: settings.address.clone(),
            quiet: settings.quiet.map(|quiet| (quiet.from, quiet.to)),
            tries: settings.tries,
            email: settings.email.clone(),
            gateways: gateways.map(|(id, one)| ((*id).to_owned(), one.clone())).collect(),
            templates: templates
                .map(|(kind, t)| {
                    let words = [t.subject.clone(), t.long.clone(), t.short.clone()];
                    (kind.id().to_owned(), words)
                })
                .collect(),
        }
    }
}

impl From<NoticesRow> for NoticeSettings {
    fn from(row: NoticesRow) -> Self {
        let gateway = |(id, gateway): (String, Gateway)| {
            Channel::from_id(&id).map(|channel| (channel.id(), gateway))
        };
        let template = |(id, [subject, long, short]): (String, [String; 3])| {
            Kind::from_id(&id).map(|kind| (kind, Template { subject, long, short }))
        };
        Self {
            address: row.address,
            quiet: row.quiet.map(|(from, to)| Quiet { from, to }),
            tries: row.tries.max(1),
            email: row.email,
            gateways: row.gateways.into_iter().filter_map(gateway).collect(),
            templates: row.templates.into_iter().filter_map(template).collect(),
        }
    }
}

/// What is set, secrets sealed.
pub(in crate::office) fn read(reader: &Reader) -> Result<NoticeSettings, Failure> {
    let row = rows::read::<NoticesRow>(reader, "this")?;
    Ok(row.map_or_else(NoticeSettings::default, NoticeSettings::from))
}

/// What letters are carried with: settings with their secrets open.
#[derive(Clone, Debug, Default)]
pub struct Ends {
    /// The mail server.
    pub email: Option<Smtp>,
    /// Gateways by channel.
    pub gateways: BTreeMap<&'static str, Gateway>,
}

impl Office {
    /// What is set about notices; secrets are sealed.
    pub fn notice_settings(&self) -> NoticeSettings {
        self.world().notices.clone()
    }

    /// Writes what is set, secrets sealed as [`Office::seal_secret`] does.
    ///
    /// # Errors
    /// A field is wrong; nothing has changed then.
    pub fn set_notices(&self, settings: &NoticeSettings) -> Result<(), Failure> {
        let errors = errors(settings);
        if !errors.is_empty() {
            return Err(Refusal::fields(errors).into());
        }
        let row = NoticesRow::from(settings);
        self.ledger.run_blocking(move |txn| rows::put(txn, &row))?;
        self.refresh_world()
    }

    /// Changes the words of a kind, or gives back those that ship.
    ///
    /// # Errors
    /// The words name a field that the kind has not, or lack the code; nothing has changed then.
    pub fn set_template(&self, kind: Kind, template: Option<Template>) -> Result<(), Failure> {
        let mut settings = self.notice_settings();
        match template {
            Some(template) => {
                check_template(kind, &template)?;
                settings.templates.insert(kind, template);
            }
            None => {
                settings.templates.remove(&kind);
            }
        }
        self.set_notices(&settings)
    }

    /// A secret as it lies in the settings.
    pub fn seal_secret(&self, secret: &str) -> String {
        if secret.is_empty() {
            return String::new();
        }
        let sealed = self.notice_key.seal(&self.env, b"notices", secret.as_bytes());
        sealed.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn open_secret(&self, sealed: &str) -> Result<String, Failure> {
        if sealed.is_empty() {
            return Ok(String::new());
        }
        let bytes = (0..sealed.len())
            .step_by(2)
            .map(|i| sealed.get(i..i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
            .collect::<Option<Vec<u8>>>()
            .ok_or(Damaged("secret of a gateway"))?;
        let plain = self.notice_key.open(b"notices", &bytes)?;
        Ok(String::from_utf8(plain).map_err(|_| Damaged("secret of a gateway"))?)
    }

    /// Server and gateways with their secrets, for whoever carries.
    ///
    /// # Errors
    /// A secret cannot be opened.
    pub fn ends(&self) -> Result<Ends, Failure> {
        let world = self.world();
        let mut ends =
            Ends { email: world.notices.email.clone(), gateways: world.notices.gateways.clone() };
        if let Some(email) = &mut ends.email {
            email.password = self.open_secret(&email.password)?;
        }
        for gateway in ends.gateways.values_mut() {
            gateway.headers = self.open_secret(&gateway.headers)?;
        }
        Ok(ends)
    }
}

fn is_web(address: &str) -> bool {
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace))
}

/// The sender's address: bare, or in angle brackets after a name.
fn bare_address(from: &str) -> &str {
    let inside = from.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>'));
    inside.unwrap_or(from).trim()
}

fn errors(settings: &NoticeSettings) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |field: String, text: Text| errors.push(FieldError { field, text });
    if !settings.address.is_empty() && !is_web(&settings.address) {
        wrong("address".to_owned(), words::ADDRESS_WRONG.into());
    }
    if !(1..=20).contains(&settings.tries) {
        wrong("tries".to_owned(), words::TRIES_WRONG.into());
    }
    if let Some(email) = &settings.email {
        if email.host.trim().is_empty() || email.host.contains(char::is_whitespace) {
            wrong("email.host".to_owned(), words::HOST_MISSING.into());
        }
        if email.port == 0 {
            wrong("email.port".to_owned(), words::PORT_WRONG.into());
        }
        if identity::email(bare_address(&email.from)).is_err() {
            wrong("email.from".to_owned(), words::FROM_WRONG.into());
        }
    }
    for (id, gateway) in &settings.gateways {
        if !is_web(&gateway.url) {
            wrong(format!("{id}.url"), words::ADDRESS_WRONG.into());
        }
        if !["POST", "PUT", "GET"].contains(&gateway.method.as_str()) {
            wrong(format!("{id}.method"), words::METHOD_WRONG.into());
        }
        for place in ["{to}", "{text}"] {
            if !gateway.url.contains(place) && !gateway.body.contains(place) {
                wrong(format!("{id}.body"), words::BODY_NO_TO.text(&[("place", place)]));
            }
        }
    }
    errors
}
