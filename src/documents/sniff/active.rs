//! What a PDF would do by itself, or carries along: programs, other programs that it starts, films
//! with programs of their own, attached files. A net with two meshes, the plain file and its packed
//! objects; it is no virus scanner, which `documents::clamd` asks for more.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memchr_iter;
use memchr::memmem::{find, find_iter, rfind};

/// Names that no paper of a citizen needs.
const ACTIVE: [&[u8]; 12] = [
    b"JavaScript",
    b"Launch",
    b"RichMedia",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"FileAttachment",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"GoToR",
    b"XFA",
    // Packed objects under a name that hides them; see `is_active`.
    b"ObjStm",
];
/// Longest such name with each letter written as `#xx`, its slash and what ends it.
const NAME: usize = 3 * 16 + 2;
/// Bytes that all packed objects of a file may unpack to: far more than papers have.
const MOST_UNPACKED: u64 = 64 << 20;
/// A dictionary in front of packed objects is shorter.
const DICTIONARY: usize = 4096;
const PACKED: &[u8] = b"/ObjStm";
/// What stands between a dictionary and its bytes.
const KEYWORD: &[u8] = b"stream";

/// Looks for the names in bytes that stream past.
#[derive(Default)]
struct Names {
    carry: Vec<u8>,
    found: bool,
}

impl Names {
    fn push(&mut self, bytes: &[u8]) {
        self.carry.extend_from_slice(bytes);
        self.look(self.carry.len().saturating_sub(NAME));
    }

    /// Decides every slash before `until`.
    fn look(&mut self, until: usize) {
        let mut slashes = memchr_iter(b'/', &self.carry).take_while(|at| *at < until);
        self.found |= slashes.any(|at| is_active(&self.carry[at + 1..]));
        self.carry.drain(..until);
    }

    fn finish(&mut self) {
        self.look(self.carry.len());
    }
}

/// Whether one of the names stands here, in whatever spelling.
fn is_active(rest: &[u8]) -> bool {
    // Most names are told by their first letter.
    let first = [b'J', b'L', b'R', b'E', b'F', b'S', b'I', b'G', b'X', b'O', b'#'];
    if !rest.first().is_some_and(|letter| first.contains(letter)) {
        return false;
    }
    let (mut name, mut at, mut is_plain) = (Vec::with_capacity(16), 0, true);
    while let Some(&byte) = rest.get(at).filter(|_| name.len() <= 14) {
        match byte {
            b'#' => match rest.get(at + 1..at + 3).and_then(hexadecimal) {
                Some(letter) => {
                    name.push(letter);
                    at += 3;
                    is_plain = false;
                    continue;
                }
                None => name.push(byte),
            },
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' => name.push(byte),
            _ => break,
        }
        at += 1;
    }
    // Packed objects are unpacked, unless they are not to be found.
    ACTIVE.contains(&name.as_slice()) && !(is_plain && name == PACKED[1..])
}

fn hexadecimal(two: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()
}

/// Where the file is.
enum Place {
    /// Before packed objects.
    Plain,
    /// In or behind their dictionary.
    Dictionary,
    /// In them.
    Packed(Box<Decompress>),
}

/// Judges a PDF as a whole.
pub(super) struct Active {
    plain: Names,
    packed: Names,
    place: Place,
    carry: Vec<u8>,
    /// The dictionary of packed objects, as far as it stands before their name.
    front: Vec<u8>,
    unpacked: u64,
    is_opaque: bool,
}

impl Active {
    pub(super) fn new() -> Self {
        Self {
            plain: Names::default(),
            packed: Names::default(),
            place: Place::Plain,
            carry: Vec::new(),
            front: Vec::new(),
            unpacked: 0,
            is_opaque: false,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.plain.push(bytes);
        self.carry.extend_from_slice(bytes);
        while self.step() {}
    }

    /// Goes on from one place to the next; whether there is one with what has come.
    fn step(&mut self) -> bool {
        match &mut self.place {
            Place::Plain => match find(&self.carry, PACKED) {
                Some(at) => {
                    let front = &self.carry[at.saturating_sub(DICTIONARY)..at];
                    let begin = rfind(front, b"<<").unwrap_or(0);
                    self.front = front[begin..].to_vec();
                    self.go(at + PACKED.len(), Place::Dictionary)
                }
                None => {
                    let kept = self.carry.len().saturating_sub(DICTIONARY);
                    self.carry.drain(..kept);
                    false
                }
            },
            Place::Dictionary => match begin_of_stream(&self.carry) {
                Some(at) => {
                    let front = std::mem::take(&mut self.front);
                    let dictionary = [front.as_slice(), &self.carry[..at]].concat();
                    self.is_opaque |= !is_simple(&dictionary);
                    self.go(at, Place::Packed(Box::new(Decompress::new(true))))
                }
                None if self.carry.len() > DICTIONARY + 2 => {
                    self.is_opaque = true;
                    self.go(0, Place::Plain)
                }
                None => false,
            },
            Place::Packed(_) => self.unpack(),
        }
    }

    fn go(&mut self, past: usize, place: Place) -> bool {
        self.carry.drain(..past);
        self.place = place;
        true
    }

    fn unpack(&mut self) -> bool {
        let Place::Packed(decompress) = &mut self.place else { return false };
        let mut out = vec![0; 32 * 1024];
        let (before, made) = (decompress.total_in(), decompress.total_out());
        let status = decompress.decompress(&self.carry, &mut out, FlushDecompress::None);
        let taken = usize::try_from(decompress.total_in() - before).unwrap_or(0);
        let given = decompress.total_out() - made;
        self.packed.push(&out[..usize::try_from(given).unwrap_or(0)]);
        self.unpacked += given;
        self.carry.drain(..taken.min(self.carry.len()));
        match status {
            Ok(Status::StreamEnd) => {
                // A name does not go on from one into the next.
                self.packed.finish();
                self.go(0, Place::Plain)
            }
            Ok(_) if self.unpacked <= MOST_UNPACKED => taken > 0 || given > 0,
            // Packed in another way, damaged, or a bomb: nobody can look inside.
            _ => {
                self.is_opaque = true;
                self.go(0, Place::Plain)
            }
        }
    }

    /// Decides what was still open at the end of the file.
    pub(super) fn finish(&mut self) {
        self.plain.finish();
        self.packed.finish();
        self.is_opaque |= matches!(self.place, Place::Packed(_));
    }

    /// Whether it does something by itself, carries something along, or hides what it does.
    pub(super) fn is_active(&self) -> bool {
        self.plain.found || self.packed.found || self.is_opaque
    }
}

/// Whether a dictionary, with the keyword behind it, is one of objects packed once and in the usual
/// way: no second filter, no parameters, no text that looks like the beginning of the stream.
fn is_simple(dictionary: &[u8]) -> bool {
    let end = rfind(dictionary, KEYWORD).unwrap_or(0);
    let before = dictionary[..end].trim_ascii_end();
    let filters = find_iter(before, b"Decode").count();
    let is_odd = [&b"("[..], b"Parms", b"/DP", b"Predictor", b"#", b"%"]
        .iter()
        .any(|odd| find(before, odd).is_some());
    before.ends_with(b">>") && filters <= 1 && !is_odd
}

/// Where the bytes of a stream begin, once its keyword with the end of its line has come.
fn begin_of_stream(bytes: &[u8]) -> Option<usize> {
    let dictionary = &bytes[..bytes.len().min(DICTIONARY)];
    let after = find(dictionary, KEYWORD)? + KEYWORD.len();
    match bytes.get(after..)? {
        [b'\r', b'\n', ..] => Some(after + 2),
        [b'\n', ..] => Some(after + 1),
        // The rest of the line's end is still to come.
        [b'\r'] | [] => None,
        // Some writers end the line with a return alone, or not at all.
        [b'\r', ..] => Some(after + 1),
        _ => Some(after),
    }
}
