//! What is wrong and what to type, then every check.

use super::layout::{self, Block, Cell, Line, Tone, paragraph, row};
use super::text::{capital, count};
use super::{Detail, Style};
use crate::doctor::Group;
use crate::output::doctor::{CheckOut, CountsOut, DoctorOut, StatusOut};

/// Columns before the words: the status, then the title.
const STATUS: usize = 6;
const TITLE: usize = 22;

/// The examination as text: problems first, each with what it means and what mends it; then, unless brief, every check.
pub fn doctor(report: &DoctorOut, style: Style, detail: Detail) -> String {
    let width = style.page_width();
    let of = |status| report.checks.iter().filter(move |check| check.status == status);
    let rule = vec![Line::new(Tone::Dim, style.rule().repeat(width))];
    let mut head = paragraph(0, width, Tone::Heading, &verdict(&report.counts));
    head.extend(rule);
    let mut blocks = vec![head];
    blocks.extend(of(StatusOut::Fail).chain(of(StatusOut::Warn)).map(|check| problem(check, width, style)));
    if detail == Detail::Brief {
        return layout::print(layout::stack(blocks), style.colour);
    }
    blocks.extend(groups(report).into_iter().map(|(group, checks)| {
        let mut block = vec![Line::new(Tone::Heading, heading(group))];
        let mut checks = checks.into_iter().peekable();
        while let Some(check) = checks.next() {
            block.extend(line(check, width, style));
            // A whole service that is not set up is one line, not six.
            let is_same = |other: &&CheckOut| check.status == StatusOut::Skip && other.found == check.found;
            let mut same = Vec::new();
            while let Some(other) = checks.next_if(is_same) {
                same.push(other.title.as_str());
            }
            if !same.is_empty() {
                let text = format!("and for the same reason {}", same.join(", "));
                block.extend(paragraph(STATUS, width, Tone::Dim, &text));
            }
        }
        block
    }));
    // The top may have scrolled away by now.
    if report.counts.fail + report.counts.warn > 0 {
        let text = format!("{} What to type stands at the top.", verdict(&report.counts));
        blocks.push(paragraph(1, width, Tone::Heading, &text));
    }
    if !report.live {
        let text = "Gong and Claude were not asked. To ask them, which costs nothing: call-coach doctor --live";
        blocks.push(paragraph(1, width, Tone::Dim, text));
    }
    layout::print(layout::stack(blocks), style.colour)
}

fn verdict(counts: &CountsOut) -> String {
    let failed = count(counts.fail, "thing does not work", "things do not work");
    let warned = count(counts.warn, "thing to look at", "things to look at");
    match (counts.fail, counts.warn) {
        (0, 0) => "Everything is in order.".to_owned(),
        (0, _) => format!("It works. {}.", capital(&warned)),
        (_, 0) => format!("{}.", capital(&failed)),
        (_, _) => format!("{}, {warned}.", capital(&failed)),
    }
}

fn label(status: StatusOut) -> (&'static str, Tone) {
    match status {
        StatusOut::Ok => ("ok", Tone::Good),
        StatusOut::Warn => ("warn", Tone::Warn),
        StatusOut::Fail => ("fail", Tone::Warn),
        StatusOut::Skip => ("skip", Tone::Dim),
    }
}

fn problem(check: &CheckOut, width: usize, style: Style) -> Block {
    let (label, tone) = label(check.status);
    let mut block = row(&[
        Cell::new(1, STATUS - 1, label.to_uppercase()).tone(tone),
        Cell::new(0, width.saturating_sub(STATUS), format!("{}: {}", check.title, check.found)),
    ]);
    let means = check.means.iter().flat_map(|means| paragraph(STATUS, width, Tone::Dim, &sentence(means)));
    block.extend(means);
    let arrow = if style.unicode { "→" } else { "->" };
    let mend = check.mend.iter().flat_map(|mend| {
        let gap = arrow.chars().count() + 1;
        row(&[
            Cell::new(STATUS, gap - 1, arrow),
            Cell::new(1, width.saturating_sub(STATUS + gap), mend.clone()).tone(Tone::Heading),
        ])
    });
    block.extend(mend);
    block
}

/// The text as a sentence of its own.
fn sentence(text: &str) -> String {
    super::text::sentence(&capital(text))
}

fn line(check: &CheckOut, width: usize, style: Style) -> Block {
    let (label, tone) = label(check.status);
    let found = match check.status {
        // It stands above in full.
        StatusOut::Warn | StatusOut::Fail => style.ellipsis().to_owned(),
        StatusOut::Skip => format!("({})", check.found),
        StatusOut::Ok => check.found.clone(),
    };
    let words = if check.status == StatusOut::Skip { Tone::Dim } else { Tone::Plain };
    let room = width.saturating_sub(STATUS + TITLE);
    row(&[
        Cell::new(1, STATUS - 1, label).tone(tone),
        Cell::new(0, TITLE - 1, check.title.clone()),
        Cell::new(1, room, found).tone(words),
    ])
}

fn heading(group: Group) -> &'static str {
    match group {
        Group::Program => "PROGRAM",
        Group::Settings => "SETTINGS",
        Group::Data => "DATA",
        Group::Gong => "GONG",
        Group::Claude => "CLAUDE",
        Group::Calls => "CALLS",
    }
}

/// The checks by group, groups and checks in the order of the report.
fn groups(report: &DoctorOut) -> Vec<(Group, Vec<&CheckOut>)> {
    let mut groups: Vec<(Group, Vec<&CheckOut>)> = Vec::new();
    for check in &report.checks {
        match groups.iter_mut().find(|(group, _)| *group == check.group) {
            Some((_, checks)) => checks.push(check),
            None => groups.push((check.group, vec![check])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{CHECKS, Finding, Id, Verdict};

    fn problem_of(found: &str, means: &str, mend: &str) -> crate::doctor::Problem {
        crate::doctor::Problem { found: found.to_owned(), means: means.to_owned(), mend: mend.to_owned() }
    }

    fn report() -> DoctorOut {
        let verdict = |id| match id {
            Id::Version => Some(Verdict::Ok("0.1.0".to_owned())),
            Id::Database => Some(Verdict::Fail(problem_of(
                "cannot reach the database at postgres://db.example:5432/team: connection refused",
                "no call can be stored or found until it answers",
                "start it, or mend the address: call-coach config set database_url",
            ))),
            Id::CompanyDomains => Some(Verdict::Warn(problem_of("none are set", "calls may need --rep", ""))),
            Id::Schema => Some(Verdict::Skip {
                reason: "it depends on \"Database\", which failed".to_owned(),
                because: Some(Id::Database),
            }),
            _ => None,
        };
        let findings: Vec<_> =
            CHECKS.iter().filter_map(|check| Some(Finding { check, verdict: verdict(check.id)? })).collect();
        DoctorOut::new(&findings, false)
    }

    #[test]
    fn what_is_wrong_stands_first_with_what_to_type() {
        let style = Style { width: 60, colour: false, unicode: true };
        insta::assert_snapshot!(doctor(&report(), style, Detail::Normal), @r#"
        1 thing does not work, 1 thing to look at.
        ────────────────────────────────────────────────────────────

         FAIL Database: cannot reach the database at
              postgres://db.example:5432/team: connection refused
              No call can be stored or found until it answers.
              → start it, or mend the address: call-coach config set
                database_url

         WARN Company domains: none are set
              Calls may need --rep.

        PROGRAM
         ok   Version               0.1.0

        SETTINGS
         warn Company domains       …

        DATA
         fail Database              …
         skip Schema                (it depends on "Database", which
                                    failed)

         1 thing does not work, 1 thing to look at. What to type
         stands at the top.

         Gong and Claude were not asked. To ask them, which costs
         nothing: call-coach doctor --live
        "#);
    }

    #[test]
    fn brief_is_the_problems_alone() {
        let style = Style { width: 60, colour: false, unicode: true };
        let (brief, whole) = (doctor(&report(), style, Detail::Brief), doctor(&report(), style, Detail::Normal));
        assert!(whole.starts_with(&brief) && brief.ends_with("Calls may need --rep.\n"), "{brief}");
    }

    #[test]
    fn no_line_is_wider_than_the_page_and_colour_changes_no_word() {
        for width in [40, 80, 120] {
            let style = Style { width, colour: false, unicode: false };
            let plain = doctor(&report(), style, Detail::Normal);
            assert!(plain.lines().all(|line| line.chars().count() <= width) && plain.is_ascii(), "{plain}");
            let coloured = doctor(&report(), Style { colour: true, ..style }, Detail::Normal);
            assert_ne!(coloured, plain);
            assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
        }
    }
}
