//! The people of our company, one identity across calls.

use sqlx::FromRow;

use super::error::StoreError;
use super::session::{Session, execute, on, query, query_as, query_scalar};
use super::types::RepId;
use super::values::{clean, count, key};
use super::{Statements, Store, parties};
use crate::model::ids::CallRef;
use crate::model::party::Party;

const REP: &str = "SELECT id, name, role, no_coaching FROM reps WHERE id = $1";
/// An alias is a person's word that a name or address means a rep; the rep's own comes first ('alias' sorts before all).
const REP_BY_KEY: &str = "SELECT reps.id, name, role, no_coaching FROM rep_keys JOIN reps ON reps.id = rep_keys.rep_id
    WHERE value = $2 AND kind IN ($1, 'alias')
    ORDER BY kind DESC NULLS LAST LIMIT 1";
const INSERT_REP: &str = "INSERT INTO reps (name) VALUES ($1) RETURNING id";
const INSERT_KEY: &str = "INSERT INTO rep_keys (kind, value, rep_id) VALUES ($1, $2, $3)
    ON CONFLICT (kind, value) DO NOTHING";
const DELETE_REP: &str = "DELETE FROM reps WHERE id = $1";
const NAME_REP: &str = "UPDATE reps SET name = $2 WHERE id = $1 AND name IS NULL";
const SET_ROLE: &str = "UPDATE reps SET role = $2 WHERE id = $1";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[REP, REP_BY_KEY, INSERT_REP, INSERT_KEY, DELETE_REP, NAME_REP, SET_ROLE],
    sqlite: &[],
    postgres: &[],
};

/// A person of our company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rep {
    /// Their identity.
    pub id: RepId,
    /// Their name, where known.
    pub name: Option<String>,
    /// Their role (`ae`, `se` …), once somebody said so.
    pub role: Option<String>,
    /// Whether they asked not to be coached by a program.
    pub no_coaching: bool,
}

#[derive(FromRow)]
struct RepRow {
    id: i64,
    name: Option<String>,
    role: Option<String>,
    no_coaching: bool,
}

impl From<RepRow> for Rep {
    fn from(row: RepRow) -> Self {
        Rep { id: RepId(row.id), name: row.name, role: row.role, no_coaching: row.no_coaching }
    }
}

impl Store {
    /// The rep that a participant (by their index in the call's list) is: found by e-mail, or by name if they have
    /// none, or made. Two people are never taken for one: a name without an e-mail is not matched with one that has
    /// one. The participant is linked to the rep.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuchParty`], or when the database fails.
    pub async fn rep_of_party(&self, call: CallRef, party: usize) -> Result<Rep, StoreError> {
        let mut session = self.pool.write().await?;
        let (parties, linked) = parties::load(&mut session, call).await?;
        let person = parties.get(party).ok_or(StoreError::NoSuchParty(call, party))?;
        let rep = find_or_create(&mut session, person, &format!("{call}/{party}")).await?;
        if linked.get(party) != Some(&Some(rep.id)) {
            parties::link(&mut session, call, count(party), rep.id).await?;
        }
        session.commit().await?;
        Ok(rep)
    }

    /// The rep with this id, or `None`.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn rep(&self, rep: RepId) -> Result<Option<Rep>, StoreError> {
        let mut session = self.pool.read().await?;
        let row: Option<RepRow> = on!(&mut session, |db| query_as(REP).bind(rep.0).fetch_optional(db).await?);
        Ok(row.map(Rep::from))
    }

    /// Says what a rep's role is; `None` says that it is unknown again.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn set_role(&self, rep: RepId, role: Option<&str>) -> Result<(), StoreError> {
        let mut session = self.pool.write().await?;
        execute!(&mut session, query(SET_ROLE).bind(rep.0).bind(role.map(clean)));
        session.commit().await
    }
}

/// By what a participant is known across calls. `place` names one of whom neither e-mail nor name is known, so that
/// two of them are never one.
fn identity(party: &Party, place: &str) -> (&'static str, String) {
    let [email, name] = [&party.email, &party.name]
        .map(|text| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_lowercase));
    match (email, name) {
        (Some(email), _) => ("email", email),
        (None, Some(name)) => ("name", name),
        (None, None) => ("party", place.to_owned()),
    }
}

pub(super) async fn find_or_create(session: &mut Session, party: &Party, place: &str) -> Result<Rep, StoreError> {
    let (kind, value) = identity(party, place);
    let value = key(&value);
    let name = party.name.as_deref().map(clean);
    // The second round is for PostgreSQL, where another process may make the same rep at the same time.
    for _ in 0..2 {
        let found: Option<RepRow> =
            on!(&mut *session, |db| query_as(REP_BY_KEY).bind(kind).bind(&value).fetch_optional(db).await?);
        if let Some(row) = found {
            let mut rep = Rep::from(row);
            if let (None, Some(name)) = (&rep.name, &name) {
                execute!(&mut *session, query(NAME_REP).bind(rep.id.0).bind(name));
                rep.name = Some(name.to_string());
            }
            return Ok(rep);
        }
        let id: i64 = on!(&mut *session, |db| query_scalar(INSERT_REP).bind(&name).fetch_one(db).await?);
        let added = execute!(&mut *session, query(INSERT_KEY).bind(kind).bind(&value).bind(id));
        if added > 0 {
            return Ok(Rep { id: RepId(id), name: name.map(|name| name.into_owned()), role: None, no_coaching: false });
        }
        execute!(&mut *session, query(DELETE_REP).bind(id));
    }
    Err(StoreError::Busy)
}

/// Lets a rep be found by another key too, unless it is somebody's already.
pub(super) async fn add_key(session: &mut Session, kind: &str, value: &str, rep: RepId) -> Result<(), StoreError> {
    execute!(session, query(INSERT_KEY).bind(kind).bind(value).bind(rep.0));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e_mail_comes_before_name_and_nobody_is_merged_for_want_of_both() {
        let party = |email: &str, name: &str| Party {
            email: Some(email.to_owned()),
            name: Some(name.to_owned()),
            ..Party::default()
        };
        assert_eq!(identity(&party("Mara@Acme.IO ", "Mara"), "c1/0"), ("email", "mara@acme.io".to_owned()));
        assert_eq!(identity(&party(" ", "Mara L"), "c1/0"), ("name", "mara l".to_owned()));
        assert_eq!(identity(&Party::default(), "c1/0"), ("party", "c1/0".to_owned()));
    }
}
