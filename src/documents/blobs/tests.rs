//! What is kept comes back; what is altered, cut off or refused does not stay.

use std::fs;
use std::io::Read;
use std::path::Path;

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::{BlobFault, BlobKey, BlobStore, Incoming, PutError, StoredBlob};
use crate::documents::sniff::MediaType;
use crate::documents::sniff::tests::{jpeg, pdf};
use crate::domain::dossier::FileKey;
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::RefusalKind;

const ID: AttachmentId = AttachmentId([0x3f; 16]);

fn store(dir: &Path) -> BlobStore {
    BlobStore::new(dir.join("blobs"), BlobKey::generate()).expect("a store")
}

fn incoming(name: &str) -> Incoming<'_> {
    Incoming { name, declared_type: None, announced_size: None, max_size: 1 << 20 }
}

/// A picture with `extra` bytes of film behind it.
fn picture(extra: usize) -> Vec<u8> {
    let film = (0..extra).map(|i| u8::try_from(i % 251).unwrap_or(0));
    jpeg(40, 30).into_iter().chain(film).collect()
}

fn put(store: &BlobStore, file: &[u8], steps: &[usize]) -> Result<StoredBlob, PutError> {
    let mut writer = store.writer(ID, incoming("ảnh.jpg"))?;
    let mut rest = file;
    for step in steps.iter().cycle() {
        let (chunk, after) = rest.split_at((*step).min(rest.len()));
        writer.push(chunk)?;
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    writer.finish()
}

fn read(store: &BlobStore, key: &FileKey) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    store.open(ID, Some(key)).map_err(std::io::Error::other)?.read_to_end(&mut content)?;
    Ok(content)
}

/// Every file below a folder.
fn files(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_chunking_comes_back(
        extra in prop_oneof![0_usize..200, 65_300_usize..65_700, 130_000_usize..200_000],
        steps in proptest::collection::vec(1_usize..70_000, 1..6),
    ) {
        let dir = tempfile::tempdir().expect("a folder");
        let store = store(dir.path());
        let file = picture(extra);
        let stored = put(&store, &file, &steps).expect("stored");
        prop_assert_eq!(stored.size, file.len() as u64);
        prop_assert_eq!(stored.sha256, <[u8; 32]>::from(Sha256::digest(&file)));
        let cipher = fs::read(store.path(ID)).expect("ciphertext");
        prop_assert_eq!(stored.cipher_size, cipher.len() as u64);
        prop_assert_eq!(stored.cipher_sha256, <[u8; 32]>::from(Sha256::digest(&cipher)));
        prop_assert!(store.verify(ID, &stored.cipher_sha256).is_ok());
        prop_assert_eq!(read(&store, &stored.key).expect("plaintext"), file);
    }
}

#[test]
fn what_is_stored_is_named_listed_and_removed() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = store(dir.path());
    let stored = put(&store, &picture(10), &[100]).expect("stored");
    assert_eq!((stored.name.as_str(), stored.media_type), ("ảnh.jpg", MediaType::Jpeg));
    assert!(store.path(ID).ends_with(format!("3f/{ID}.age")));
    assert_eq!(files(dir.path()), [store.path(ID)]);
    let listed: Vec<_> = store.list().expect("a list").map(|b| b.expect("a blob")).collect();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].id, listed[0].cipher_size), (ID, stored.cipher_size));
    assert!(matches!(
        store.writer(ID, incoming("b.jpg")),
        Err(PutError::Fault(BlobFault::Exists(ID)))
    ));
    assert!(store.remove(ID).expect("removed"));
    assert!(!store.remove(ID).expect("nothing there"));
    assert!(matches!(store.verify(ID, &stored.cipher_sha256), Err(BlobFault::Missing(ID))));
    assert!(matches!(store.open(ID, Some(&stored.key)), Err(BlobFault::Missing(ID))));
}

#[test]
#[cfg(unix)]
fn only_the_owner_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("a folder");
    let store = store(dir.path());
    put(&store, &picture(10), &[100]).expect("stored");
    let path = store.path(ID);
    let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().expect("a folder")), 0o700);
}

#[test]
fn alteration_and_truncation_are_found() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = store(dir.path());
    let stored = put(&store, &picture(150_000), &[8_192]).expect("stored");
    let path = store.path(ID);
    let cipher = fs::read(&path).expect("ciphertext");
    let (chunk, tag) = (65_536, 16);
    let header = cipher.len() - (150_000 + jpeg(40, 30).len()) - 3 * tag;
    let cuts = [0, 10, header, header + 100, header + chunk + tag, cipher.len() - 1];
    for cut in cuts {
        fs::write(&path, &cipher[..cut]).expect("written");
        assert!(read(&store, &stored.key).is_err(), "cut at {cut}");
        let verified = store.verify(ID, &stored.cipher_sha256);
        assert!(matches!(verified, Err(BlobFault::Altered(ID))), "cut at {cut}");
    }
    for at in [header + 5, header + chunk + 50, cipher.len() - 1] {
        let mut altered = cipher.clone();
        altered[at] ^= 1;
        fs::write(&path, &altered).expect("written");
        assert!(read(&store, &stored.key).is_err(), "altered at {at}");
        let verified = store.verify(ID, &stored.cipher_sha256);
        assert!(matches!(verified, Err(BlobFault::Altered(ID))), "altered at {at}");
    }
}

#[test]
fn another_key_opens_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder_key = BlobKey::generate();
    let store = BlobStore::new(dir.path(), folder_key.clone()).expect("a store");
    let stored = put(&store, &picture(10), &[100]).expect("stored");
    let another = FileKey::new(BlobKey::generate().to_secret_text().to_string());
    for key in [None, Some(&another)] {
        assert!(matches!(store.open(ID, key), Err(BlobFault::Sealed { .. })), "{key:?}");
    }
    // The file's own key is all it takes.
    let elsewhere = BlobStore::new(dir.path(), BlobKey::generate()).expect("a store");
    assert_eq!(read(&elsewhere, &stored.key).expect("plaintext"), picture(10));
    assert!(!format!("{stored:?}").contains("SECRET"));
}

#[test]
fn pieces_lie_under_the_key_of_the_folder() {
    let dir = tempfile::tempdir().expect("a folder");
    let key = BlobKey::generate();
    let store = BlobStore::new(dir.path(), key.clone()).expect("a store");
    let mut piece = store.piece(ID).expect("begun");
    piece.push(&picture(10)).expect("written");
    piece.finish().expect("stored");
    let same: BlobKey = key.to_secret_text().parse().expect("a key");
    let same = BlobStore::new(dir.path(), same).expect("a store");
    let whole = AttachmentId([7; 16]);
    let stored = same.join(whole, &[ID], incoming("ảnh.jpg")).expect("joined");
    let mut content = Vec::new();
    let opened = same.open(whole, Some(&stored.key)).expect("opened").read_to_end(&mut content);
    assert_eq!(opened.expect("plaintext"), content.len());
    assert_eq!(content, picture(10));
    assert!(matches!(same.open(whole, None), Err(BlobFault::Sealed { .. })));
    assert!("AGE-SECRET-KEY-1NOTONE".parse::<BlobKey>().is_err());
    assert!(!format!("{key:?}").contains("SECRET"));
}

fn refusal(result: Result<StoredBlob, PutError>) -> (RefusalKind, String) {
    match result {
        Err(PutError::Refused(refusal)) => (refusal.kind, refusal.text.vi),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn what_is_refused_leaves_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = store(dir.path());
    let (kind, text) = refusal(put(&store, &picture(2 << 20), &[65_536]));
    assert_eq!(kind, RefusalKind::TooLarge);
    assert_eq!(text, "ảnh.jpg nặng hơn mức tối đa 1 MB. Chụp lại nhỏ hơn hoặc tách ra.");
    let announced = Incoming { announced_size: Some(34 << 20), ..incoming("ảnh.jpg") };
    let (kind, text) = refusal(store.writer(ID, announced).and_then(|writer| writer.finish()));
    assert_eq!(kind, RefusalKind::TooLarge);
    assert_eq!(text, "ảnh.jpg nặng 34 MB, tối đa 1 MB. Chụp lại nhỏ hơn hoặc tách ra.");
    let (kind, text) = refusal(put(&store, &[], &[1]));
    assert_eq!((kind, text.as_str()), (RefusalKind::Invalid, "ảnh.jpg là tệp rỗng. Chọn lại tệp."));
    assert_eq!(refusal(put(&store, &pdf(1, ""), &[9])).0, RefusalKind::Invalid);
    let mut writer = store.writer(ID, incoming("a.jpg")).expect("a writer");
    writer.push(&picture(10)).expect("taken");
    drop(writer);
    assert_eq!(files(dir.path()), Vec::<std::path::PathBuf>::new());
}

#[test]
fn the_largest_size_itself_is_taken() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = store(dir.path());
    let file = picture((1 << 20) - jpeg(40, 30).len());
    assert_eq!(put(&store, &file, &[65_536]).expect("stored").size, 1 << 20);
}

#[test]
fn a_crash_leaves_only_what_is_swept() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = store(dir.path());
    let mut writer = store.writer(ID, incoming("a.jpg")).expect("a writer");
    writer.push(&picture(100_000)).expect("taken");
    std::mem::forget(writer);
    assert_eq!(files(dir.path()).len(), 1);
    assert_eq!(store.list().expect("a list").count(), 0);
    assert_eq!(store.discard_unfinished().expect("swept"), 1);
    assert!(put(&store, &picture(5), &[7]).is_ok());
}
