//! Names of things: small types, so that one cannot stand for another.

use std::fmt;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is; the caller has checked it.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id!(
    /// An agency's code, such as `H40.12`.
    AgencyCode
);
text_id!(
    /// A unit of an agency, such as `mot-cua`.
    UnitCode
);
text_id!(
    /// A procedure's national code, such as `1.001193`.
    ProcedureCode
);
text_id!(
    /// A component of a procedure, such as `tp1`.
    ComponentId
);
text_id!(
    /// A step of a procedure's process, such as `b1`.
    StepId
);
text_id!(
    /// A desk account's name.
    UserName
);
text_id!(
    /// A dossier's code as printed, such as `H40.12-261123-0001`.
    DossierCode
);

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for byte in self.0 {
                    write!(f, "{byte:02x}")?;
                }
                Ok(())
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if text.len() != 32 || !text.is_ascii() {
                    return Err(NotAnId);
                }
                let mut bytes = [0; 16];
                for (i, byte) in bytes.iter_mut().enumerate() {
                    *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| NotAnId)?;
                }
                Ok(Self(bytes))
            }
        }
    };
}

/// The text is not 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

random_id!(
    /// A dossier's immutable internal id; time-ordered (UUID version 7).
    DossierId
);
random_id!(
    /// An attachment, and the blob that holds its ciphertext.
    AttachmentId
);
random_id!(
    /// A paper that a person has to hand; of a result, the dossier's id.
    PersonalPaperId
);
