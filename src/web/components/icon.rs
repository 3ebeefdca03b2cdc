//! Icons: strokes on a 24-unit grid, drawn in the colour of the text around them.

use maud::{Markup, html};

/// A drawing that accompanies words; it never stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Icon {
    /// A tray: registered.
    Tray,
    /// A stamp: received.
    Stamp,
    /// Arrows round: processing.
    Arrows,
    /// A paper with a plus: supplement.
    PaperPlus,
    /// A coin: payment.
    Coin,
    /// An arrow back: withdrawal.
    ArrowBack,
    /// A cross: not received, error.
    Cross,
    /// A square: stopped.
    Square,
    /// A tick: finished, done.
    Tick,
    /// Two ticks: returned.
    TwoTicks,
    /// A clock: soon due.
    Clock,
    /// An exclamation mark in a triangle: late, attention.
    Alert,
    /// Two bars: paused.
    Pause,
    /// The letter i in a circle: note.
    Info,
    /// A sheet of paper.
    Paper,
    /// A magnifying glass.
    Search,
    /// A printer.
    Print,
    /// A door that stands open: the default emblem.
    Door,
}

impl Icon {
    /// Every icon, for the gallery.
    pub const ALL: [Self; 18] = [
        Self::Tray,
        Self::Stamp,
        Self::Arrows,
        Self::PaperPlus,
        Self::Coin,
        Self::ArrowBack,
        Self::Cross,
        Self::Square,
        Self::Tick,
        Self::TwoTicks,
        Self::Clock,
        Self::Alert,
        Self::Pause,
        Self::Info,
        Self::Paper,
        Self::Search,
        Self::Print,
        Self::Door,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Tray => "M4 13 7 5h10l3 8v6H4zM4 13h5l1 3h4l1-3h5",
            Self::Stamp => "M10 12V9a3 3 0 1 1 4 0v3h4v4H6v-4zM6 20h12",
            Self::Arrows => {
                "M4 11a8 8 0 0 1 14-4l2 2M20 4v5h-5M20 13a8 8 0 0 1-14 4l-2-2M4 20v-5h5"
            }
            Self::PaperPlus => "M13 3H6v18h12V8zM13 3v5h5M12 11v6M9 14h6",
            Self::Coin => {
                "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 7v10M15 9.500h-4.500a1.5 1.5 0 0 0 0 3h3a1.5 1.5 0 0 1 0 3H9"
            }
            Self::ArrowBack => "M9 5 4 10l5 5M4 10h10a5 5 0 0 1 0 10h-4",
            Self::Cross => "M6 6l12 12M18 6 6 18",
            Self::Square => "M6 6h12v12H6z",
            Self::Tick => "M4 13l5 5L20 7",
            Self::TwoTicks => "M2 13l4.5 4.500L16 8M11.5 17l.5.500L22 8",
            Self::Clock => "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 7v5l4 2",
            Self::Alert => "M12 3.5 22 20.500H2zM12 10v5M12 17.500v.5",
            Self::Pause => "M9 5v14M15 5v14",
            Self::Info => "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v6M12 7v.5",
            Self::Paper => "M14 3H6v18h12V7zM14 3v4h4M9 12h6M9 16h6",
            Self::Search => "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5 21 21",
            Self::Print => "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
            Self::Door => "M3 21h18M6 21V3h12v18M6 3l7 3v15l-7 0M10.5 12v1.5",
        }
    }
}

/// The drawing, hidden from screen readers: the words beside it say the same.
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg.icon viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            path d=(icon.path()) {}
        }
    }
}
