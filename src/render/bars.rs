//! Score bars.

use super::Style;

/// A score as a bar of `cells` characters: the filled part and the empty part.
///
/// Computed from the rounded score in whole numbers, so that the bar agrees with the number beside it. Only a score
/// under half a cell is drawn empty, and only one within half a cell of 100 full.
pub(super) fn bar(score: f64, cells: usize, style: Style) -> (String, String) {
    let (full, empty) = if style.unicode { ("█", "▁") } else { ("#", "-") };
    let rounded = score.clamp(0.0, 100.0).round() as usize;
    let filled = ((rounded * cells + 50) / 100).min(cells);
    (full.repeat(filled), empty.repeat(cells - filled))
}

/// How long bars are on a page of this width; `None` where they would take the room of the numbers.
pub(super) fn cells(page_width: usize) -> Option<usize> {
    match page_width {
        0..70 => None,
        70..120 => Some(20),
        _ => Some(30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(score: f64) -> String {
        let (full, empty) = bar(score, 20, Style { width: 80, colour: false, unicode: false });
        full + &empty
    }

    #[test]
    fn the_ends_are_exact() {
        assert_eq!(drawn(0.0), "-".repeat(20));
        assert_eq!(drawn(100.0), "#".repeat(20));
    }

    #[test]
    fn a_bar_is_always_as_long_as_asked() {
        for score in [-1.0, 0.4, 2.4, 2.5, 49.5, 99.9, 250.0, f64::NAN, f64::INFINITY] {
            assert_eq!(drawn(score).len(), 20, "{score}");
        }
    }

    #[test]
    fn cells_are_rounded_to_the_nearest() {
        assert_eq!(drawn(43.0).matches('#').count(), 9);
        assert_eq!(drawn(27.0).matches('#').count(), 5);
    }

    #[test]
    fn bars_give_way_on_a_narrow_page() {
        assert_eq!(
            [cells(60), cells(69), cells(70), cells(119), cells(120)],
            [None, None, Some(20), Some(20), Some(30)]
        );
    }
}
