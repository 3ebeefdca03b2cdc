//! Attachments in, papers out.
//!
//! [`blobs`] keeps what people send, each file encrypted on its own; [`sniff`] judges it by its
//! content while it streams past; [`papers`] are the forms of the law, set by [`typeset`], with
//! codes drawn by [`qr`] and put under seal by [`seal`]; [`vietqr`] writes the code of a bank
//! transfer.

pub mod blobs;
pub mod clamd;
pub mod deed;
pub mod papers;
pub mod qr;
pub mod scan;
pub mod seal;
pub mod sniff;
pub mod typeset;
pub mod vietqr;
pub mod words;
