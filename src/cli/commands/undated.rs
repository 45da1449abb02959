//! Files that carry no date: what that means for their calls, and what to type.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::app::App;
use super::calls::STDIN;
use crate::render::text;

/// Names that are told one by one; of more files only their number is said.
const TOLD: usize = 3;

/// Says, once for all files of a run, that their calls are newly stored and have no date.
pub(super) fn tell(app: &App<'_>, files: &[&str]) {
    let zone = &app.settings.time_zone.value;
    match files {
        [] => {}
        [file] => app.ui.note(&one(file, changed(file).filter(|at| *at <= app.now), zone)),
        several => app.ui.note(&many(several)),
    }
}

/// When a file was last changed, which for a recording that was not touched since is about when the call ended.
fn changed(file: &str) -> Option<Timestamp> {
    let about = if file == STDIN { None } else { std::fs::metadata(Path::new(file)).ok() };
    Timestamp::try_from(about?.modified().ok()?).ok()
}

fn one(file: &str, suggested: Option<Timestamp>, zone: &TimeZone) -> String {
    let name = if file == STDIN { "standard input" } else { file };
    let missing = format!("{name} carries no date: this call will be missing in trends and --from.");
    let command = format!("call-coach import {} --started-at", shell_words::quote(file));
    match suggested.map(|at| at.to_zoned(zone.clone())) {
        Some(at) => {
            let (shown, typed) = (at.strftime("%-d %b %Y, %H:%M"), at.strftime("%Y-%m-%dT%H:%M"));
            format!("{missing}\nThe file's change time suggests {shown}.\nKeep it: {command} {typed}")
        }
        None => format!("{missing}\nIf you know it: {command} YYYY-MM-DD"),
    }
}

fn many(files: &[&str]) -> String {
    let mut named: Vec<String> = files.iter().take(TOLD).map(|file| (*file).to_owned()).collect();
    if files.len() > TOLD {
        named.push(format!("{} more", files.len() - TOLD));
    }
    format!(
        "{} carry no date: these calls will be missing in trends and --from.\n\
         For each one whose date you know: call-coach import FILE --started-at YYYY-MM-DD",
        text::list(&named)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_can_be_typed() {
        let at = |text: &str| Some(text.parse().expect("a time"));
        let berlin = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(
            one("My calls/Call.vtt", at("2026-02-14T14:02:33Z"), &berlin),
            "My calls/Call.vtt carries no date: this call will be missing in trends and --from.\n\
             The file's change time suggests 14 Feb 2026, 15:02.\n\
             Keep it: call-coach import 'My calls/Call.vtt' --started-at 2026-02-14T15:02"
        );
        let unknown = one(STDIN, None, &berlin);
        assert!(unknown.starts_with("standard input carries no date"), "{unknown}");
        assert!(unknown.ends_with("If you know it: call-coach import - --started-at YYYY-MM-DD"), "{unknown}");
    }

    #[test]
    fn many_files_are_one_note() {
        let told = many(&["a.vtt", "b.vtt", "c.vtt", "d.vtt", "e.vtt"]);
        assert!(told.starts_with("a.vtt, b.vtt, c.vtt and 2 more carry no date"), "{told}");
        assert_eq!(told.lines().count(), 2);
    }
}
