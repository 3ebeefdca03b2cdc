//! Makes the plain bytes of sealed parts shorter before they are sealed: sealed bytes cannot be
//! compressed any more.
//!
//! A dossier's submission and its letters are packed with a dictionary that lies in the executable:
//! the names of form fields, the words of the catalogue and of letters. It holds no person. Whatever
//! else a dossier has (its state, its later events) repeats the submission, so it is packed as a
//! difference to it. What does not get shorter stays as it is.
//!
//! Packed bytes are a byte that says how, the length of the plain bytes, and an LZ4 block. A length
//! beyond [`MOST`] is never believed, so a damaged value cannot ask for memory.

use lz4_flex::block::{
    compress_into_with_dict, decompress_into_with_dict, get_maximum_output_size,
};

use super::codec::wire::{Damaged, Reader, Wire};

/// Most plain bytes of a part that is packed; longer ones stay as they are.
const MOST: usize = 16 << 20;
/// Fewest bytes for which trying pays.
const FEWEST: usize = 48;
/// The dictionary. What it packed once can only be read with it: a better one gets another number.
const DICTIONARY: &[u8] = include_bytes!("../../assets/packing/dictionary-1");

const AS_IT_IS: u8 = 0;
const BY_DICTIONARY: u8 = 1;
const BY_SUBMISSION: u8 = 2;

/// What both sides know before the first byte.
#[derive(Clone, Copy, Debug)]
pub enum Known<'a> {
    /// The dictionary in the executable.
    Dictionary,
    /// The dossier's submission, as it was packed itself.
    Submission(&'a [u8]),
}

impl<'a> Known<'a> {
    /// The byte that says how, and the bytes that a block may refer to.
    fn parts(self) -> (u8, &'a [u8]) {
        match self {
            Self::Dictionary => (BY_DICTIONARY, DICTIONARY),
            Self::Submission(submission) => (BY_SUBMISSION, submission),
        }
    }
}

/// Packs the plain bytes of a part.
pub fn pack(plain: &[u8], known: Known<'_>) -> Vec<u8> {
    let (how, words) = known.parts();
    if (FEWEST..=MOST).contains(&plain.len()) {
        let mut out = Vec::with_capacity(4 + get_maximum_output_size(plain.len()));
        out.push(how);
        (plain.len() as u64).put(&mut out);
        let start = out.len();
        out.resize(start + get_maximum_output_size(plain.len()), 0);
        if let Ok(packed) = compress_into_with_dict(plain, &mut out[start..], words)
            && start + packed < plain.len()
        {
            out.truncate(start + packed);
            return out;
        }
    }
    let mut out = Vec::with_capacity(plain.len() + 1);
    out.push(AS_IT_IS);
    out.extend_from_slice(plain);
    out
}

/// The plain bytes of what [`pack`] made with the same knowledge.
///
/// # Errors
/// The bytes are damaged, or were packed with other knowledge.
pub fn unpack(packed: &[u8], known: Known<'_>) -> Result<Vec<u8>, Damaged> {
    let mut input = Reader::new(packed);
    let [how] = input.array()?;
    let (expected, words) = known.parts();
    if how == AS_IT_IS {
        return Ok(input.rest().to_vec());
    }
    if how != expected {
        return Err(Damaged("way of packing"));
    }
    let length = usize::try_from(u64::take(&mut input)?).ok();
    let length = length.filter(|length| *length <= MOST).ok_or(Damaged("length when unpacked"))?;
    let mut plain = vec![0; length];
    match decompress_into_with_dict(input.rest(), &mut plain, words) {
        Ok(done) if done == length => Ok(plain),
        _ => Err(Damaged("packed part")),
    }
}

#[cfg(test)]
mod tests {
    use super::{AS_IT_IS, BY_DICTIONARY, Known, MOST, pack, unpack};
    use crate::store::codec::wire::Wire;

    const TEXT: &str = "Đề nghị cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh. Đề nghị cấp bản \
        sao trích lục hộ tịch cho con.";

    #[test]
    fn what_is_packed_comes_back_and_is_shorter() {
        let submission = TEXT.repeat(3).into_bytes();
        let later = format!("{TEXT} đã nhận").into_bytes();
        for (plain, known) in
            [(&submission, Known::Dictionary), (&later, Known::Submission(&submission))]
        {
            let packed = pack(plain, known);
            assert!(packed.len() < plain.len() / 2, "{} of {}", packed.len(), plain.len());
            assert_eq!(unpack(&packed, known).as_ref(), Ok(plain));
        }
    }

    #[test]
    fn what_would_not_get_shorter_stays_as_it_is() {
        let noise: Vec<u8> = (0..200_u32).map(|n| (n * n * 31 % 251) as u8).collect();
        for plain in [&b"ok"[..], &[], &noise] {
            let packed = pack(plain, Known::Dictionary);
            assert_eq!((packed[0], packed.len()), (AS_IT_IS, plain.len() + 1));
            assert_eq!(unpack(&packed, Known::Submission(b"x")).as_deref(), Ok(plain));
        }
    }

    #[test]
    fn a_length_that_is_too_large_or_wrong_is_not_believed() {
        let packed = pack(TEXT.as_bytes(), Known::Dictionary);
        for length in [MOST as u64 + 1, u64::MAX, 0, TEXT.len() as u64 - 1, TEXT.len() as u64 + 1] {
            let mut forged = vec![BY_DICTIONARY];
            length.put(&mut forged);
            let body = packed.len() - 1 - (TEXT.len() as u64).to_bytes().len();
            forged.extend_from_slice(&packed[packed.len() - body..]);
            assert!(unpack(&forged, Known::Dictionary).is_err(), "{length}");
        }
    }

    #[test]
    fn damaged_bytes_are_an_error_or_other_bytes_and_never_a_panic() {
        let submission = TEXT.as_bytes();
        let plain = format!("{TEXT}{TEXT}").into_bytes();
        for known in [Known::Dictionary, Known::Submission(submission)] {
            let packed = pack(&plain, known);
            assert!(packed.len() < plain.len());
            for at in 0..packed.len() {
                let mut bytes = packed.clone();
                bytes[at] ^= 0x55;
                if let Ok(other) = unpack(&bytes, known) {
                    assert!(other.len() <= MOST);
                }
                assert!(unpack(&packed[..at], known) != Ok(plain.clone()));
            }
        }
        let packed = pack(&plain, Known::Submission(submission));
        assert!(unpack(&packed, Known::Dictionary).is_err());
    }
}
