//! What is set, where, and whether it says what was meant.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::system;
use super::{Examination, Place, Verdict};
use crate::config::{
    ConfigError, Odd, Oddity, Settings, Source, config_file as named_file, dot_env_file, load_rubrics,
    misspelt as variables, oddities, unread_dot_env,
};

const SHOW: &str = "call-coach config show";
const SET_RUBRICS: &str = "call-coach config set rubrics";

pub(super) fn dot_env(examination: &Examination<'_>) -> Verdict {
    let environment = examination.place.environment;
    let path = dot_env_file(environment);
    if path.is_file() {
        return Verdict::ok(path.display().to_string());
    }
    match unread_dot_env(environment) {
        Some(elsewhere) => Verdict::warn(
            format!("{} is not read", elsewhere.display()),
            "only a file named .env in the folder that you stand in is read, so what it sets does not hold here",
            format!(
                "cp {} {}, or put it into the configuration file: call-coach config edit",
                system::quoted(&elsewhere),
                system::quoted(&path)
            ),
        ),
        None => Verdict::ok("none in this folder"),
    }
}

pub(super) fn settings(examination: &mut Examination<'_>) -> Verdict {
    let place = examination.place;
    match Settings::load(place.flags, place.environment) {
        Ok(settings) => {
            let set = settings.rows().iter().filter(|row| row.source != Source::Default).count();
            examination.settings = Some(settings);
            Verdict::ok(format!("{set} set, the others at their defaults"))
        }
        Err(error) => {
            let mend = match &error {
                ConfigError::File { .. } | ConfigError::UnknownKey { .. } => "call-coach config edit".to_owned(),
                ConfigError::DotEnv { path, .. } => format!("mend that line of {}", path.display()),
                ConfigError::Io(error) if error.kind() == ErrorKind::PermissionDenied => unreadable(place),
                ConfigError::NoDataFolder => "export CALL_COACH_DATABASE_URL=FILE".to_owned(),
                ConfigError::Value { origin, key, .. } => origin.to_change(key),
                _ => "see which files are read: call-coach config path".to_owned(),
            };
            Verdict::fail(error.to_string(), "no command can start", mend)
        }
    }
}

/// How the file that keeps the settings from being read can be opened.
fn unreadable(place: &Place<'_>) -> String {
    let files = [Some(dot_env_file(place.environment)), config_path(place)];
    let is_closed =
        |path: &PathBuf| fs_err::File::open(path).is_err_and(|error| error.kind() == ErrorKind::PermissionDenied);
    match files.into_iter().flatten().find(is_closed) {
        Some(path) => format!("chmod u+r {}", system::quoted(&path)),
        None => "see which files are read: call-coach config path".to_owned(),
    }
}

fn config_path(place: &Place<'_>) -> Option<PathBuf> {
    named_file(place.flags, place.environment).map(|file| file.value)
}

pub(super) fn config_file(examination: &Examination<'_>) -> Option<Verdict> {
    let settings = examination.settings.as_ref()?;
    let Some(path) = config_path(examination.place) else {
        return Some(Verdict::skip("this system names no folder for one"));
    };
    if !path.exists() {
        return Some(Verdict::ok(format!("none; it would be {}: call-coach init", path.display())));
    }
    let is_inside = |source: &Source| matches!(source, Source::File { path: inside, .. } if *inside == path);
    let holds_keys = settings.rows().iter().any(|row| {
        let is_secret = ["_key", "_secret", "_token", "_headers"].iter().any(|ending| row.key.ends_with(ending));
        is_inside(&row.source) && (is_secret || row.value.as_deref().is_some_and(|value| value.contains(":…@")))
    });
    if holds_keys && is_readable_by_others(&path) {
        return Some(Verdict::warn(
            format!("other users of this machine can read {}", path.display()),
            "it holds keys",
            format!("chmod 600 {}", system::quoted(&path)),
        ));
    }
    Some(Verdict::ok(path.display().to_string()))
}

#[cfg(unix)]
fn is_readable_by_others(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_readable_by_others(_: &std::path::Path) -> bool {
    false
}

pub(super) fn values(examination: &Examination<'_>) -> Option<Verdict> {
    let settings = examination.settings.as_ref()?;
    // What is odd about the others is told by the check that is about them.
    let elsewhere = |key: &str| {
        key.starts_with("gong_") || key.starts_with("anthropic_") || ["database_url", "role"].contains(&key)
    };
    if let Some(problem) = odd(examination, |key| !elsewhere(key)) {
        return Some(problem);
    }
    let mut places: Vec<(String, Vec<&str>)> = Vec::new();
    for row in settings.rows() {
        let place = match &row.source {
            Source::Flag(flag) => (*flag).to_owned(),
            Source::Env(_) => "the environment".to_owned(),
            Source::DotEnv(_, path) | Source::File { path, .. } => path.display().to_string(),
            Source::Default => continue,
        };
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, keys)) => keys.push(row.key),
            None => places.push((place, vec![row.key])),
        }
    }
    let told: Vec<_> = places.iter().map(|(place, keys)| format!("{place}: {}", keys.join(", "))).collect();
    Some(Verdict::ok(if told.is_empty() { "all are defaults".to_owned() } else { told.join("; ") }))
}

/// What is odd about the values of some settings.
pub(super) fn odd(examination: &Examination<'_>, is_ours: impl Fn(&str) -> bool) -> Option<Verdict> {
    let place = examination.place;
    let mut found = oddities(place.flags, place.environment).unwrap_or_default();
    found.retain(|oddity| is_ours(oddity.key));
    let means = match found.first()?.odd {
        Odd::Placeholder => "it will be refused",
        Odd::Quoted => "they are taken as a part of it, and it will not be understood",
        Odd::Blank => "it is sent with it, and it will be refused",
    };
    // Whoever mends one and hears of the next has to come back as often as there are mistakes.
    let all = |told: fn(&Oddity) -> String| found.iter().map(told).collect::<Vec<_>>().join("; ");
    Some(Verdict::fail(all(Oddity::told), means, all(Oddity::mend)))
}

pub(super) fn conflicts(examination: &Examination<'_>) -> Option<Verdict> {
    let settings = examination.settings.as_ref()?;
    Some(match settings.notes.first() {
        None => Verdict::ok("none"),
        Some(_) => Verdict::warn(settings.notes.join("; "), "not all that is set holds", SHOW),
    })
}

pub(super) fn misspelt(examination: &Examination<'_>) -> Verdict {
    let found = variables(examination.place.environment);
    if found.is_empty() {
        return Verdict::ok("every variable that looks like one of ours is one");
    }
    let names: Vec<_> = found
        .iter()
        .map(|one| format!("{} in {}", one.name, if one.in_dot_env { ".env" } else { "the environment" }))
        .collect();
    let mends: Vec<_> = found
        .iter()
        .map(|one| match one.nearest {
            Some(nearest) => format!("was {nearest} meant by {}?", one.name),
            None => format!("take {} away.", one.name),
        })
        .collect();
    let mend = format!("{} All names: {SHOW}", mends.join(" "));
    Verdict::warn(names.join(", "), "nobody reads that: what it sets does not hold", mend)
}

pub(super) fn company_domains(examination: &Examination<'_>) -> Option<Verdict> {
    let domains = &examination.settings.as_ref()?.company_domains.value;
    Some(match domains.is_empty() {
        false => Verdict::ok(domains.join(", ")),
        true => Verdict::warn(
            "none are set",
            "our people cannot be told from the buyer's by their e-mail, so that calls may need --rep NAME",
            "call-coach config set company_domains acme.com",
        ),
    })
}

pub(super) fn rubrics(examination: &mut Examination<'_>) -> Option<Verdict> {
    let folder = examination.settings.as_ref()?.rubrics.value.clone();
    let place = folder.as_ref().map_or("the embedded ones".to_owned(), |folder| folder.display().to_string());
    Some(match load_rubrics(folder.as_deref()) {
        Ok(set) => {
            let dimensions = set.dimensions.len();
            examination.rubrics = Some(set);
            Verdict::ok(format!("{place}: {dimensions} dimensions"))
        }
        Err(error @ ConfigError::Io(_)) => Verdict::fail(
            error.to_string(),
            "no call can be scored",
            format!("{SET_RUBRICS} FOLDER, or take it away: without it the embedded ones hold"),
        ),
        Err(error) => Verdict::fail(
            format!("{place}: {error}"),
            "no call can be scored",
            format!("mend what is named, then: call-coach rubric validate {}", system::quoted(Path::new(&place))),
        ),
    })
}

pub(super) fn role(examination: &Examination<'_>) -> Option<Verdict> {
    if let Some(odd) = odd(examination, |key| key == "role") {
        return Some(odd);
    }
    let (settings, rubrics) = (examination.settings.as_ref()?, examination.rubrics.as_ref()?);
    let role = &settings.role;
    Some(match rubrics.roles.find(&role.value) {
        Some(found) => Verdict::ok(format!("{}, unless the roster says otherwise", found.title)),
        None => {
            let known: Vec<_> = rubrics.roles.iter().map(|role| role.id.as_str()).collect();
            Verdict::fail(
                format!("there is no role `{}` ({})", role.value, role.source),
                "no call of a person without a role in the roster can be scored",
                format!(
                    "call-coach config set role {}; there are {}",
                    known.first().unwrap_or(&"ae"),
                    known.join(", ")
                ),
            )
        }
    })
}
