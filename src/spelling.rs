//! What somebody may have meant who typed a name that nobody knows.

/// How alike two names must be, from 0 to 1. Two letters that changed places in a name of four are alike, two short
/// names with one letter in common are not.
const ALIKE: f64 = 0.8;

/// The known name that looks most like the one typed, by Jaro-Winkler similarity, which forgives what people mistype:
/// a letter too many or too few, and two that changed places. Case does not count.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.trim().to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&known.to_lowercase(), &typed), known))
        .filter(|(alike, _)| *alike > ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_name_is_recognised_and_another_name_is_not() {
        let known = ["discovery", "engagement", "Mara"];
        assert_eq!(nearest("discvery", known), Some("discovery"));
        assert_eq!(nearest(" Maar", known), Some("Mara"));
        assert_eq!(nearest("MARA", known), Some("Mara"));
        assert_eq!(nearest("charm", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("x", []), None);
    }
}
