//! The demo in words of the domain: who signs in, what is filed, what is done to it.

use serde_json::{Value, json};

use crate::support::http::{Answer, Client, Multipart};
use crate::support::server::Server;

/// The base of every call.
pub const API: &str = "/api/v1";
/// The password of every account of the demo.
const PASSWORD: &str = "motcua-demo";

/// A demo being served.
pub struct Portal {
    server: Server,
}

/// A dossier as its applicant knows it.
#[derive(Clone, Debug)]
pub struct Filed {
    pub code: String,
    pub secret: String,
    pub answer: Value,
}

impl Portal {
    /// A fresh demo.
    pub fn demo() -> Self {
        Self { server: Server::demo() }
    }

    /// A demo with further arguments.
    pub fn demo_with(arguments: &[&str]) -> Self {
        Self { server: Server::demo_with(arguments) }
    }

    /// The server itself.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The server, to stop it and start it again.
    pub fn server_mut(&mut self) -> &mut Server {
        &mut self.server
    }

    /// Somebody without a token, reading English.
    pub fn anybody(&self) -> Client {
        self.server.client().header("Accept-Language", "en")
    }

    /// An account of the demo, signed in.
    pub fn desk(&self, user: &str) -> Client {
        let body = json!({"user": user, "password": PASSWORD});
        let session = self.anybody().post(&api("/sessions"), &body).expect(200).json();
        self.anybody().bearer(session["token"].as_str().expect("a token"))
    }

    /// A program with a token of its own.
    pub fn program(&self) -> Client {
        self.anybody().bearer(&self.program_token())
    }

    /// The token of a program.
    pub fn program_token(&self) -> String {
        let arguments = ["token", "create", "--role", "integration", "--name", "lgsp", "--json"];
        let done = self.server.command(&arguments);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        let made: Value = serde_json::from_str(&done.stdout).expect("JSON on standard output");
        made["token"].as_str().expect("a token").to_owned()
    }

    /// A citizen who proved a phone.
    pub fn citizen(&self, phone: &str) -> Client {
        let sent = self.anybody().post(&api("/otp"), &json!({ "phone": phone })).expect(200).json();
        let body = json!({"phone": phone, "code": sent["code"]});
        let proof = self.anybody().post(&api("/otp/verify"), &body).expect(200).json();
        self.anybody().header("X-Proof", proof["proof"].as_str().expect("a proof"))
    }

    /// Files a birth registration.
    pub fn file(&self, sender: &Client) -> Filed {
        filed(sender.post(&api("/dossiers"), &birth()))
    }
}

/// What was filed.
pub fn filed(answer: Answer) -> Filed {
    let answer = answer.expect(201).json();
    let text = |name: &str| answer[name].as_str().expect("a text").to_owned();
    Filed { code: text("code"), secret: text("lookup_secret"), answer: answer.clone() }
}

/// An address of the API.
pub fn api(path: &str) -> String {
    format!("{API}{path}")
}

/// A complete birth registration, online.
pub fn birth() -> Value {
    // What the form does not ask for is kept beside it.
    let free = json!({"ho_ten_con": "Nguyễn Minh Khang", "so_con": 2, "song_sinh": false});
    let form = with(answered("1.001193"), free);
    json!({
        "procedure": "1.001193",
        "agency": "H40.12",
        "channel": "online",
        "applicant": {
            "name": "Nguyễn Thị Thử", "phone": "0912345678", "birth_date": "1990-05-17",
        },
        "form": form,
        "components": [
            {"id": "tp1", "originals": 1, "copies": 0, "on_paper": true},
            {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
        ],
        "return_channel": "counter",
    })
}

/// The declared form of a procedure, filled in rightly: the first test case of the one that ships.
pub fn answered(procedure: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/forms");
    let text = std::fs::read(format!("{folder}/{procedure}.json")).expect("a shipped form");
    let form: Value = serde_json::from_slice(&text).expect("JSON");
    form["cases"][0]["answers"].clone()
}

/// The body with fields put in place or, where null, taken away.
pub fn with(mut body: Value, changes: Value) -> Value {
    let object = body.as_object_mut().expect("an object");
    for (name, value) in changes.as_object().expect("an object") {
        match value {
            Value::Null => drop(object.remove(name)),
            value => drop(object.insert(name.clone(), value.clone())),
        }
    }
    body
}

impl Filed {
    /// An address below the dossier's at the desk.
    pub fn at(&self, path: &str) -> String {
        api(&format!("/dossiers/{}{path}", self.code))
    }

    /// An address below the dossier's for its applicant.
    pub fn tracked(&self, path: &str) -> String {
        api(&format!("/tracking/{}{path}", self.code))
    }

    /// Its version now, as somebody at the desk reads it.
    pub fn version(&self, reader: &Client) -> u64 {
        let state = reader.get(&self.at("")).expect(200).json();
        state["version"].as_u64().expect("a version")
    }

    /// Does an action on its present version.
    pub fn act(&self, user: &Client, body: Value) -> Answer {
        let body = with(body, json!({"version": self.version(user)}));
        user.post(&self.at("/actions"), &body)
    }
}

/// A small PDF.
pub fn pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] >>",
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = out.len();
    out.push_str("xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer << /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}

/// A form with a file.
pub fn form(name: &str, media_type: &str, content: &[u8]) -> Multipart {
    Multipart::new().file("file", name, media_type, content)
}
