//! The agency's one colour, made legible.
//!
//! The agency types any colour; the hue and the saturation stay, the lightness moves until text in
//! that colour, and text on it, can be read in light and in dark.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// A colour, eight bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

/// The text is not `#RRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written #RRGGBB")]
pub struct NotAColour;

impl FromStr for Rgb {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6).ok_or(NotAColour)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| NotAColour)?;
        let [_, r, g, b] = value.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02X}{g:02X}{b:02X}")
    }
}

impl Rgb {
    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast ratio of two colours (WCAG 2.2), 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// `share` of this colour in `base`.
    fn tint(self, base: Self, share: f64) -> Self {
        let mut mixed = [0; 3];
        for (out, (a, b)) in mixed.iter_mut().zip(self.0.into_iter().zip(base.0)) {
            *out = (f64::from(a) * share + f64::from(b) * (1.0 - share)).round_ties_even() as u8;
        }
        Self(mixed)
    }

    /// Hue (0 to 6), saturation and lightness (0 to 1).
    fn hsl(self) -> [f64; 3] {
        let [r, g, b] = self.0.map(|c| f64::from(c) / 255.0);
        let (max, min) = (r.max(g).max(b), r.min(g).min(b));
        let (lightness, spread) = ((max + min) / 2.0, max - min);
        if spread == 0.0 {
            return [0.0, 0.0, lightness];
        }
        let hue = if max == r {
            ((g - b) / spread).rem_euclid(6.0)
        } else if max == g {
            (b - r) / spread + 2.0
        } else {
            (r - g) / spread + 4.0
        };
        [hue, spread / (1.0 - (2.0 * lightness - 1.0).abs()), lightness]
    }

    fn from_hsl([hue, saturation, lightness]: [f64; 3]) -> Self {
        let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
        let second = chroma * (1.0 - (hue.rem_euclid(2.0) - 1.0).abs());
        let low = lightness - chroma / 2.0;
        let mixed = match hue as u8 {
            0 => [chroma, second, 0.0],
            1 => [second, chroma, 0.0],
            2 => [0.0, chroma, second],
            3 => [0.0, second, chroma],
            4 => [second, 0.0, chroma],
            _ => [chroma, 0.0, second],
        };
        Self(mixed.map(|c| ((c + low) * 255.0).round() as u8))
    }
}

/// The papers that the accent must be legible on, and how it moves to get there.
struct Ground {
    paper: Rgb,
    soft: Rgb,
    least: f64,
    step: f64,
    tint: f64,
}

const LIGHT: Ground = Ground {
    paper: Rgb([0xFF, 0xFF, 0xFF]),
    soft: Rgb([0xF2, 0xF4, 0xF6]),
    least: 5.5,
    step: -0.01,
    tint: 0.10,
};

const DARK: Ground = Ground {
    paper: Rgb([0x14, 0x18, 0x1C]),
    soft: Rgb([0x1D, 0x23, 0x29]),
    least: 7.0,
    step: 0.01,
    tint: 0.18,
};

impl Ground {
    fn legible(&self, typed: Rgb) -> Rgb {
        let [hue, saturation, mut lightness] = typed.hsl();
        let mut colour = typed;
        while colour.contrast(self.paper).min(colour.contrast(self.soft)) < self.least
            && (0.0..=1.0).contains(&(lightness + self.step))
        {
            lightness += self.step;
            colour = Rgb::from_hsl([hue, saturation, lightness]);
        }
        colour
    }
}

/// An agency's colours, ready to be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The accent on light paper.
    pub light: Rgb,
    /// The accent on dark paper.
    pub dark: Rgb,
    /// The style sheet.
    pub css: String,
    /// The first digits of its hash.
    pub hash: String,
}

impl Theme {
    /// The theme of the colour that the agency typed.
    pub fn new(accent: Rgb) -> Self {
        let (light, dark) = (LIGHT.legible(accent), DARK.legible(accent));
        let light_tint = light.tint(LIGHT.paper, LIGHT.tint);
        let dark_tint = dark.tint(DARK.paper, DARK.tint);
        let css = format!(
            ":root{{--accent:{light};--tint:{light_tint}}}\n\
             @media (prefers-color-scheme:dark){{:root{{--accent:{dark};--tint:{dark_tint}}}}}\n\
             :root[data-theme=light]{{--accent:{light};--tint:{light_tint}}}\n\
             :root[data-theme=dark]{{--accent:{dark};--tint:{dark_tint}}}\n\
             @media print{{:root:root{{--accent:{light};--tint:{light_tint}}}}}\n"
        );
        let digest = Sha256::digest(css.as_bytes());
        let hash = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { light, dark, css, hash }
    }

    /// The address of the style sheet, which changes with it.
    pub fn href(&self) -> String {
        format!("/theme.css?v={}", self.hash)
    }
}

impl Default for Theme {
    /// The house blue.
    fn default() -> Self {
        Self::new(Rgb([0x0B, 0x5A, 0x8A]))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DARK, LIGHT, Rgb, Theme};

    fn theme(typed: &str) -> Theme {
        Theme::new(typed.parse().expect("a colour"))
    }

    #[test]
    fn the_flags_red_and_yellow_become_legible() {
        let red = theme("#DA251D");
        assert_eq!(
            (red.light.to_string(), red.dark.to_string()),
            ("#BF2019".into(), "#F09490".into())
        );
        let yellow = theme("#FFCD00");
        assert_eq!(
            (yellow.light.to_string(), yellow.dark.to_string()),
            ("#755E00".into(), "#FFCD00".into())
        );
    }

    #[test]
    fn black_and_white_end_as_greys() {
        for typed in ["#000000", "#FFFFFF"] {
            let theme = theme(typed);
            for colour in [theme.light, theme.dark] {
                assert!(colour.0.iter().all(|c| *c == colour.0[0]), "{typed} became {colour}");
            }
        }
        assert_eq!(theme("#000000").light.to_string(), "#000000");
        assert_eq!(theme("#FFFFFF").dark.to_string(), "#FFFFFF");
    }

    #[test]
    fn the_house_blue_has_the_tokens_values() {
        let theme = Theme::default();
        assert_eq!(theme.light.to_string(), "#0B5A8A");
        assert!(theme.css.contains("--tint:#E7EEF3"), "{}", theme.css);
    }

    #[test]
    fn only_six_hexadecimal_digits_are_a_colour() {
        for text in ["", "#12345", "#+12345", "red", "#12345Ơ", "#1234567", "#GGGGGG"] {
            assert!(text.parse::<Rgb>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_colour_becomes_legible_on_both_papers(r: u8, g: u8, b: u8) {
            let theme = Theme::new(Rgb([r, g, b]));
            for (colour, ground) in [(theme.light, &LIGHT), (theme.dark, &DARK)] {
                prop_assert!(colour.contrast(ground.paper) >= ground.least);
                prop_assert!(colour.contrast(ground.soft) >= ground.least);
            }
        }

        #[test]
        fn a_colour_survives_its_own_text(r: u8, g: u8, b: u8) {
            let colour = Rgb([r, g, b]);
            prop_assert_eq!(colour.to_string().parse::<Rgb>(), Ok(colour));
            prop_assert_eq!(Rgb::from_hsl(colour.hsl()), colour);
        }
    }
}
