//! A report that fits into what its reader takes in at once.

use super::report::{CheckOut, Report, SpokenOut};

/// The longest a note and a quote stay where there is not room for all, in characters.
const SHORT: usize = 120;

/// What is done without first, and what last.
const STEPS: [fn(&mut Report); 5] =
    [shorten_notes, leave_notes_out, one_quote_a_check, leave_repeats_out, shorten_quotes];

impl Report {
    /// Leaves out what is missed least until the rest fits into so many bytes of JSON, and says so in `truncated`.
    /// Scores, verdicts, lines and times stay whatever their size.
    pub fn fit(&mut self, bytes: usize) {
        for step in STEPS {
            let size = serde_json::to_string(self).map_or(0, |text| text.len());
            if size <= bytes {
                return;
            }
            step(self);
            self.truncated = true;
        }
    }

    fn checks_mut(&mut self) -> impl Iterator<Item = &mut CheckOut> {
        let criteria = self.dimensions.iter_mut().flat_map(|dimension| &mut dimension.criteria);
        criteria.flat_map(|criterion| &mut criterion.checks)
    }
}

fn shorten_notes(report: &mut Report) {
    report.checks_mut().filter_map(|check| check.note.as_mut()).for_each(shorten);
    report.moments.iter_mut().filter_map(|moment| moment.note.as_mut()).for_each(shorten);
}

fn leave_notes_out(report: &mut Report) {
    // What a person wrote is why the verdict is another one.
    let of_analyst = report.checks_mut().filter(|check| check.corrected_by.is_none());
    of_analyst.for_each(|check| check.note = None);
    report.moments.iter_mut().for_each(|moment| moment.note = None);
}

fn one_quote_a_check(report: &mut Report) {
    report.checks_mut().for_each(|check| check.evidence.truncate(1));
}

fn leave_repeats_out(report: &mut Report) {
    report.objections.iter_mut().for_each(|objection| objection.repeats.clear());
}

fn shorten_quotes(report: &mut Report) {
    let shorten_all = |spoken: &mut Vec<SpokenOut>| spoken.iter_mut().for_each(|said| shorten(&mut said.quote));
    report.checks_mut().for_each(|check| {
        shorten_all(&mut check.evidence);
        check.chance.iter_mut().for_each(|said| shorten(&mut said.quote));
    });
    report.moments.iter_mut().for_each(|moment| shorten_all(&mut moment.spoken));
    for objection in &mut report.objections {
        shorten(&mut objection.quote);
        objection.response_quote.iter_mut().for_each(shorten);
    }
}

fn shorten(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(SHORT) {
        text.truncate(end);
        text.push('…');
    }
}
