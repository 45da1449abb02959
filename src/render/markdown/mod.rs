//! The report as a GitHub-flavoured markdown document: the same content in the same order as in a terminal.

mod checks;
pub(super) mod escape;
pub(super) mod insights;
pub(super) mod table;

use escape::escape;

use super::words::{self, Said};
use super::{Detail, Options, text};
use crate::output::report::{DimensionOut, MomentKind, ObjectionOut, Report};

/// The sign for an unknown value.
const DASH: &str = "–";
/// The longest a quote gets, in columns, before its end is cut.
const QUOTE_MAX: usize = 240;

/// The report of one call as a markdown document, ended by a line feed.
///
/// Everything that comes from outside is escaped, so that no transcript can bring headings, links or HTML into it.
pub fn report(report: &Report, options: &Options) -> String {
    let mut page = Page { out: String::new(), options };
    opening(&mut page, report);
    if report.not_scored.is_none() {
        next_call(&mut page, report);
    }
    if options.detail != Detail::Brief {
        if report.not_scored.is_none() {
            scores(&mut page, report);
            concerns(&mut page, &report.objections);
            moments(&mut page, report, "Keep doing", MomentKind::Keep);
            moments(&mut page, report, "Change", MomentKind::Change);
        }
        numbers(&mut page, report);
        gong(&mut page, report);
        if options.detail == Detail::Full && report.not_scored.is_none() {
            checks::sections(&mut page, report);
        }
        people(&mut page, report);
        footer(&mut page, report);
    }
    page.out
}

/// A document in the making: blocks with a blank line between.
struct Page<'a> {
    out: String,
    options: &'a Options,
}

impl Page<'_> {
    fn block(&mut self, markdown: &str) {
        if markdown.is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(markdown);
        self.out.push('\n');
    }

    fn heading(&mut self, level: usize, title: &str) {
        self.block(&format!("{} {}", "#".repeat(level), escape(title)));
    }

    fn paragraph(&mut self, text: &str) {
        self.block(&escape(text));
    }

    /// What was said, as a block quote, and below it what we have to say about it.
    fn said(&mut self, said: &[Said<'_>], comment: &str) {
        let lines: Vec<String> = said.iter().map(|said| format!("> {}", self.spoken(said))).collect();
        self.block(&lines.join("\n>\n"));
        self.paragraph(comment);
    }

    /// Place, speaker and words in one line.
    fn spoken(&self, said: &Said<'_>) -> String {
        let speaker = format!("**{}**", escape(&format!("{} {}", said.place, said.speaker)));
        if !self.options.snippets {
            return speaker;
        }
        let quote = text::clean(said.quote);
        let quote = if self.options.detail == Detail::Full { quote } else { text::cut(&quote, QUOTE_MAX, " …") };
        format!("{speaker} \"{}\"", escape(&quote))
    }

    /// A table; the cells are markdown already. `right` says which columns hold numbers.
    fn table<const N: usize>(&mut self, headers: [&str; N], right: [bool; N], rows: &[[String; N]]) {
        let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
        let rule = right.map(|right| if right { "---:" } else { "---" }.to_owned());
        let mut lines = vec![line(&headers.map(str::to_owned)), line(&rule)];
        lines.extend(rows.iter().map(|row| line(row)));
        self.block(&lines.join("\n"));
    }
}

fn opening(page: &mut Page<'_>, report: &Report) {
    let mut title = words::title(report, page.options).into_iter();
    page.heading(1, &title.next().unwrap_or_default());
    page.paragraph(&title.collect::<Vec<_>>().join(" · "));
    if let Some(reason) = &report.not_scored {
        page.block("**No score: this is not a call to coach.**");
        page.paragraph(&format!("{} Stored, not scored.", text::sentence(reason)));
        report.notes.iter().for_each(|note| page.paragraph(note));
        return;
    }
    let score = words::score(report.overall.score, DASH);
    let remarks = words::proviso(report).into_iter().chain(words::first_look(report));
    let remarks: String = remarks.map(|remark| format!("; {remark}")).collect();
    page.block(&format!("**{score}, {}**{remarks}", words::band(report)));
    page.paragraph(&report.verdict);
}

fn next_call(page: &mut Page<'_>, report: &Report) {
    if let Some(previous) = &report.previous_action {
        let (text, done) = (escape(&previous.text), escape(&words::previous(previous)));
        page.block(&format!("**Last time:** {text} **{}.**", text::capital(&done)));
    }
    let Some(action) = &report.action else { return };
    page.heading(2, "Next call");
    page.paragraph(&action.text);
    let said: Vec<Said<'_>> = action.spoken.iter().map(Said::new).collect();
    page.said(&said, words::action_comment(report, page.options.snippets));
}

fn scores(page: &mut Page<'_>, report: &Report) {
    if report.dimensions.is_empty() {
        return;
    }
    page.heading(2, "Scores");
    let mut rows: Vec<[String; 5]> = report.dimensions.iter().map(score_row).collect();
    let overall = words::score(report.overall.score, DASH);
    let title = escape(&format!("Overall, as {}", report.rep.role_label));
    let answered = words::overall_answered(report).trim_start().to_owned();
    rows.push([format!("**{title}**"), format!("**{overall}**"), String::new(), String::new(), answered]);
    page.table(["Part", "Score", "", "Weight", "Checks"], [false, true, false, true, false], &rows);
    words::score_notes(report).iter().for_each(|note| page.paragraph(note));
}

fn score_row(dimension: &DimensionOut) -> [String; 5] {
    let band = dimension.band.map(|band| band.label());
    [
        escape(&dimension.title),
        words::score(dimension.score, DASH),
        words::no_score(dimension.status).or(band).unwrap_or_default().to_owned(),
        format!("{} %", text::decimal(dimension.weight)),
        words::answered(dimension).trim_start().to_owned(),
    ]
}

fn concerns(page: &mut Page<'_>, concerns: &[ObjectionOut]) {
    if concerns.is_empty() {
        return;
    }
    page.heading(2, "Concerns");
    page.paragraph(&format!("{}.", words::concerns(concerns)));
    for concern in concerns {
        let status = words::concern_status(concern, page.options.snippets);
        page.block(&format!("**{}**: {}", text::capital(concern.kind.label()), escape(&status)));
        let said: Vec<Said<'_>> =
            [Some(Said::raised(concern)), Said::response(concern)].into_iter().flatten().collect();
        page.said(&said, &words::concern_comment(concern));
    }
}

fn moments(page: &mut Page<'_>, report: &Report, heading: &str, kind: MomentKind) {
    let moments = words::moments(report, kind);
    if moments.is_empty() {
        return;
    }
    page.heading(2, heading);
    for moment in moments {
        let said: Vec<Said<'_>> = moment.spoken.iter().map(Said::new).collect();
        page.said(&said, words::moment_comment(moment, page.options.snippets));
    }
}

fn numbers(page: &mut Page<'_>, report: &Report) {
    if report.numbers.is_empty() {
        return;
    }
    page.heading(2, "Numbers");
    let rows = report.numbers.iter().map(|number| {
        let guide = number.guide.as_deref().unwrap_or(DASH);
        [&number.label, &number.value, guide, number.standing.as_deref().unwrap_or_default()].map(escape)
    });
    page.table(["", "This call", "Guide", ""], [false; 4], &rows.collect::<Vec<_>>());
    if page.options.detail == Detail::Full {
        page.paragraph(&words::never_scored(report).unwrap_or_default());
    }
}

fn gong(page: &mut Page<'_>, report: &Report) {
    let rows = words::gong(report, page.options);
    if rows.is_empty() {
        return;
    }
    page.heading(2, "From Gong");
    let lines: Vec<String> = rows.iter().map(|(label, text)| format!("- {label}: {}", escape(text))).collect();
    page.block(&lines.join("\n"));
}

fn people(page: &mut Page<'_>, report: &Report) {
    if report.participants.is_empty() {
        return;
    }
    page.heading(2, "People");
    let people = report.participants.iter();
    let lines: Vec<String> =
        people.map(|person| format!("- {}: {}", escape(&person.name), escape(&words::person(person)))).collect();
    page.block(&lines.join("\n"));
}

fn footer(page: &mut Page<'_>, report: &Report) {
    page.block("---");
    if report.not_scored.is_none() {
        report.notes.iter().for_each(|note| page.paragraph(note));
    }
    let ids = words::request_ids(report).filter(|_| page.options.detail == Detail::Full);
    words::footer(report).iter().chain(&ids).for_each(|text| page.paragraph(text));
    let commands = words::next_commands(report, page.options.detail);
    page.paragraph(&commands.join(" · "));
}
