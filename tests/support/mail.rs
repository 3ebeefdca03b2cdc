//! A tiny mail server: it takes what it is given, or says what it was told to say.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A mail server on a free port of this machine.
#[derive(Clone)]
pub struct Mail {
    /// Its port.
    pub port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    letters: Vec<Letter>,
    refusal: Option<&'static str>,
}

/// A letter that it has taken.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The address of `RCPT TO`.
    pub to: String,
    /// Headers and text as they came.
    pub text: String,
}

impl Mail {
    /// Starts one; it ends with the test.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("a bound listener has an address").port();
        let server = Self { port, state: Arc::default() };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // A client that goes away in the middle is its own affair.
                let _ = serving.talk(stream);
            }
        });
        server
    }

    /// What it says to every recipient from now on, such as `451 later`; nothing for yes.
    pub fn refuse(&self, with: Option<&'static str>) {
        self.state.lock().expect("no test thread panics here").refusal = with;
    }

    /// What it has taken.
    pub fn letters(&self) -> Vec<Letter> {
        self.state.lock().expect("no test thread panics here").letters.clone()
    }

    fn talk(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        write!(stream, "220 test ESMTP\r\n")?;
        let mut to = String::new();
        while let Some(line) = lines.next().transpose()? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" | "HELO" => write!(stream, "250-test\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")?,
                "RCPT" => {
                    let refusal = self.state.lock().expect("not poisoned").refusal;
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    write!(stream, "{}\r\n", refusal.unwrap_or("250 ok"))?;
                }
                "DATA" => {
                    write!(stream, "354 go on\r\n")?;
                    let mut text = String::new();
                    while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                        text.push_str(&line);
                        text.push('\n');
                    }
                    let letter = Letter { to: to.clone(), text };
                    self.state.lock().expect("not poisoned").letters.push(letter);
                    write!(stream, "250 taken\r\n")?;
                }
                "QUIT" => {
                    write!(stream, "221 bye\r\n")?;
                    return Ok(());
                }
                _ => write!(stream, "250 ok\r\n")?,
            }
        }
        Ok(())
    }
}
