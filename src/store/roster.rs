//! Who the people of our company are: names, e-mails, roles and teams, and two who turn out to be one.

use std::collections::BTreeMap;

use sqlx::FromRow;

use super::error::StoreError;
use super::scorecards::UPDATE_CURRENT;
use super::session::{Session, execute, on, query, query_as, query_scalar};
use super::types::RepId;
use super::values::{clean_opt, key};
use super::{Statements, Store, reps};
use crate::model::ids::CallRef;

const ROSTER: &str = "SELECT id, name, role, team, manager, active, no_coaching FROM reps ORDER BY id NULLS LAST";
const KEYS: &str = "SELECT kind, value, rep_id FROM rep_keys ORDER BY kind NULLS LAST, value NULLS LAST";
const REP_OF_KEY: &str = "SELECT rep_id FROM rep_keys WHERE kind = $1 AND value = $2";
const INSERT_MEMBER: &str = "INSERT INTO reps (name) VALUES ($1) RETURNING id";
const UPDATE_MEMBER: &str = "UPDATE reps SET name = COALESCE($2, name), role = COALESCE($3, role),
        team = COALESCE($4, team), manager = COALESCE($5, manager), active = COALESCE($6, active),
        no_coaching = COALESCE($7, no_coaching)
    WHERE id = $1";
/// A name alone tells who somebody is only where it is known that they are ours.
const LINK_PARTIES: &str = "UPDATE parties SET rep_id = (
        SELECT rep_keys.rep_id FROM rep_keys
        WHERE value = COALESCE(lower(parties.email), parties.name_lower)
            AND kind IN (CASE WHEN parties.email IS NULL THEN 'name' ELSE 'email' END, 'alias')
        ORDER BY kind DESC NULLS LAST LIMIT 1)
    WHERE rep_id IS NULL AND (side = 'rep' OR (side = 'unknown' AND email IS NOT NULL))";
const LINK_PARTIES_OF_CALL: &str = "UPDATE parties SET rep_id = (
        SELECT rep_keys.rep_id FROM rep_keys
        WHERE value = COALESCE(lower(parties.email), parties.name_lower)
            AND kind IN (CASE WHEN parties.email IS NULL THEN 'name' ELSE 'email' END, 'alias')
        ORDER BY kind DESC NULLS LAST LIMIT 1)
    WHERE call_id = $1 AND rep_id IS NULL AND (side = 'rep' OR (side = 'unknown' AND email IS NOT NULL))";
const SIDE_BY_ROSTER: &str = "UPDATE parties SET side = 'rep', side_source = 'roster'
    WHERE rep_id IS NOT NULL AND side = 'unknown'";
const SIDE_BY_ROSTER_OF_CALL: &str = "UPDATE parties SET side = 'rep', side_source = 'roster'
    WHERE call_id = $1 AND rep_id IS NOT NULL AND side = 'unknown'";
const RESULTS_OF: &str = "SELECT call_id, dimension FROM current WHERE rep_id = $1
    ORDER BY call_id NULLS LAST, dimension NULLS LAST";
const SCORED: &str = "SELECT DISTINCT call_id, dimension FROM scorecards WHERE rep_id = $1
    ORDER BY call_id NULLS LAST, dimension NULLS LAST";
const DROP_RESULTS_NOT_WANTED: &str = "DELETE FROM current
    WHERE rep_id = $1 AND rep_id IN (SELECT id FROM reps WHERE no_coaching)";
const DROP_RESULTS: &str = "DELETE FROM current WHERE rep_id = $1";
const DROP_DOUBLE_MEASURES: &str = "DELETE FROM measured WHERE rep_id = $1
    AND call_id IN (SELECT call_id FROM measured WHERE rep_id = $2)";
const MOVE_KEYS: &str = "UPDATE rep_keys SET rep_id = $2 WHERE rep_id = $1";
const MOVE_PARTIES: &str = "UPDATE parties SET rep_id = $2 WHERE rep_id = $1";
const MOVE_ANSWERS: &str = "UPDATE answers SET rep_id = $2 WHERE rep_id = $1";
const MOVE_SCORECARDS: &str = "UPDATE scorecards SET rep_id = $2 WHERE rep_id = $1";
const MOVE_CORRECTIONS: &str = "UPDATE corrections SET rep_id = $2 WHERE rep_id = $1";
const MOVE_MEASURES: &str = "UPDATE measured SET rep_id = $2 WHERE rep_id = $1";
const FILL_FROM_OTHER: &str = "UPDATE reps SET
        name = COALESCE(name, (SELECT name FROM reps AS other WHERE other.id = $1)),
        role = COALESCE(role, (SELECT role FROM reps AS other WHERE other.id = $1)),
        team = COALESCE(team, (SELECT team FROM reps AS other WHERE other.id = $1)),
        manager = COALESCE(manager, (SELECT manager FROM reps AS other WHERE other.id = $1)),
        no_coaching = no_coaching OR (SELECT other.no_coaching FROM reps AS other WHERE other.id = $1)
    WHERE id = $2";
const NAME_OF: &str = "SELECT name FROM reps WHERE id = $1";
const DELETE_MEMBER: &str = "DELETE FROM reps WHERE id = $1";

/// What is moved from one rep to another; each names the old one first.
const MOVES: [&str; 6] = [MOVE_KEYS, MOVE_PARTIES, MOVE_ANSWERS, MOVE_SCORECARDS, MOVE_CORRECTIONS, MOVE_MEASURES];

pub(super) const STATEMENTS: Statements = Statements {
    both: &[
        ROSTER,
        KEYS,
        REP_OF_KEY,
        INSERT_MEMBER,
        UPDATE_MEMBER,
        LINK_PARTIES,
        LINK_PARTIES_OF_CALL,
        SIDE_BY_ROSTER,
        SIDE_BY_ROSTER_OF_CALL,
        RESULTS_OF,
        SCORED,
        DROP_RESULTS_NOT_WANTED,
        DROP_RESULTS,
        DROP_DOUBLE_MEASURES,
        MOVE_KEYS,
        MOVE_PARTIES,
        MOVE_ANSWERS,
        MOVE_SCORECARDS,
        MOVE_CORRECTIONS,
        MOVE_MEASURES,
        FILL_FROM_OTHER,
        NAME_OF,
        DELETE_MEMBER,
    ],
    sqlite: &[],
    postgres: &[],
};

/// Marks the name of somebody of whom no e-mail address is known.
pub const NAME_ONLY: &str = " (name only)";

/// A person of our company with all that is known about them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Member {
    /// Their identity.
    #[serde(skip)]
    pub id: RepId,
    /// Their name, where known.
    pub name: Option<String>,
    /// Their e-mail addresses, lower case.
    pub emails: Vec<String>,
    /// Other names that mean them, lower case.
    pub aliases: Vec<String>,
    /// Their role, once somebody said so.
    pub role: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// Who leads them.
    pub manager: Option<String>,
    /// Whether they still work here.
    pub active: bool,
    /// Whether they asked not to be coached by a program.
    pub no_coaching: bool,
}

impl Member {
    /// The name to print; one who is known by name alone is marked, because another may have the same name.
    pub fn display_name(&self) -> String {
        match (&self.name, self.emails.first()) {
            (Some(name), Some(_)) => name.clone(),
            (Some(name), None) => format!("{name}{NAME_ONLY}"),
            (None, Some(email)) => email.clone(),
            (None, None) => "Unknown person".to_owned(),
        }
    }

    /// Whether this is the whole e-mail address, alias or name of the person. `wanted` is lower case.
    pub fn is_called(&self, wanted: &str) -> bool {
        self.emails.iter().chain(&self.aliases).any(|own| own == wanted)
            || self.name.as_ref().is_some_and(|name| name.to_lowercase() == wanted)
    }

    /// Whether this is a part of an e-mail address, alias or name of the person. `wanted` is lower case.
    pub fn resembles(&self, wanted: &str) -> bool {
        self.emails.iter().chain(&self.aliases).any(|own| own.contains(wanted))
            || self.name.as_ref().is_some_and(|name| name.to_lowercase().contains(wanted))
    }
}

/// What is to be known about a person; `None` leaves it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberChange {
    /// Their name.
    pub name: Option<String>,
    /// More e-mail addresses.
    pub emails: Vec<String>,
    /// More aliases.
    pub aliases: Vec<String>,
    /// Their role.
    pub role: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// Who leads them.
    pub manager: Option<String>,
    /// Whether they still work here.
    pub active: Option<bool>,
    /// Whether they asked not to be coached.
    pub no_coaching: Option<bool>,
}

#[derive(FromRow)]
struct MemberRow {
    id: i64,
    name: Option<String>,
    role: Option<String>,
    team: Option<String>,
    manager: Option<String>,
    active: bool,
    no_coaching: bool,
}

impl Store {
    /// Everybody, by the order in which they became known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn roster(&self) -> Result<Vec<Member>, StoreError> {
        let mut session = self.pool.read().await?;
        let rows: Vec<MemberRow> = on!(&mut session, |db| query_as(ROSTER).fetch_all(db).await?);
        let keys: Vec<(String, String, i64)> = on!(&mut session, |db| query_as(KEYS).fetch_all(db).await?);
        let mut emails: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let mut aliases: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        for (kind, value, rep) in keys {
            match kind.as_str() {
                "email" => emails.entry(rep).or_default().push(value),
                "alias" => aliases.entry(rep).or_default().push(value),
                // A name stands with the rep, and the other kinds are nobody's to type.
                _ => {}
            }
        }
        let member = |row: MemberRow| Member {
            id: RepId(row.id),
            name: row.name,
            emails: emails.remove(&row.id).unwrap_or_default(),
            aliases: aliases.remove(&row.id).unwrap_or_default(),
            role: row.role,
            team: row.team,
            manager: row.manager,
            active: row.active,
            no_coaching: row.no_coaching,
        };
        Ok(rows.into_iter().map(member).collect())
    }

    /// Writes what is known about a person: the given one, or whoever has the first of the e-mails, or a new one.
    /// Calls on which they took part are linked to them. Returns the person and whether they are new.
    ///
    /// # Errors
    /// [`StoreError::KeyTaken`] when an e-mail or alias is another person's, or when the database fails.
    pub async fn set_member(&self, rep: Option<RepId>, change: &MemberChange) -> Result<(RepId, bool), StoreError> {
        let mut session = self.pool.write().await?;
        let done = write_member(&mut session, rep, change).await?;
        link_everywhere(&mut session).await?;
        session.commit().await?;
        Ok(done)
    }

    /// [`Store::set_member`] for many, all or nothing. Returns how many are new.
    ///
    /// # Errors
    /// As for one.
    pub async fn set_members(&self, changes: &[MemberChange]) -> Result<usize, StoreError> {
        let mut session = self.pool.write().await?;
        let mut new = 0;
        for change in changes {
            new += usize::from(write_member(&mut session, None, change).await?.1);
        }
        link_everywhere(&mut session).await?;
        session.commit().await?;
        Ok(new)
    }

    /// Makes two people one: all calls, results and names of `other` become those of `kept`, who keeps what is known
    /// of both.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn merge_reps(&self, kept: RepId, other: RepId) -> Result<(), StoreError> {
        let mut session = self.pool.write().await?;
        let results: Vec<(i64, String)> =
            on!(&mut session, |db| query_as(RESULTS_OF).bind(other.0).fetch_all(db).await?);
        execute!(&mut session, query(DROP_RESULTS).bind(other.0));
        execute!(&mut session, query(DROP_DOUBLE_MEASURES).bind(other.0).bind(kept.0));
        for statement in MOVES {
            execute!(&mut session, query(statement).bind(other.0).bind(kept.0));
        }
        for (call, dimension) in results {
            execute!(&mut session, query(UPDATE_CURRENT).bind(call).bind(kept.0).bind(dimension));
        }
        execute!(&mut session, query(FILL_FROM_OTHER).bind(other.0).bind(kept.0));
        let name: Option<String> = on!(&mut session, |db| query_scalar(NAME_OF).bind(other.0).fetch_one(db).await?);
        if let Some(name) = name {
            keep_name(&mut session, kept, &name).await?;
        }
        execute!(&mut session, query(DELETE_MEMBER).bind(other.0));
        execute!(&mut session, query(DROP_RESULTS_NOT_WANTED).bind(kept.0));
        session.commit().await
    }
}

/// Has the rep found by a name that was another's.
async fn keep_name(session: &mut Session, rep: RepId, name: &str) -> Result<(), StoreError> {
    let own: Option<String> = on!(&mut *session, |db| query_scalar(NAME_OF).bind(rep.0).fetch_one(db).await?);
    let is_own = own.is_some_and(|own| own.to_lowercase() == name.to_lowercase());
    if is_own || owner(session, "name", name).await?.is_some() || owner(session, "alias", name).await?.is_some() {
        return Ok(());
    }
    reps::add_key(session, "alias", &key(&name.to_lowercase()), rep).await
}

async fn write_member(
    session: &mut Session,
    rep: Option<RepId>,
    change: &MemberChange,
) -> Result<(RepId, bool), StoreError> {
    let found = match (rep, change.emails.first()) {
        (Some(rep), _) => Some(rep),
        (None, Some(email)) => owner(session, "email", email).await?,
        (None, None) => None,
    };
    let (rep, is_new) = match found {
        Some(rep) => (rep, false),
        None => {
            let name = clean_opt(change.name.as_deref());
            let id: i64 = on!(&mut *session, |db| query_scalar(INSERT_MEMBER).bind(&name).fetch_one(db).await?);
            (RepId(id), true)
        }
    };
    let keys = change.emails.iter().map(|email| ("email", email));
    for (kind, value) in keys.chain(change.aliases.iter().map(|alias| ("alias", alias))) {
        let lower = value.trim().to_lowercase();
        match owner(session, kind, &lower).await? {
            Some(other) if other != rep => return Err(StoreError::KeyTaken(lower)),
            Some(_) => {}
            None => reps::add_key(session, kind, &key(&lower), rep).await?,
        }
    }
    execute!(
        &mut *session,
        query(UPDATE_MEMBER)
            .bind(rep.0)
            .bind(clean_opt(change.name.as_deref()))
            .bind(clean_opt(change.role.as_deref()))
            .bind(clean_opt(change.team.as_deref()))
            .bind(clean_opt(change.manager.as_deref()))
            .bind(change.active)
            .bind(change.no_coaching)
    );
    match change.no_coaching {
        Some(true) => drop(execute!(&mut *session, query(DROP_RESULTS_NOT_WANTED).bind(rep.0))),
        Some(false) => {
            let scored: Vec<(i64, String)> =
                on!(&mut *session, |db| query_as(SCORED).bind(rep.0).fetch_all(db).await?);
            for (call, dimension) in scored {
                execute!(&mut *session, query(UPDATE_CURRENT).bind(call).bind(rep.0).bind(dimension));
            }
        }
        None => {}
    }
    Ok((rep, is_new))
}

async fn owner(session: &mut Session, kind: &str, value: &str) -> Result<Option<RepId>, StoreError> {
    let lower = value.trim().to_lowercase();
    let value = key(&lower);
    let id: Option<i64> =
        on!(session, |db| query_scalar(REP_OF_KEY).bind(kind).bind(&value).fetch_optional(db).await?);
    Ok(id.map(RepId))
}

async fn link_everywhere(session: &mut Session) -> Result<(), StoreError> {
    execute!(&mut *session, query(LINK_PARTIES));
    execute!(session, query(SIDE_BY_ROSTER));
    Ok(())
}

/// Links the people of a call to the reps that they are known to be.
pub(super) async fn link(session: &mut Session, call: CallRef) -> Result<(), StoreError> {
    let linked = execute!(&mut *session, query(LINK_PARTIES_OF_CALL).bind(call.0));
    if linked > 0 {
        execute!(session, query(SIDE_BY_ROSTER_OF_CALL).bind(call.0));
    }
    Ok(())
}
