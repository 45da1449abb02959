//! Found calls, one row a call and coached rep as on the screen.

use super::{Cell, Sheet};
use crate::output::search::{FoundCallOut, FoundScoreOut, SearchOut};
use crate::render::search::{FoundIn, is_open, status_word};
use crate::render::text;

const CALL: [&str; 9] = ["ref", "id", "date", "started_at", "duration_s", "title", "type", "product", "account"];
const REP: [&str; 4] = ["buyers", "rep", "email", "overall"];
const PROOF: [&str; 6] = ["concerns", "concerns_open", "concern_list", "at_s", "words", "url"];

/// The found calls as a table. `dimensions` are the ids of the rubrics, each with a column for its score.
///
/// The words are those of the concern or the line that was looked for.
pub fn search(found: &SearchOut, context: &FoundIn, dimensions: &[&str]) -> String {
    let mut sheet = Sheet::new(&[&CALL[..], &REP[..], dimensions, &PROOF[..]].concat());
    for call in &found.calls {
        if call.scores.is_empty() {
            row(&mut sheet, context, call, None, dimensions);
        }
        for score in &call.scores {
            row(&mut sheet, context, call, Some(score), dimensions);
        }
    }
    sheet.finish()
}

fn row(sheet: &mut Sheet, context: &FoundIn, call: &FoundCallOut, score: Option<&FoundScoreOut>, dimensions: &[&str]) {
    let started_at = call.started_at.map(|at| at.to_string());
    let (reps, buyers) = (call.reps.join("; "), call.buyers.join("; "));
    let concerns: Vec<String> =
        call.objections.iter().map(|one| format!("{}: {}", one.kind.label(), status_word(one.status).0)).collect();
    let concern_list = concerns.join("; ");
    let open = call.objections.iter().filter(|one| is_open(one.status)).count();
    // A call that nobody scored may hold any number of concerns.
    let counted = |count: usize| Cell::Number(score.map(|_| count as f64));
    let (at_ms, words) = proof(context, call).unwrap_or_default();

    let mut cells = vec![
        Cell::Text(&call.call_ref),
        Cell::Text(&call.id),
        Cell::Day(call.started_at.map(|at| text::day(at, &context.time_zone))),
        Cell::text(started_at.as_deref()),
        Cell::Number(call.duration_s),
        Cell::text(call.title.as_deref()),
        Cell::text(call.call_type.map(|kind| kind.as_str())),
        Cell::text(call.product.as_deref()),
        Cell::text(call.account.as_deref()),
        Cell::Text(&buyers),
        Cell::Text(score.map_or(&reps, |score| &score.rep)),
        Cell::text(score.and_then(|score| score.email.as_deref())),
        Cell::Number(score.and_then(|score| score.overall)),
    ];
    let in_dimension = |id: &str| score.and_then(|score| score.dimensions.get(id).copied().flatten());
    cells.extend(dimensions.iter().map(|id| Cell::Number(in_dimension(id))));
    cells.extend([
        counted(call.objections.len()),
        counted(open),
        Cell::Text(&concern_list),
        Cell::Number(at_ms.map(|ms| ms as f64 / 1_000.0)),
        Cell::Text(words),
        Cell::text(call.url.as_deref()),
    ]);
    sheet.row(&cells);
}

/// When and what was said that makes the call one that was looked for.
fn proof<'a>(context: &FoundIn, call: &'a FoundCallOut) -> Option<(Option<i64>, &'a str)> {
    if context.shows_concerns {
        return context.concern(call).map(|(concern, _)| (concern.start_ms, &*concern.quote));
    }
    call.matches.first().map(|line| (line.start_ms, &*line.text))
}
