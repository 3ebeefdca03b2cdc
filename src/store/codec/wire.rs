//! The binary encoding of stored values.
//!
//! Whole numbers are LEB128, texts and byte strings carry their length, an option is a byte, and a
//! *record* is a length and its fields in a fixed order. Because a record says how long it is, a
//! later version may append fields, and old bytes read as their default. Tags of enumerations are written down
//! at their `tagged!` and never reused.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

/// The bytes are not what the format says: the place, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("damaged value: {0}")]
pub struct Damaged(pub &'static str);

/// What can be written to and read from bytes.
pub trait Wire: Sized {
    /// Appends the encoding.
    fn put(&self, out: &mut Vec<u8>);

    /// Reads one value and advances.
    ///
    /// # Errors
    /// The bytes are damaged.
    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged>;

    /// The encoding alone.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.put(&mut out);
        out
    }

    /// Reads a value that fills the bytes.
    ///
    /// # Errors
    /// The bytes are damaged, or some are left over.
    fn from_bytes(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut input = Reader::new(bytes);
        let value = Self::take(&mut input)?;
        if input.is_empty() { Ok(value) } else { Err(Damaged("bytes left over")) }
    }
}

/// Bytes being read.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads from the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// There are fewer.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let Some((head, rest)) = self.rest.split_at_checked(count) else {
            return Err(Damaged("ends early"));
        };
        self.rest = rest;
        Ok(head)
    }

    /// The next `N` bytes.
    ///
    /// # Errors
    /// There are fewer.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Damaged> {
        self.bytes(N)?.try_into().map_err(|_| Damaged("ends early"))
    }

    /// The next length, which can't be more than what is left.
    fn length(&mut self) -> Result<usize, Damaged> {
        let length = u64::take(self)?;
        usize::try_from(length).ok().filter(|n| *n <= self.rest.len()).ok_or(Damaged("length"))
    }

    /// A reader of the next record's fields.
    ///
    /// # Errors
    /// The record is longer than the bytes.
    pub fn record(&mut self) -> Result<Self, Damaged> {
        let length = self.length()?;
        Ok(Self::new(self.bytes(length)?))
    }
}

/// Appends a record: its length, then what `fields` writes.
pub fn put_record(out: &mut Vec<u8>, fields: impl FnOnce(&mut Vec<u8>)) {
    let mut body = Vec::with_capacity(64);
    fields(&mut body);
    (body.len() as u64).put(out);
    out.extend_from_slice(&body);
}

impl Wire for u64 {
    fn put(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push((rest as u8) | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = input.array()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return Err(Damaged("number too large"));
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Damaged("number too long"))
    }
}

impl Wire for u32 {
    fn put(&self, out: &mut Vec<u8>) {
        u64::from(*self).put(out);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        u64::take(input)?.try_into().map_err(|_| Damaged("number too large"))
    }
}

/// Zigzag: small numbers of either sign are short.
impl Wire for i64 {
    fn put(&self, out: &mut Vec<u8>) {
        (((self << 1) ^ (self >> 63)) as u64).put(out);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        let coded = u64::take(input)?;
        Ok((coded >> 1) as Self ^ -((coded & 1) as Self))
    }
}

impl Wire for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        match input.array()? {
            [0] => Ok(false),
            [1] => Ok(true),
            _ => Err(Damaged("neither yes nor no")),
        }
    }
}

impl Wire for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        let length = input.length()?;
        let bytes = input.bytes(length)?;
        Self::from_utf8(bytes.to_vec()).map_err(|_| Damaged("text is not UTF-8"))
    }
}

impl<const N: usize> Wire for [u8; N] {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        input.array()
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        if bool::take(input)? { T::take(input).map(Some) } else { Ok(None) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        for item in self {
            item.put(out);
        }
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        // Every item takes a byte at least, so a forged length can't ask for memory.
        let length = input.length()?;
        (0..length).map(|_| T::take(input)).collect()
    }
}

impl<K: Wire + Ord, V: Wire> Wire for BTreeMap<K, V> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        for (key, value) in self {
            key.put(out);
            value.put(out);
        }
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        let length = input.length()?;
        (0..length).map(|_| Ok((K::take(input)?, V::take(input)?))).collect()
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        Ok((A::take(input)?, B::take(input)?))
    }
}

impl<T: Wire> Wire for Box<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        T::take(input).map(Self::new)
    }
}

/// Microseconds since 1970, big endian, with the sign bit turned so that bytes sort as instants do.
pub fn instant_bytes(at: Timestamp) -> [u8; 8] {
    ((at.as_microsecond() as u64) ^ (1 << 63)).to_be_bytes()
}

/// The instant of [`instant_bytes`].
///
/// # Errors
/// The bytes name no instant.
pub fn instant_from(bytes: [u8; 8]) -> Result<Timestamp, Damaged> {
    let micros = (u64::from_be_bytes(bytes) ^ (1 << 63)) as i64;
    Timestamp::from_microsecond(micros).map_err(|_| Damaged("no such instant"))
}

impl Wire for Timestamp {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&instant_bytes(*self));
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        instant_from(input.array()?)
    }
}

impl Wire for Date {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.year().to_be_bytes());
        out.extend_from_slice(&[self.month() as u8, self.day() as u8]);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        let year = i16::from_be_bytes(input.array()?);
        let [month, day] = input.array()?;
        Self::new(year, month as i8, day as i8).map_err(|_| Damaged("no such date"))
    }
}

/// Encodes structs of the domain as records: their fields in this order, never changed; new ones
/// are appended after `;` with the value that older bytes stand for.
macro_rules! record {
    ($($type:ty { $($field:ident),* $(; $($late:ident = $default:expr),+)? })*) => {$(
        impl $crate::store::codec::wire::Wire for $type {
            fn put(&self, out: &mut Vec<u8>) {
                $crate::store::codec::wire::put_record(out, |out| {
                    $($crate::store::codec::wire::Wire::put(&self.$field, out);)*
                    $($($crate::store::codec::wire::Wire::put(&self.$late, out);)+)?
                });
            }

            fn take(
                input: &mut $crate::store::codec::wire::Reader<'_>,
            ) -> Result<Self, $crate::store::codec::wire::Damaged> {
                let mut input = input.record()?;
                Ok(Self {
                    $($field: $crate::store::codec::wire::Wire::take(&mut input)?,)*
                    $($($late: if input.is_empty() { $default } else {
                        $crate::store::codec::wire::Wire::take(&mut input)?
                    },)+)?
                })
            }
        }
    )*};
}

/// Encodes plain enumerations as a byte; a tag is never given to another meaning.
macro_rules! tagged {
    ($($type:ty { $($tag:literal = $variant:ident),* $(,)? })*) => {$(
        impl $crate::store::codec::wire::Wire for $type {
            fn put(&self, out: &mut Vec<u8>) {
                out.push(match self { $(Self::$variant => $tag,)* });
            }

            fn take(
                input: &mut $crate::store::codec::wire::Reader<'_>,
            ) -> Result<Self, $crate::store::codec::wire::Damaged> {
                match input.array()? {
                    $([$tag] => Ok(Self::$variant),)*
                    _ => Err($crate::store::codec::wire::Damaged(stringify!($type))),
                }
            }
        }
    )*};
}

pub(crate) use record;
pub(crate) use tagged;
