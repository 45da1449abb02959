//! A report for those who may see scores but not the words of the call: times, speakers and our own sentences stay.

use super::report::{CheckOut, Report, SpokenOut};
use crate::model::answers::Verdict;

impl Report {
    /// Takes out what was said on the call, and the analyst's notes, which may repeat it. Quotes become empty, their
    /// lines and times stay.
    pub fn take_words_out(&mut self) {
        if let Some(action) = &mut self.action {
            action.note = None;
            empty(&mut action.spoken);
        }
        for moment in &mut self.moments {
            moment.note = None;
            empty(&mut moment.spoken);
        }
        for objection in &mut self.objections {
            objection.quote.clear();
            objection.response_quote = None;
            // The date stands in the speaker's words.
            objection.parked_until = None;
            empty(&mut objection.repeats);
        }
        let criteria = self.dimensions.iter_mut().flat_map(|dimension| &mut dimension.criteria);
        criteria.flat_map(|criterion| &mut criterion.checks).for_each(without_words);
        if let Some(gong) = &mut self.gong {
            gong.brief = None;
        }
    }
}

fn without_words(check: &mut CheckOut) {
    // A person's note, and the reason why a question does not arise, are not the analyst's.
    let is_ours = check.corrected_by.is_some() || check.verdict == Verdict::NotApplicable;
    check.note = check.note.take().filter(|_| is_ours);
    empty(&mut check.evidence);
    if let Some(chance) = &mut check.chance {
        chance.quote.clear();
    }
}

fn empty(spoken: &mut [SpokenOut]) {
    spoken.iter_mut().for_each(|said| said.quote.clear());
}
