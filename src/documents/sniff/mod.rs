//! Judges what people send by its content, while it streams past: what it is, whether it is whole,
//! whether it can be opened, and whether it is what its name says.

mod active;
mod image;
mod name;
mod pdf;
mod tail;
mod walk;

#[cfg(test)]
pub(crate) mod tests;

use memchr::memmem::find;

use crate::documents::words;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Message;

pub use name::clean_name;
use name::{Claim, name_claim, type_claim};
use walk::Walk;

/// Largest picture that is taken, in pixels: more can only exhaust whoever opens it.
pub const MOST_PIXELS: u64 = 200_000_000;
/// A PDF's header must begin within these first bytes, as its readers expect.
const HEAD: usize = 1024;
/// Bytes that decide on the kind, unless the file is shorter.
const ENOUGH: usize = HEAD + 8;

/// The kinds of files that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// HEIC or HEIF picture, as phones take them.
    Heic,
    /// WebP picture.
    Webp,
    /// PDF document.
    Pdf,
}

impl MediaType {
    /// The registered media type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// The kind of a media type that [`MediaType::as_str`] gave.
    pub fn from_media_type(text: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Heic, Self::Webp, Self::Pdf]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// What a whole file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// Its kind.
    pub media_type: MediaType,
    /// Pages to look at: 1 for a picture; unknown for a PDF that packs them away.
    pub pages: Option<u32>,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Not a single byte.
    Empty,
    /// None of the kinds that are taken, or two at once.
    WrongKind,
    /// Its name or declared type says another kind.
    NotAsNamed,
    /// A PDF that opens with a password only.
    Locked,
    /// Cut off or damaged.
    Truncated,
    /// A PDF with a program, an attached file or something that starts by itself; or one that hides
    /// whether it has.
    Active,
    /// A picture of so many pixels.
    TooManyPixels(u64),
}

impl Unfit {
    /// The refusal to show for the file of this name.
    pub fn refusal(self, name: &str) -> Refusal {
        let say = |message: Message, values: &[(&str, &str)]| {
            Refusal::new(RefusalKind::Invalid, message.text(values))
        };
        match self {
            Self::Empty => say(words::EMPTY, &[("name", name)]),
            Self::WrongKind => say(words::WRONG_KIND, &[]),
            Self::NotAsNamed => say(words::NOT_AS_NAMED, &[("name", name)]),
            Self::Locked | Self::Truncated => say(words::UNREADABLE, &[("name", name)]),
            Self::Active => say(words::ACTIVE, &[("name", name)]),
            Self::TooManyPixels(pixels) => {
                let size = pixels.div_ceil(1_000_000).to_string();
                let max = (MOST_PIXELS / 1_000_000).to_string();
                say(words::TOO_MANY_PIXELS, &[("name", name), ("size", &size), ("max", &max)])
            }
        }
    }
}

enum Scan {
    Jpeg(Walk<image::Jpeg>),
    Png(Walk<image::Png>),
    Heif(Walk<image::Heif>),
    WebP(Walk<image::WebP>),
    Pdf(Box<pdf::Pdf>),
}

/// Judges one file. Never holds more than about 300 KB of it.
pub struct Sniffer {
    claims: Vec<Claim>,
    head: Vec<u8>,
    tail: tail::Tail,
    scan: Option<Scan>,
    verdict: Result<(), Unfit>,
}

impl Sniffer {
    /// For a file with this cleaned name and, when the sender gave one, this media type.
    pub fn new(name: &str, declared: Option<&str>) -> Self {
        let claims = name_claim(name).into_iter().chain(declared.and_then(type_claim)).collect();
        let tail = tail::Tail::default();
        Self { claims, head: Vec::new(), tail, scan: None, verdict: Ok(()) }
    }

    /// Looks at the next bytes.
    ///
    /// # Errors
    /// As soon as it is clear that the file will not be taken.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), Unfit> {
        self.verdict?;
        self.tail.push(chunk);
        match &mut self.scan {
            Some(scan) => scan.push(chunk),
            None => {
                self.head.extend_from_slice(chunk);
                if self.head.len() >= ENOUGH {
                    self.start()?;
                }
            }
        }
        self.verdict = self.check_pixels();
        self.verdict
    }

    /// Decides on the kind by the first bytes and lets its scan catch up.
    fn start(&mut self) -> Result<(), Unfit> {
        let head = std::mem::take(&mut self.head);
        let kind = kind_of(&head);
        let promises = self.claims.iter().any(|claim| *claim != Claim::Other);
        self.verdict = match kind {
            Some(kind) if self.claims.iter().any(|c| *c != claim_of(kind)) => {
                Err(Unfit::NotAsNamed)
            }
            Some(_) => Ok(()),
            None if promises && is_something_else(&head) => Err(Unfit::NotAsNamed),
            None if promises => Err(Unfit::Truncated),
            None => Err(Unfit::WrongKind),
        };
        self.verdict?;
        self.scan = kind.map(|kind| {
            let mut scan = Scan::of(kind);
            scan.push(&head);
            scan
        });
        Ok(())
    }

    /// The judgement on the whole file.
    ///
    /// # Errors
    /// When the file will not be taken.
    pub fn finish(mut self) -> Result<Sniffed, Unfit> {
        self.verdict?;
        if self.scan.is_none() {
            if self.head.is_empty() {
                return Err(Unfit::Empty);
            }
            self.start()?;
            self.check_pixels()?;
        }
        match self.scan {
            // Two kinds at once: whoever opens it takes it for the other.
            Some(_) if self.tail.is_archive() => Err(Unfit::WrongKind),
            Some(scan) => scan.finish(),
            None => Err(Unfit::Empty),
        }
    }

    fn check_pixels(&self) -> Result<(), Unfit> {
        match self.scan.as_ref().map_or(0, Scan::pixels) {
            pixels if pixels > MOST_PIXELS => Err(Unfit::TooManyPixels(pixels)),
            _ => Ok(()),
        }
    }
}

impl Scan {
    fn of(kind: MediaType) -> Self {
        match kind {
            MediaType::Jpeg => Self::Jpeg(Walk::new(image::Jpeg::default())),
            MediaType::Png => Self::Png(Walk::new(image::Png::default())),
            MediaType::Heic => Self::Heif(Walk::new(image::Heif::default())),
            MediaType::Webp => Self::WebP(Walk::new(image::WebP::default())),
            MediaType::Pdf => Self::Pdf(Box::new(pdf::Pdf::new())),
        }
    }

    fn push(&mut self, chunk: &[u8]) {
        match self {
            Self::Jpeg(walk) => walk.push(chunk),
            Self::Png(walk) => walk.push(chunk),
            Self::Heif(walk) => walk.push(chunk),
            Self::WebP(walk) => walk.push(chunk),
            Self::Pdf(pdf) => pdf.push(chunk),
        }
    }

    fn pixels(&self) -> u64 {
        match self {
            Self::Jpeg(walk) => walk.pixels(),
            Self::Png(walk) => walk.pixels(),
            Self::Heif(walk) => walk.pixels(),
            Self::WebP(walk) => walk.pixels(),
            Self::Pdf(_) => 0,
        }
    }

    fn finish(self) -> Result<Sniffed, Unfit> {
        let (media_type, is_complete, pages) = match self {
            Self::Jpeg(walk) => (MediaType::Jpeg, walk.is_complete(), Some(1)),
            Self::Png(walk) => (MediaType::Png, walk.is_complete(), Some(1)),
            Self::Heif(walk) => (MediaType::Heic, walk.is_complete(), Some(1)),
            Self::WebP(walk) => (MediaType::Webp, walk.is_complete(), Some(1)),
            Self::Pdf(mut pdf) => {
                pdf.finish();
                if pdf.is_locked() {
                    return Err(Unfit::Locked);
                }
                if pdf.is_active() {
                    return Err(Unfit::Active);
                }
                (MediaType::Pdf, pdf.is_complete(), pdf.pages())
            }
        };
        if is_complete { Ok(Sniffed { media_type, pages }) } else { Err(Unfit::Truncated) }
    }
}

/// What a kind's name may claim. Pictures may stand under each other's names: chat programs save
/// PNG and WebP as `.jpg`, and the content decides how they are served.
const fn claim_of(kind: MediaType) -> Claim {
    match kind {
        MediaType::Pdf => Claim::Pdf,
        _ => Claim::Image,
    }
}

/// The kind of the file that begins so: a picture at its first byte, or a PDF with its header in
/// the first kilobyte; not both. In front of a PDF's header only padding or a printer's preamble may
/// stand, not the beginning of an archive, a program or a web page.
fn kind_of(head: &[u8]) -> Option<MediaType> {
    let pdf = find(&head[..head.len().min(HEAD)], b"%PDF-");
    let picture = picture_of(head);
    match (picture, pdf) {
        (Some(kind), None) => Some(kind),
        (None, Some(at)) if !is_something_else(&head[..at]) => Some(MediaType::Pdf),
        _ => None,
    }
}

fn picture_of(head: &[u8]) -> Option<MediaType> {
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Some(MediaType::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(MediaType::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(MediaType::Webp),
        head if head.get(4..8) == Some(b"ftyp") => {
            let end = usize::try_from(walk::be32(head, 0)).unwrap_or(usize::MAX).min(head.len());
            is_heif(head.get(8..end)?).then_some(MediaType::Heic)
        }
        _ => None,
    }
}

/// Judges the brands of a file type box: the major one, four bytes of version, compatible ones.
/// The general image brands are also used by AV1, which is not taken.
fn is_heif(brands: &[u8]) -> bool {
    let Some((major, rest)) = brands.split_first_chunk::<4>() else { return false };
    match major {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => true,
        b"mif1" | b"mif2" | b"msf1" | b"miaf" => {
            !rest.chunks_exact(4).any(|brand| brand == b"avif" || brand == b"avis")
        }
        _ => false,
    }
}

/// Whether the bytes begin a file of a known kind other than ours, or markup, or a script.
fn is_something_else(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    text.starts_with(b"<") || text.starts_with(b"#!") || infer::get(head).is_some()
}
