//! `roster`: who the people of our company are.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::super::app::App;
use super::super::args::Format;
use super::super::error::{CliError, Kind};
use crate::analyze::known_role;
use crate::output::SCHEMA_VERSION;
use crate::roster::{self, WhichRep};
use crate::store::{Member, MemberChange, Store};

/// Who our people are: names, e-mails, aliases, roles, teams.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Everybody who is known.
    List,
    /// Say something about a person; an e-mail that nobody has makes a new one.
    Set(SetArguments),
    /// Read a CSV file with columns such as email, name, aliases, role, team, manager, active, no_coaching.
    Import {
        /// The file; several e-mails or aliases stand between semicolons.
        file: PathBuf,
    },
    /// Make two people one: all calls and names of the second become the first's.
    Merge {
        /// Who stays.
        #[arg(value_name = "REP")]
        kept: String,
        /// Who turned out to be the same.
        #[arg(value_name = "OTHER")]
        other: String,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SetArguments {
    /// E-mail, name or a part of it.
    #[arg(value_name = "REP")]
    rep: String,
    /// Their name.
    #[arg(long)]
    name: Option<String>,
    /// A further e-mail address; may be given several times.
    #[arg(long = "email", value_name = "E-MAIL")]
    emails: Vec<String>,
    /// Another name that means them; may be given several times.
    #[arg(long = "alias", value_name = "NAME")]
    aliases: Vec<String>,
    /// Their role: ae, se, csm, support or one of yours.
    #[arg(long)]
    role: Option<String>,
    /// Their team.
    #[arg(long)]
    team: Option<String>,
    /// Who leads them.
    #[arg(long)]
    manager: Option<String>,
    /// Whether they still work here.
    #[arg(long, value_name = "TRUE|FALSE")]
    active: Option<bool>,
    /// They asked not to be coached: no call of theirs is scored or shown in insights; =false takes it back.
    #[arg(long, value_name = "TRUE|FALSE", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    no_coaching: Option<bool>,
}

pub(in crate::cli) async fn run(app: &App<'_>, command: Command) -> Result<ExitCode, CliError> {
    let store = app.store().await?;
    let text = match command {
        Command::List => list(app, &store.roster().await?)?,
        Command::Set(arguments) => set(app, &store, arguments).await?,
        Command::Import { file } => {
            let changes = roster::read_csv(&fs_err::read(&file)?)
                .map_err(|error| CliError::new(Kind::Usage, format!("{}: {error:#}", file.display())))?;
            let set = app.rubrics()?;
            for role in changes.iter().filter_map(|change| change.role.as_deref()) {
                known_role(&set, role)?;
            }
            let members = store.roster().await?;
            for change in &changes {
                roster::check(&members, None, change).map_err(wrong)?;
            }
            let new = store.set_members(&changes).await?;
            match app.ui.format {
                Format::Json => {
                    let known = changes.len() - new;
                    json!({ "schema_version": SCHEMA_VERSION, "new": new, "known": known }).to_string()
                }
                _ => format!("{new} new, {} known", changes.len() - new),
            }
        }
        Command::Merge { kept, other } => {
            let members = store.roster().await?;
            let (kept, other) = (roster::find(&members, &kept)?, roster::find(&members, &other)?);
            if kept.id == other.id {
                return Err(CliError::new(Kind::Usage, format!("both are {}", kept.display_name())));
            }
            store.merge_reps(kept.id, other.id).await?;
            shown(app, &store, kept.id).await?
        }
    };
    store.close().await;
    app.ui.data(&text)?;
    Ok(ExitCode::SUCCESS)
}

async fn set(app: &App<'_>, store: &Store, arguments: SetArguments) -> Result<String, CliError> {
    let members = store.roster().await?;
    let mut emails = arguments.emails;
    let rep = match roster::find(&members, &arguments.rep) {
        Ok(member) => Some(member.id),
        Err(WhichRep::Nobody { wanted: email, .. }) if email.contains('@') => {
            emails.insert(0, email);
            None
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(role) = &arguments.role {
        known_role(&app.rubrics()?, role)?;
    }
    let change = MemberChange {
        name: arguments.name,
        emails,
        aliases: arguments.aliases,
        role: arguments.role.map(|role| role.to_lowercase()),
        team: arguments.team,
        manager: arguments.manager,
        active: arguments.active,
        no_coaching: arguments.no_coaching,
    };
    roster::check(&members, rep, &change).map_err(wrong)?;
    let (id, _) = store.set_member(rep, &change).await?;
    shown(app, store, id).await
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn wrong(error: anyhow::Error) -> CliError {
    CliError::new(Kind::Usage, error.to_string())
}

async fn shown(app: &App<'_>, store: &Store, id: crate::store::RepId) -> Result<String, CliError> {
    let members: Vec<_> = store.roster().await?.into_iter().filter(|member| member.id == id).collect();
    list(app, &members)
}

fn list(app: &App<'_>, members: &[Member]) -> Result<String, CliError> {
    if app.ui.format == Format::Json {
        return Ok(app.ui.json(&json!({ "schema_version": SCHEMA_VERSION, "reps": members }))?);
    }
    if members.is_empty() {
        return Ok(
            "Nobody yet. People are added when their calls are scored, or with: call-coach roster import FILE".into()
        );
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut columns = vec![
        ("NAME", members.iter().map(Member::display_name).collect::<Vec<_>>()),
        ("E-MAIL", members.iter().map(|member| member.emails.join(", ")).collect()),
        ("ALIASES", members.iter().map(|member| member.aliases.join(", ")).collect()),
        ("ROLE", members.iter().map(|member| text(&member.role)).collect()),
        ("TEAM", members.iter().map(|member| text(&member.team)).collect()),
        ("MANAGER", members.iter().map(|member| text(&member.manager)).collect()),
        ("", members.iter().map(notes).collect()),
    ];
    // What is known of nobody takes room from what is.
    columns.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let headers: Vec<&str> = columns.iter().map(|(header, _)| *header).collect();
    let rows: Vec<Vec<String>> = (0..members.len())
        .map(|n| columns.iter().map(|(_, cells)| cells.get(n).cloned().unwrap_or_default()).collect())
        .collect();
    Ok(app.ui.table(&headers, &rows))
}

fn notes(member: &Member) -> String {
    let notes = [(!member.active).then_some("left"), member.no_coaching.then_some("no coaching")];
    notes.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
