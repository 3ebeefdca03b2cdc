//! A real browser, driven from outside: Chromium through ChromeDriver, a fresh profile each.
//!
//! `tests/run` finds or installs both and names them in `CHROME` and `CHROMEDRIVER`; `AXE` names the
//! accessibility checker.

use std::env;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use ureq::http::Method;
use url::Url;

use super::process::Process;

/// Whether pages may run scripts. The drivers' own commands work either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    /// As most people browse.
    On,
    /// The site must do everything without.
    Off,
}

/// A browser with one window. Elements are named by CSS selectors, or by the words that a person
/// reads; each call panics, saying what was missing, when the page does not have it.
pub struct Browser {
    scripts: Scripts,
    runtime: Runtime,
    client: Client,
    _driver: Process,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser with a window of 1280 by 900.
    pub fn start(scripts: Scripts) -> Self {
        let profile =
            tempfile::Builder::new().prefix("motcua-browser-").tempdir().expect("a folder");
        let driver = start_driver();
        let port = driver.wait_for("started successfully on port ");
        let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
        let capabilities = match capabilities(scripts, profile.path()) {
            Value::Object(capabilities) => capabilities,
            _ => unreachable!("capabilities are an object"),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let client = runtime
            .block_on(
                ClientBuilder::new(HttpConnector::new())
                    .capabilities(capabilities)
                    .connect(&address),
            )
            .unwrap_or_else(|error| panic!("no browser session: {error}\n{}", driver.log()));
        let browser = Self { scripts, runtime, client, _driver: driver, _profile: profile };
        browser.resize(1280, 900);
        browser
    }

    /// Goes to an address and waits until the page is loaded.
    #[track_caller]
    pub fn open(&self, url: &str) {
        self.run(url, self.client.goto(url));
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        self.run("the address", self.client.current_url()).to_string()
    }

    /// Waits until the browser has gone to an address: a form with files leaves a moment after the click.
    #[track_caller]
    pub fn arrives_at(&self, url: &str) {
        let expected = url.parse().expect("an address");
        self.run(url, self.client.wait().for_url(&expected));
    }

    /// The page's title.
    pub fn title(&self) -> String {
        self.run("the title", self.client.title())
    }

    /// The page's HTML as it is now.
    pub fn source(&self) -> String {
        self.run("the source", self.client.source())
    }

    /// The visible words of the first element.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.run(css, self.find(css).text())
    }

    /// The visible words of every matching element.
    #[track_caller]
    pub fn texts(&self, css: &str) -> Vec<String> {
        let elements = self.run(css, self.client.find_all(Locator::Css(css)));
        elements.iter().map(|element| self.run(css, element.text())).collect()
    }

    /// How many elements match.
    #[track_caller]
    pub fn count(&self, css: &str) -> usize {
        self.run(css, self.client.find_all(Locator::Css(css))).len()
    }

    /// An attribute of the first element, as the page's source has it.
    #[track_caller]
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.run(css, self.find(css).attr(name))
    }

    /// What a field holds now.
    #[track_caller]
    pub fn value(&self, css: &str) -> String {
        self.run(css, self.find(css).prop("value")).unwrap_or_default()
    }

    /// Empties a field and types into it.
    #[track_caller]
    pub fn fill(&self, css: &str, text: &str) {
        self.type_into(&self.find(css), css, text);
    }

    /// As [`Browser::fill`], for the field whose label has these words.
    #[track_caller]
    pub fn fill_labelled(&self, label: &str, text: &str) {
        self.type_into(&self.labelled(label), label, text);
    }

    /// Takes an option of a `select`, by its value.
    #[track_caller]
    pub fn choose(&self, css: &str, value: &str) {
        self.run(css, self.find(css).select_by_value(value));
    }

    /// Takes an option of a `select`, by its words.
    #[track_caller]
    pub fn choose_labelled(&self, css: &str, label: &str) {
        self.run(css, self.find(css).select_by_label(label));
    }

    /// Clicks, and waits for the page that this may lead to.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.run(css, self.find(css).click());
    }

    /// Clicks the box, radio button or field whose label has these words.
    #[track_caller]
    pub fn click_labelled(&self, label: &str) {
        self.run(label, self.labelled(label).click());
    }

    /// Clicks the first button or link with exactly these words.
    #[track_caller]
    pub fn press(&self, words: &str) {
        let xpath = format!(
            "(//button | //a | //summary)[normalize-space(.)={0}] | //input[@type='submit'][@value={0}]",
            quote(words)
        );
        self.run(words, self.find_xpath(words, &xpath).click());
    }

    /// Presses keys in whatever has the focus, one press for each character; see `fantoccini::key`.
    #[track_caller]
    pub fn keys(&self, keys: &str) {
        let focused = self.run("the focus", self.client.active_element());
        self.run("keys", focused.send_keys(keys));
    }

    /// Puts files into a file field.
    #[track_caller]
    pub fn upload(&self, css: &str, files: &[&Path]) {
        let paths: Vec<&str> =
            files.iter().map(|file| file.to_str().expect("a plain path")).collect();
        self.run(css, self.find(css).send_keys(&paths.join("\n")));
    }

    /// Makes the window as large as said; below 500 wide, as on a telephone.
    pub fn resize(&self, width: u32, height: u32) {
        // Windows have a least width, so the page's own size is set, as developer tools do.
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1,
            "mobile": false});
        self.run(
            "the size",
            self.client.issue_cmd(Cdp::new("Emulation.setDeviceMetricsOverride", metrics)),
        );
    }

    /// Plugs an authenticator in that says yes to everything: passkeys without a person.
    pub fn plug_authenticator(&self) {
        let options = json!({"options": {"protocol": "ctap2", "transport": "internal",
            "hasResidentKey": true, "hasUserVerification": true, "isUserVerified": true,
            "automaticPresenceSimulation": true}});
        for (command, parameters) in
            [("WebAuthn.enable", json!({})), ("WebAuthn.addVirtualAuthenticator", options)]
        {
            self.run(command, self.client.issue_cmd(Cdp::new(command, parameters)));
        }
    }

    /// Whether something makes the page wider than its window.
    pub fn scrolls_sideways(&self) -> bool {
        let page = "const e = document.documentElement; return e.scrollWidth > e.clientWidth";
        self.evaluate(page, Vec::new()) == json!(true)
    }

    /// What a script run by the test returns, whether or not pages may run theirs.
    #[track_caller]
    pub fn evaluate(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.run("a script", self.client.execute(script, arguments))
    }

    /// What a script hands to its last argument, sooner or later.
    #[track_caller]
    pub fn evaluate_later(&self, script: &str) -> Value {
        self.run("a script", self.client.execute_async(script, Vec::new()))
    }

    /// Writes what the window shows as PNG.
    pub fn screenshot(&self, file: &Path) {
        let picture = self.run("a picture", self.client.screenshot());
        fs::write(file, picture).expect("the picture can be written");
    }

    /// What axe finds wrong for people who read, hear or operate the page otherwise. It waits for
    /// timers, which stand still where scripts are off.
    #[track_caller]
    pub fn violations(&self) -> Vec<Violation> {
        assert_eq!(self.scripts, Scripts::On, "axe needs scripts");
        let file = env::var("AXE").expect("AXE names axe.min.js: run this by tests/run");
        let axe = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.evaluate(&axe, Vec::new());
        let run = "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => \
                   [v.id, v.help, v.nodes.map(n => n.target.join(' '))])), e => done(String(e)))";
        let found = self.run("axe", self.client.execute_async(run, Vec::new()));
        let found: Vec<(String, String, Vec<String>)> = serde_json::from_value(found.clone())
            .unwrap_or_else(|error| panic!("axe said {found} ({error})"));
        found.into_iter().map(|(id, help, places)| Violation { id, help, places }).collect()
    }

    #[track_caller]
    fn find(&self, css: &str) -> Element {
        match self.runtime.block_on(self.client.find(Locator::Css(css))) {
            Ok(element) => element,
            Err(error) => self.fail(css, &error),
        }
    }

    #[track_caller]
    fn find_xpath(&self, what: &str, xpath: &str) -> Element {
        match self.runtime.block_on(self.client.find(Locator::XPath(xpath))) {
            Ok(element) => element,
            Err(error) => self.fail(what, &error),
        }
    }

    #[track_caller]
    fn labelled(&self, label: &str) -> Element {
        let words = quote(label);
        let xpath = format!(
            "//*[@id=//label[contains(normalize-space(.), {words})]/@for] | \
             //label[contains(normalize-space(.), {words})]\
             //*[self::input or self::select or self::textarea]"
        );
        self.find_xpath(label, &xpath)
    }

    #[track_caller]
    fn type_into(&self, field: &Element, what: &str, text: &str) {
        self.run(what, field.clear());
        self.run(what, field.send_keys(text));
    }

    #[track_caller]
    fn run<T>(&self, what: &str, step: impl Future<Output = Result<T, CmdError>>) -> T {
        match self.runtime.block_on(step) {
            Ok(value) => value,
            Err(error) => self.fail(what, &error),
        }
    }

    #[track_caller]
    fn fail(&self, what: &str, error: &CmdError) -> ! {
        let page = self.runtime.block_on(self.client.current_url());
        let page = page.map_or_else(|error| error.to_string(), |url| url.to_string());
        panic!("{what}: {error}\non {page}")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The session may be lost already; the driver goes with its process.
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

/// Something that axe found.
pub struct Violation {
    /// The rule, such as `image-alt`.
    pub id: String,
    /// What to do.
    pub help: String,
    /// The elements, as CSS selectors.
    pub places: Vec<String>,
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} at {}", self.id, self.help, self.places.join(", "))
    }
}

fn start_driver() -> Process {
    let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
    let mut command = Command::new(program);
    command.arg("--port=0");
    Process::start(command)
}

fn capabilities(scripts: Scripts, profile: &Path) -> Value {
    let profile = format!("--user-data-dir={}", profile.display());
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        &profile,
    ];
    let blocked = 2;
    let mut preferences = json!({"intl.accept_languages": "vi,en"});
    if scripts == Scripts::Off {
        preferences["profile.managed_default_content_settings.javascript"] = json!(blocked);
    }
    let mut options = json!({"args": arguments, "prefs": preferences});
    if let Ok(chrome) = env::var("CHROME") {
        options["binary"] = json!(chrome);
    }
    json!({"browserName": "chrome", "goog:chromeOptions": options})
}

/// An XPath string, which knows no escapes: words with both quotes do not occur on the pages.
fn quote(words: &str) -> String {
    if words.contains('\'') { format!("\"{words}\"") } else { format!("'{words}'") }
}

/// A command of the developer tools' protocol.
#[derive(Debug)]
struct Cdp(Value);

impl Cdp {
    fn new(command: &str, parameters: Value) -> Self {
        Self(json!({"cmd": command, "params": parameters}))
    }
}

impl fantoccini::wd::WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}
