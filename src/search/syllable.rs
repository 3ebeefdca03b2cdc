//! What can be a Vietnamese syllable: an onset and a rime, without diacritics. A run that can be one is a
//! word that the catalogue happens not to use sooner than a typing error.

/// Beginnings, the longest first.
const ONSETS: [&str; 27] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h",
    "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// Endings, in order.
const RIMES: [&str; 106] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec",
    "ech", "em", "en", "eng", "enh", "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien",
    "ieng", "iep", "iet", "ieu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach",
    "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo",
    "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "u", "ua", "uan", "uang", "uat",
    "uay", "uc", "ue", "uech", "uenh", "ui", "um", "un", "ung", "uo", "uoc", "uoi", "uom", "uon",
    "uong", "uop", "uot", "uou", "up", "ut", "uu", "uy", "uya", "uych", "uyen", "uyet", "uynh",
    "uyt", "uyu", "y", "yem", "yen", "yeng", "yet", "yeu",
];

/// Whether a folded run can be a Vietnamese syllable.
pub fn is_syllable(folded: &str) -> bool {
    ONSETS.iter().any(|onset| folded.strip_prefix(onset).is_some_and(|rime| RIMES.contains(&rime)))
        || matches!(folded, "gi" | "gin" | "gieng" | "gich")
}

#[cfg(test)]
mod tests {
    use super::{RIMES, is_syllable};

    #[test]
    fn words_are_syllables_and_slips_are_not() {
        assert!(RIMES.is_sorted());
        for word in ["tui", "cuon", "neo", "hat", "dui", "nghieng", "quyen", "khuya", "gi", "uyen"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for slip in ["khaii", "tgian", "snih", "ccct", "xnih", "dkkh", "bnag", "w"] {
            assert!(!is_syllable(slip), "{slip}");
        }
    }
}
