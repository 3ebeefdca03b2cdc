//! Email over SMTP.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, MIME_VERSION_1_0};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::{Error, SmtpTransport};
use lettre::{Message, Transport};

use crate::office::notices::{Outcome, Security, Smtp};

/// How long a server may take to answer a line.
const PATIENCE: Duration = Duration::from_secs(20);
/// Codes with which a server says that an address does not exist (RFC 5321 section 4.2.3).
const NO_SUCH_ADDRESS: [u16; 3] = [550, 551, 553];

/// Sends one email; the same `id` makes the same message for servers that look.
pub(super) fn send(server: &Smtp, id: &str, to: &str, subject: &str, text: &str) -> Outcome {
    let mail = match message(server, id, to, subject, text) {
        Ok(mail) => mail,
        Err(what) => return Outcome::Hopeless(what),
    };
    let transport = match transport(server) {
        Ok(transport) => transport,
        Err(error) => return failed(&error),
    };
    match transport.send(&mail) {
        Ok(_) => Outcome::Taken,
        Err(error) => failed(&error),
    }
}

fn message(
    server: &Smtp,
    id: &str,
    to: &str,
    subject: &str,
    text: &str,
) -> Result<Message, String> {
    let mailbox = |address: &str, whose: &str| {
        address.parse::<Mailbox>().map_err(|_| format!("địa chỉ {whose} chưa đúng"))
    };
    let from = mailbox(&server.from, "người gửi")?;
    let domain = from.email.domain().to_owned();
    Message::builder()
        .from(from)
        .to(mailbox(to, "người nhận")?)
        .subject(subject)
        .message_id(Some(format!("<{id}@{domain}>")))
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN)
        .body(text.to_owned())
        .map_err(|_| "thư không lập được".to_owned())
}

fn transport(server: &Smtp) -> Result<SmtpTransport, Error> {
    let parameters = || {
        TlsParameters::builder(server.host.clone())
            .certificate_store(CertificateStore::Default)
            .build_rustls()
    };
    let tls = match server.security {
        Security::Tls => Tls::Wrapper(parameters()?),
        Security::StartTls => Tls::Required(parameters()?),
        Security::None => Tls::None,
    };
    let mut builder = SmtpTransport::builder_dangerous(&server.host)
        .port(server.port)
        .tls(tls)
        .timeout(Some(PATIENCE));
    if !server.user.is_empty() {
        let account = Credentials::new(server.user.clone(), server.password.clone());
        builder = builder.credentials(account);
    }
    Ok(builder.build())
}

/// What a server said, by its code only: its words often repeat the address.
fn failed(error: &Error) -> Outcome {
    match error.status().map(u16::from) {
        Some(code) if NO_SUCH_ADDRESS.contains(&code) => Outcome::Hopeless(format!("SMTP {code}")),
        Some(code) => Outcome::Failed(format!("SMTP {code}")),
        None if error.is_timeout() => Outcome::Failed("máy chủ thư không trả lời kịp".to_owned()),
        None if error.is_tls() => {
            Outcome::Failed("kết nối an toàn (TLS) không lập được".to_owned())
        }
        None => Outcome::Failed("không kết nối được máy chủ thư".to_owned()),
    }
}
