//! The people on a call, and who of them is who when the call is imported again.

use std::collections::{HashMap, VecDeque};

use serde::Serialize;
use sqlx::FromRow;

use super::error::StoreError;
use super::session::{Session, execute, on, query, query_as};
use super::types::{Name, RepId};
use super::values::{clean_opt, count, json, key_opt};
use super::{Statements, Store};
use crate::model::ids::CallRef;
use crate::model::party::{Party, Side, SideSource};

const PARTIES: &str = "SELECT speaker_key, name, email, title, side, side_source, rep_id, spoke FROM parties
    WHERE call_id = $1 ORDER BY n NULLS LAST";
const UPSERT_PARTIES_SQLITE: &str =
    "INSERT INTO parties (call_id, n, speaker_key, name, name_lower, email, title, side, side_source, spoke)
    SELECT $1, value ->> 'n', value ->> 'speaker_key', value ->> 'name', value ->> 'name_lower', value ->> 'email',
        value ->> 'title', value ->> 'side', value ->> 'side_source', value ->> 'spoke'
    FROM json_each($2) WHERE true
    ON CONFLICT (call_id, n) DO UPDATE SET speaker_key = excluded.speaker_key, name = excluded.name,
        name_lower = excluded.name_lower, email = excluded.email, title = excluded.title, side = excluded.side,
        side_source = excluded.side_source, spoke = excluded.spoke";
const UPSERT_PARTIES_POSTGRES: &str =
    "INSERT INTO parties (call_id, n, speaker_key, name, name_lower, email, title, side, side_source, spoke)
    SELECT $1, n, speaker_key, name, name_lower, email, title, side, side_source, spoke
    FROM jsonb_to_recordset($2) AS party (n BIGINT, speaker_key TEXT, name TEXT, name_lower TEXT, email TEXT,
        title TEXT, side TEXT, side_source TEXT, spoke BOOLEAN)
    ON CONFLICT (call_id, n) DO UPDATE SET speaker_key = excluded.speaker_key, name = excluded.name,
        name_lower = excluded.name_lower, email = excluded.email, title = excluded.title, side = excluded.side,
        side_source = excluded.side_source, spoke = excluded.spoke";
const LINK_PARTY: &str = "UPDATE parties SET rep_id = $3 WHERE call_id = $1 AND n = $2";
const SET_SIDE: &str = "UPDATE parties SET side = $3, side_source = $4 WHERE call_id = $1 AND n = $2";

pub(super) const STATEMENTS: Statements = Statements {
    both: &[PARTIES, LINK_PARTY, SET_SIDE],
    sqlite: &[UPSERT_PARTIES_SQLITE],
    postgres: &[UPSERT_PARTIES_POSTGRES],
};

#[derive(FromRow)]
struct PartyRow {
    speaker_key: Option<String>,
    name: Option<String>,
    email: Option<String>,
    title: Option<String>,
    side: Name<Side>,
    side_source: Option<Name<SideSource>>,
    rep_id: Option<i64>,
    spoke: bool,
}

#[derive(Serialize)]
struct NewParty<'a> {
    n: usize,
    speaker_key: Option<&'a str>,
    name: Option<&'a str>,
    name_lower: Option<String>,
    email: Option<&'a str>,
    title: Option<&'a str>,
    side: Side,
    side_source: Option<SideSource>,
    spoke: bool,
}

impl Store {
    /// Says whose side participants are on, by their index in the call's list.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuchParty`] when the call has no participant of that number; then nothing is changed.
    pub async fn set_sides(&self, call: CallRef, sides: &[(usize, Side, SideSource)]) -> Result<(), StoreError> {
        let mut session = self.pool.write().await?;
        for (n, side, source) in sides {
            let changed = execute!(
                &mut session,
                query(SET_SIDE).bind(call.0).bind(count(*n)).bind(side.as_str()).bind(source.as_str())
            );
            if changed == 0 {
                return Err(StoreError::NoSuchParty(call, *n));
            }
        }
        session.commit().await
    }
}

/// The people of a call in order, and the reps they are known to be.
pub(super) async fn load(session: &mut Session, call: CallRef) -> Result<(Vec<Party>, Vec<Option<RepId>>), StoreError> {
    let rows: Vec<PartyRow> = on!(session, |db| query_as(PARTIES).bind(call.0).fetch_all(db).await?);
    Ok(rows
        .into_iter()
        .map(|row| {
            let party = Party {
                speaker_key: row.speaker_key,
                name: row.name,
                email: row.email,
                title: row.title,
                side: row.side.0,
                side_source: row.side_source.map(|source| source.0),
                spoke: row.spoke,
            };
            (party, row.rep_id.map(RepId))
        })
        .unzip())
}

/// Says which rep a participant is.
pub(super) async fn link(session: &mut Session, call: CallRef, n: i64, rep: RepId) -> Result<(), StoreError> {
    execute!(session, query(LINK_PARTY).bind(call.0).bind(n).bind(rep.0));
    Ok(())
}

/// Writes the whole list: new people are added, known ones updated.
pub(super) async fn store(session: &mut Session, call: CallRef, parties: &[Party]) -> Result<(), StoreError> {
    let texts: Vec<_> = parties
        .iter()
        .map(|party| {
            let [speaker_key, name, title] =
                [&party.speaker_key, &party.name, &party.title].map(|text| clean_opt(text.as_deref()));
            (speaker_key, name, title, key_opt(party.email.as_deref()))
        })
        .collect();
    let rows: Vec<_> = parties
        .iter()
        .zip(&texts)
        .enumerate()
        .map(|(n, (party, (speaker_key, name, title, email)))| NewParty {
            n,
            speaker_key: speaker_key.as_deref(),
            name: name.as_deref(),
            name_lower: name.as_deref().map(str::to_lowercase),
            email: email.as_deref(),
            title: title.as_deref(),
            side: party.side,
            side_source: party.side_source,
            spoke: party.spoke,
        })
        .collect();
    let upsert = session.pick(UPSERT_PARTIES_SQLITE, UPSERT_PARTIES_POSTGRES);
    let rows = json(&rows)?;
    execute!(session, query(upsert).bind(call.0).bind(rows));
    Ok(())
}

/// Adds an import's people to those that are known. Returns the whole list and, for each imported person, their place
/// in it: stored lines cite that place, so it never changes.
pub(super) fn merge(mut known: Vec<Party>, imported: &[Party]) -> (Vec<Party>, Vec<usize>) {
    let places = same_people(&known, imported);
    let places = imported
        .iter()
        .zip(places)
        .map(|(party, place)| match place.and_then(|place| known.get_mut(place).map(|known| (place, known))) {
            Some((place, known)) => {
                *known = update(known, party);
                place
            }
            None => {
                known.push(party.clone());
                known.len() - 1
            }
        })
        .collect();
    (known, places)
}

/// For each imported person the known one that they are: by the source's key, else by e-mail, else by name unless key
/// or e-mail say otherwise. Nobody is taken for two people.
fn same_people(known: &[Party], imported: &[Party]) -> Vec<Option<usize>> {
    type Identity = fn(&Party) -> Option<String>;
    fn differ(one: &Option<String>, other: &Option<String>) -> bool {
        one.is_some() && other.is_some() && one != other
    }
    let by: [Identity; 4] = [
        |party| party.speaker_key.clone(),
        |party| party.email.as_deref().map(str::to_lowercase),
        |party| party.name.as_deref().map(str::to_lowercase),
        // People of whom nothing is known are told apart by their order.
        |party| (party.speaker_key.is_none() && party.email.is_none() && party.name.is_none()).then(String::new),
    ];
    let [key, email, ..] = by;
    let mut places = vec![None; imported.len()];
    let mut free = vec![true; known.len()];
    for (round, identity) in by.into_iter().enumerate() {
        let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (place, party) in known.iter().enumerate().filter(|(place, _)| free.get(*place) == Some(&true)) {
            if let Some(id) = identity(party) {
                waiting.entry(id).or_default().push_back(place);
            }
        }
        for (party, place) in imported.iter().zip(&mut places).filter(|(_, place)| place.is_none()) {
            let Some(queue) = identity(party).and_then(|id| waiting.get_mut(&id)) else { continue };
            let is_other = |at: &usize| {
                known.get(*at).is_none_or(|known| {
                    round == 2 && (differ(&key(known), &key(party)) || differ(&email(known), &email(party)))
                })
            };
            if queue.front().is_some_and(|at| !is_other(at)) {
                *place = queue.pop_front();
                if let Some(free) = place.and_then(|at| free.get_mut(at)) {
                    *free = false;
                }
            }
        }
    }
    places
}

/// What is known is never lost to a source that does not know it, and a side that a person chose stands until a
/// person says otherwise.
fn update(known: &Party, imported: &Party) -> Party {
    let chosen = |party: &Party| matches!(party.side_source, Some(SideSource::Flag | SideSource::Asked));
    let keeps_side = imported.side == Side::Unknown || (chosen(known) && !chosen(imported));
    let side = if keeps_side { known } else { imported };
    let newer = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    Party {
        speaker_key: newer(&imported.speaker_key, &known.speaker_key),
        name: newer(&imported.name, &known.name),
        email: newer(&imported.email, &known.email),
        title: newer(&imported.title, &known.title),
        side: side.side,
        side_source: side.side_source,
        spoke: known.spoke || imported.spoke,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(key: &str, email: &str, name: &str) -> Party {
        let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Party { speaker_key: known(key), email: known(email), name: known(name), ..Party::default() }
    }

    #[test]
    fn the_same_people_in_another_order_keep_their_places() {
        let known = vec![party("1", "", "Ann"), party("", "bo@x.io", "Bo"), party("", "", "Cy")];
        let again = [party("", "", "CY"), party("2", "BO@x.io", ""), party("1", "", "Anna"), party("", "", "Di")];
        let (all, places) = merge(known, &again);
        assert_eq!(places, [2, 1, 0, 3]);
        let names: Vec<_> = all.iter().map(Party::display_name).collect();
        assert_eq!(names, ["Anna", "Bo", "CY", "Di"]);
        assert_eq!(all[1].speaker_key.as_deref(), Some("2"));
    }

    #[test]
    fn a_name_alone_does_not_make_two_people_one() {
        for (known, other) in
            [(party("1", "", "Ann"), party("2", "", "Ann")), (party("", "a@x", "Ann"), party("", "a@y", "Ann"))]
        {
            assert_eq!(merge(vec![known], &[other]).1, [1]);
        }
        assert_eq!(merge(vec![party("1", "", "Ann")], &[party("", "a@x", "ann")]).1, [0]);
    }

    #[test]
    fn namesakes_and_nameless_people_stay_apart_and_are_not_added_again() {
        let two = [party("", "", "Ann"), party("", "", "Ann"), party("", "", ""), party("", "", "")];
        let (all, places) = merge(Vec::new(), &two);
        assert_eq!(places, [0, 1, 2, 3]);
        assert_eq!(merge(all, &two).1, [0, 1, 2, 3]);
    }

    #[test]
    fn a_side_that_a_person_chose_outlives_the_next_import() {
        let side = |side, source| Party { side, side_source: Some(source), ..party("1", "", "") };
        let chosen = side(Side::Rep, SideSource::Flag);
        assert_eq!(update(&chosen, &side(Side::Buyer, SideSource::Gong)).side, Side::Rep);
        assert_eq!(update(&chosen, &side(Side::Buyer, SideSource::Asked)).side, Side::Buyer);
        assert_eq!(update(&chosen, &party("1", "", "")).side, Side::Rep);
        assert_eq!(update(&side(Side::Rep, SideSource::File), &side(Side::Buyer, SideSource::Gong)).side, Side::Buyer);
    }
}
