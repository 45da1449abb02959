//! The people of our company as others name them: whom a typed name means, and lists of people in files.

use anyhow::{bail, ensure};

use crate::spelling;
use crate::store::{Member, MemberChange, NAME_ONLY, RepId};

/// A typed name that does not mean exactly one person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhichRep {
    /// It means nobody.
    #[error("nobody in the roster is called `{wanted}`")]
    Nobody {
        /// The name as typed.
        wanted: String,
        /// Who is called almost so.
        nearest: Option<String>,
    },
    /// It means several.
    #[error("`{wanted}` fits {}", .matches.join(" and "))]
    Several {
        /// The name as typed.
        wanted: String,
        /// Whom it fits, with e-mail.
        matches: Vec<String>,
    },
}

/// The person whom a text means: a whole e-mail address, alias or name first, then a part that fits one person only.
///
/// # Errors
/// When it fits nobody, or several people.
pub fn find<'a>(members: &'a [Member], wanted: &str) -> Result<&'a Member, WhichRep> {
    let lower = wanted.trim().to_lowercase();
    let lower = lower.strip_suffix(NAME_ONLY.trim()).map_or(lower.as_str(), str::trim);
    let mut found: Vec<&Member> = members.iter().filter(|member| member.is_called(lower)).collect();
    if found.is_empty() && !lower.is_empty() {
        found = members.iter().filter(|member| member.resembles(lower)).collect();
    }
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(WhichRep::Nobody { wanted: wanted.to_owned(), nearest: nearest(members, wanted) }),
        several => Err(WhichRep::Several {
            wanted: wanted.to_owned(),
            matches: several.iter().map(|one| listed(one)).collect(),
        }),
    }
}

/// The name, part of a name, alias or e-mail address of somebody that looks most like what was typed.
fn nearest(members: &[Member], wanted: &str) -> Option<String> {
    let names = members.iter().filter_map(|member| member.name.as_deref());
    let parts = names.clone().flat_map(str::split_whitespace);
    let others = members.iter().flat_map(|member| member.emails.iter().chain(&member.aliases).map(String::as_str));
    spelling::nearest(wanted, names.chain(parts).chain(others)).map(str::to_owned)
}

/// Who must not be coached by a program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} asked not to be coached by a program")]
pub struct NotCoached(pub String);

/// The person whom a text means, if they may be coached.
///
/// # Errors
/// [`WhichRep`] when it fits nobody or several people, [`NotCoached`] when that person does not want it.
pub fn find_coached<'a>(members: &'a [Member], wanted: &str) -> anyhow::Result<&'a Member> {
    let member = find(members, wanted)?;
    if member.no_coaching {
        return Err(NotCoached(member.display_name()).into());
    }
    Ok(member)
}

fn listed(member: &Member) -> String {
    match (&member.name, member.emails.first()) {
        (Some(name), Some(email)) => format!("{name} <{email}>"),
        _ => member.display_name(),
    }
}

/// Reads a list of people: a CSV file with a header line that names some of `email`, `name`, `aliases`, `role`,
/// `team`, `manager`, `active` and `no_coaching`. Several e-mails or aliases stand between semicolons.
///
/// # Errors
/// When it is no such file; the message names every line that cannot be read.
pub fn read_csv(bytes: &[u8]) -> anyhow::Result<Vec<MemberChange>> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        bail!("the letters are not in UTF-8: save the list as \"CSV UTF-8\"");
    };
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().find(|delimiter| head.contains(char::from(*delimiter)));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns = reader.headers()?.iter().map(column).collect::<anyhow::Result<Vec<_>>>()?;
    ensure!(columns.contains(&Column::Email), "the list has no column `email`");
    let (mut changes, mut mistakes) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record?;
        match person(&columns, &record) {
            Ok(change) => changes.push(change),
            Err(mistake) => {
                mistakes.push(format!("line {}: {mistake}", record.position().map_or(0, csv::Position::line)));
            }
        }
    }
    ensure!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    Ok(changes)
}

fn person(columns: &[Column], record: &csv::StringRecord) -> anyhow::Result<MemberChange> {
    let mut change = MemberChange::default();
    for (column, value) in columns.iter().zip(record.iter()).filter(|(_, value)| !value.is_empty()) {
        ensure!(!value.contains('\n'), "a quotation mark is not closed");
        set(&mut change, *column, value)?;
    }
    ensure!(!change.emails.is_empty(), "there is no e-mail");
    Ok(change)
}

/// Whether what is to be known about a person can be told from what is known about others.
///
/// # Errors
/// When an e-mail address is none, a name is empty, or an alias is what somebody else is called.
pub fn check(members: &[Member], rep: Option<RepId>, change: &MemberChange) -> anyhow::Result<()> {
    if let Some(text) = change.emails.iter().find(|email| !is_email(email)) {
        bail!("`{text}` is no e-mail address");
    }
    ensure!(change.name.as_ref().is_none_or(|name| !name.trim().is_empty()), "the name is empty");
    let is_same = |member: &Member| match rep {
        Some(rep) => member.id == rep,
        None => change.emails.first().is_some_and(|email| member.emails.contains(&email.trim().to_lowercase())),
    };
    for alias in &change.aliases {
        let lower = alias.trim().to_lowercase();
        if let Some(other) = members.iter().find(|member| !is_same(member) && member.is_called(&lower)) {
            bail!(
                "`{alias}` is what {} is called already: make them one with `call-coach roster merge`, or leave it out",
                listed(other)
            );
        }
    }
    Ok(())
}

/// A name and a host with an @ between them, and nothing that stands around an address in a list or a header.
fn is_email(text: &str) -> bool {
    let around = |c: char| c.is_whitespace() || c.is_control() || "\"'`<>()[],;:@".contains(c);
    text.trim().split_once('@').is_some_and(|(name, host)| {
        [name, host].iter().all(|part| !part.is_empty() && !part.contains(around)) && !host.starts_with('.')
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Email,
    Name,
    Aliases,
    Role,
    Team,
    Manager,
    Active,
    NoCoaching,
}

fn column(name: &str) -> anyhow::Result<Column> {
    Ok(match name.to_lowercase().replace(['-', ' '], "_").as_str() {
        "email" | "e_mail" | "emails" | "e_mails" => Column::Email,
        "name" => Column::Name,
        "alias" | "aliases" => Column::Aliases,
        "role" => Column::Role,
        "team" => Column::Team,
        "manager" => Column::Manager,
        "active" => Column::Active,
        "no_coaching" => Column::NoCoaching,
        other => bail!(
            "there is a column `{other}`; known are email, name, aliases, role, team, manager, active, no_coaching"
        ),
    })
}

fn set(change: &mut MemberChange, column: Column, value: &str) -> anyhow::Result<()> {
    let several = || value.split(';').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned);
    let text = || Some(value.to_owned());
    match column {
        Column::Email => {
            for email in several() {
                ensure!(is_email(&email), "`{email}` is no e-mail address");
                change.emails.push(email);
            }
        }
        Column::Aliases => change.aliases.extend(several()),
        Column::Name => change.name = text(),
        Column::Role => change.role = Some(value.to_lowercase()),
        Column::Team => change.team = text(),
        Column::Manager => change.manager = text(),
        Column::Active => change.active = Some(yes_or_no(value)?),
        Column::NoCoaching => change.no_coaching = Some(yes_or_no(value)?),
    }
    Ok(())
}

fn yes_or_no(value: &str) -> anyhow::Result<bool> {
    match value.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" | "x" => Ok(true),
        "no" | "false" | "0" | "n" => Ok(false),
        _ => bail!("`{value}` is neither yes nor no"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::RepId;

    fn member(id: i64, name: &str, email: Option<&str>, alias: Option<&str>) -> Member {
        Member {
            id: RepId(id),
            name: Some(name.to_owned()),
            emails: email.map(str::to_owned).into_iter().collect(),
            aliases: alias.map(str::to_owned).into_iter().collect(),
            role: None,
            team: None,
            manager: None,
            active: true,
            no_coaching: false,
        }
    }

    fn people() -> Vec<Member> {
        vec![
            member(1, "Ana Ruiz", Some("ana@acme.example"), None),
            member(2, "Ana Petrova", Some("petrova@acme.example"), Some("anja")),
            member(3, "Roger", None, None),
            member(4, "Roger Moss", Some("roger@acme.example"), None),
        ]
    }

    #[test]
    fn a_whole_name_comes_before_a_part_and_two_matches_are_refused() {
        let people = people();
        let found = |wanted: &str| find(&people, wanted).map(|member| member.id.0);
        assert_eq!(found("ANA@acme.example"), Ok(1));
        assert_eq!(found("Anja"), Ok(2));
        assert_eq!(found("petro"), Ok(2));
        assert_eq!(found("roger"), Ok(3), "the whole name");
        assert_eq!(found("Roger (name only)"), Ok(3));
        assert_eq!(found("moss"), Ok(4));
        let nobody = |wanted: &str, nearest: Option<&str>| {
            Err(WhichRep::Nobody { wanted: wanted.to_owned(), nearest: nearest.map(str::to_owned) })
        };
        assert_eq!(found("bo"), nobody("bo", None));
        assert_eq!(found(" "), nobody(" ", None));
        assert_eq!(found("Rogre"), nobody("Rogre", Some("Roger")));
        assert_eq!(found("ana riuz"), nobody("ana riuz", Some("Ana Ruiz")));
        let error = found("ana").expect_err("two");
        assert_eq!(error.to_string(), "`ana` fits Ana Ruiz <ana@acme.example> and Ana Petrova <petrova@acme.example>");
    }

    #[test]
    fn a_list_is_read_whatever_its_order_and_separator() {
        let text = "\u{feff}Name,E-Mail,Aliases,No-Coaching,Active\n\"Lindqvist, Mara\",mara@a.io;m@a.io,Mara L;ML,,yes\nBo,bo@a.io,,x,no\n";
        let read = read_csv(text.as_bytes()).expect("good");
        assert_eq!(read[0].name.as_deref(), Some("Lindqvist, Mara"));
        assert_eq!((read[0].emails.len(), read[0].aliases.len(), read[0].no_coaching), (2, 2, None));
        assert_eq!((read[1].no_coaching, read[1].active), (Some(true), Some(false)));
        assert_eq!(read_csv(b"email\tname\nbo@a.io\tBo\n").expect("good")[0].name.as_deref(), Some("Bo"));
        assert_eq!(read_csv(b"email;role\nbo@a.io;AE\n").expect("good")[0].role.as_deref(), Some("ae"));
    }

    #[test]
    fn a_wrong_list_is_named_with_its_line() {
        let error = |text: &str| format!("{:#}", read_csv(text.as_bytes()).expect_err("wrong"));
        assert!(error("name\nBo\n").contains("no column `email`"));
        assert!(error("email,salary\n").contains("`salary`"));
        assert!(error("email,name\nbo@a.io,Bo\n,Al\n").contains("line 3"));
        assert!(error("email\nbo\n").contains("line 2: `bo` is no e-mail"));
        assert!(error("email,active\nbo@a.io,maybe\n").contains("`maybe`"));
        assert_eq!(
            error("email\nbo\nal@a.io\nx\n"),
            "line 2: `bo` is no e-mail address\nline 4: `x` is no e-mail address"
        );
        assert!(error("email,name\nbo@a.io,\"Bo\nal@a.io,Al\n").contains("line 2: a quotation mark is not closed"));
        let latin = [&b"email,name\nbo@a.io,J"[..], b"\xf6rg\n"].concat();
        assert!(read_csv(&latin).expect_err("Latin-1").to_string().contains("CSV UTF-8"));
    }

    #[test]
    fn nobody_is_given_what_somebody_else_is_called() {
        let people = people();
        let told =
            |rep: i64, change: MemberChange| check(&people, Some(RepId(rep)), &change).map_err(|e| e.to_string());
        let alias = |alias: &str| MemberChange { aliases: vec![alias.to_owned()], ..MemberChange::default() };
        assert_eq!(told(2, alias("Anja")), Ok(()));
        assert!(told(1, alias("Anja")).expect_err("another's").contains("Ana Petrova <petrova@acme.example>"));
        assert!(told(1, alias("Roger Moss")).is_err());
        let email = |email: &str| MemberChange { emails: vec![email.to_owned()], ..MemberChange::default() };
        assert_eq!(told(1, email("ana.ruiz+calls@acme.example")), Ok(()));
        for wrong in ["notmail", "@acme.example", "ana@", "a@b@c", "<ana@acme.example>", "\"ana@acme.example"] {
            assert!(told(1, email(wrong)).is_err(), "{wrong}");
        }
        assert!(told(1, MemberChange { name: Some(" ".to_owned()), ..MemberChange::default() }).is_err());
    }
}
