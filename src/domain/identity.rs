//! Identity numbers, phones and addresses.

use super::words::Text;

/// a
pub fn id_number_error(_: &str) -> Option<Text> {
    None
}
/// a
pub fn phone_error(_: &str) -> Option<Text> {
    None
}
/// a
pub fn email_error(_: &str) -> Option<Text> {
    None
}
