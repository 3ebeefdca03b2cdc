//! OpenID providers for tests: a real one, and one that says what it is told to, good or bad.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::fixture::{Request, serve};
use super::http::{Answer, Client};
use super::process::Process;

/// The certified provider of `tests/provider`, as a program of its own.
pub struct Real {
    /// The address by which it calls itself.
    pub issuer: String,
    _process: Process,
}

impl Real {
    /// Starts it for the program under test.
    pub fn start(motcua: &str) -> Self {
        let packages = env::var("OIDC_PROVIDER")
            .expect("OIDC_PROVIDER names the folder with oidc-provider: run this by tests/run");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/provider/provider.mjs");
        let mut command = Command::new(env::var("NODE").unwrap_or_else(|_| "node".to_owned()));
        command.arg(script).args([motcua, &packages]);
        let process = Process::start(command);
        let issuer = process.wait_for("listening on ");
        Self { issuer, _process: process }
    }

    /// What a browser shows that signs in there as somebody, on the way from `address`: the address at
    /// the program under test to which it is sent back.
    pub fn sign_in(&self, browser: &Client, address: &str, said: &str) -> String {
        let mut at = address.strip_prefix(&self.issuer).expect("the provider's address").to_owned();
        for _ in 0..8 {
            let answer = browser.get(&at);
            let to = answer.expect(303).header("location").expect("it leads on").to_owned();
            let Some(here) = to
                .strip_prefix(&self.issuer)
                .map(str::to_owned)
                .or_else(|| to.starts_with('/').then(|| to.clone()))
            else {
                return to;
            };
            at = here;
            if at.starts_with("/interaction/") {
                at = format!("{at}?{said}");
            }
        }
        panic!("the provider leads nowhere: {at}")
    }

    /// A browser there.
    pub fn browser(&self) -> Client {
        Client::new(&self.issuer).with_cookies()
    }
}

/// A provider that says what it is told to.
#[derive(Clone)]
pub struct Told {
    /// The address by which it calls itself.
    pub issuer: String,
    state: Arc<Mutex<State>>,
}

struct State {
    key: SigningKey,
    kid: String,
    /// What the token's address answers, by code.
    answers: BTreeMap<String, Value>,
    userinfo: Value,
    metadata: Value,
    keys_asked: usize,
    is_down: bool,
}

impl Told {
    /// Starts one; it ends with the test.
    pub fn start() -> Self {
        let state = Arc::new(Mutex::new(State {
            key: SigningKey::from_bytes(&[7; 32]),
            kid: "one".to_owned(),
            answers: BTreeMap::new(),
            userinfo: json!({ "sub": "person-1" }),
            metadata: json!({}),
            keys_asked: 0,
            is_down: false,
        }));
        let serving = state.clone();
        let issuer = serve(move |request| answer(&mut serving.lock().unwrap(), request));
        Self { issuer, state }
    }

    /// The claims of a good token for a sign-in that carries `nonce`, made at `now`.
    pub fn claims(&self, client: &str, nonce: &str, now: i64) -> Value {
        json!({
            "iss": self.issuer, "aud": client, "sub": "person-1", "nonce": nonce,
            "iat": now, "exp": now + 300,
        })
    }

    /// Gives a code for which it answers with a token of these claims.
    pub fn code(&self, claims: &Value) -> String {
        let header = json!({"alg": "EdDSA", "kid": self.state.lock().unwrap().kid});
        self.code_for(&header, claims)
    }

    /// The same with a header of one's own; without signature when its algorithm is `none`.
    pub fn code_for(&self, header: &Value, claims: &Value) -> String {
        let mut state = self.state.lock().unwrap();
        let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = match header["alg"].as_str() {
            Some("none") => String::new(),
            _ => BASE64URL_NOPAD.encode(&state.key.sign(signed.as_bytes()).to_bytes()),
        };
        let code = format!("code-{}", state.answers.len());
        let answer = json!({
            "access_token": "access", "token_type": "Bearer", "expires_in": 300,
            "id_token": format!("{signed}.{signature}"),
        });
        state.answers.insert(code.clone(), answer);
        code
    }

    /// What it says of a person beyond the token.
    pub fn set_userinfo(&self, claims: Value) {
        self.state.lock().unwrap().userinfo = claims;
    }

    /// What it says of itself instead.
    pub fn set_metadata(&self, metadata: Value) {
        self.state.lock().unwrap().metadata = metadata;
    }

    /// From now on it signs with another key.
    pub fn rotate(&self) {
        let mut state = self.state.lock().unwrap();
        (state.key, state.kid) = (SigningKey::from_bytes(&[9; 32]), "two".to_owned());
    }

    /// Whether it answers nothing but errors.
    pub fn set_down(&self, is_down: bool) {
        self.state.lock().unwrap().is_down = is_down;
    }

    /// How often its keys were asked for.
    pub fn keys_asked(&self) -> usize {
        self.state.lock().unwrap().keys_asked
    }
}

fn answer(state: &mut State, request: &Request) -> String {
    let said =
        |status: &str, body: &Value| format!("{status}\nContent-Type: application/json\n\n{body}");
    if state.is_down {
        return said("503 Service Unavailable", &json!({}));
    }
    let issuer = format!("http://{}", request.header("host").unwrap_or_default());
    match request.path.split('?').next().unwrap_or_default() {
        "/.well-known/openid-configuration" => said("200 OK", &metadata(state, &issuer)),
        "/keys" => {
            state.keys_asked += 1;
            let x = BASE64URL_NOPAD.encode(state.key.verifying_key().as_bytes());
            let key = json!({
                "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": state.kid,
                "x": x,
            });
            said("200 OK", &json!({ "keys": [key] }))
        }
        "/token" => {
            let body = String::from_utf8_lossy(&request.body).into_owned();
            let part = |name: &str| {
                body.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")))
            };
            let is_proved = part("code_verifier").is_some_and(|verifier| verifier.len() >= 43);
            match part("code").and_then(|code| state.answers.get(code)) {
                Some(answer) if is_proved => said("200 OK", answer),
                _ => said("400 Bad Request", &json!({ "error": "invalid_grant" })),
            }
        }
        "/userinfo" => said("200 OK", &state.userinfo),
        _ => said("404 Not Found", &json!({})),
    }
}

fn metadata(state: &State, issuer: &str) -> Value {
    let mut metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
        "code_challenge_methods_supported": ["S256"],
    });
    for (name, value) in state.metadata.as_object().expect("an object") {
        metadata[name] = value.clone();
    }
    metadata
}

/// A value of the query of an address.
pub fn query(address: &str, name: &str) -> String {
    let (_, query) = address.split_once('?').expect("a query");
    let found = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    found.unwrap_or_else(|| panic!("no {name} in {address}")).to_owned()
}

/// Where an answer leads.
#[track_caller]
pub fn led(answer: Answer) -> String {
    answer.expect(303).header("location").expect("it leads on").to_owned()
}
