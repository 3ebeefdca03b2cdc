//! What is said about fee rules as data.

crate::messages! {
    UNKNOWN_VALUE: "Không hiểu giá trị “{value}”." / "The value “{value}” is unknown.";
}
