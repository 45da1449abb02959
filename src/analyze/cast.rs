//! Who is on which side, and who is coached. Everything else rests on it, so nothing is guessed: when neither the
//! source, the company's e-mail domains nor a person tells, the caller is asked.

use crate::model::party::{Party, Side, SideSource};

/// What a person or the configuration says about the people on a call.
#[derive(Debug, Clone, Default)]
pub struct CastRequest {
    /// The coached person: e-mail, name or a part of it that fits one speaker only.
    pub rep: Option<String>,
    /// More people of our side.
    pub colleagues: Vec<String>,
    /// People of the buyer's side.
    pub buyers: Vec<String>,
    /// Our company's e-mail domains, lower case.
    pub company_domains: Vec<String>,
    /// Whether the names were picked at a prompt, not typed as flags.
    pub asked: bool,
}

/// Everybody's side, and the coached person.
#[derive(Debug, Clone, PartialEq)]
pub struct Cast {
    /// The call's parties, sides decided.
    pub parties: Vec<Party>,
    /// Index of the coached person.
    pub rep: usize,
    /// Why that person.
    pub chosen: Chosen,
}

/// Why a person is the coached one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// Named with `--rep`.
    Flag,
    /// Picked at a prompt.
    Asked,
    /// The only one of ours who speaks.
    OnlyOne,
    /// Of several of ours the one with most talk.
    MostTalk,
}

impl Chosen {
    /// The half-sentence printed in reports.
    pub fn label(self) -> &'static str {
        match self {
            Chosen::Flag => "given with --rep",
            Chosen::Asked => "picked at the prompt",
            Chosen::OnlyOne => "the only one of ours who speaks",
            Chosen::MostTalk => "spoke most of ours; change with --rep",
        }
    }
}

/// Why nobody can be coached.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CastError {
    /// Nothing tells who is ours.
    #[error("{} on this call; which of them are ours?", count(.speakers.len()))]
    Undecided {
        /// The speakers with their part of the words, largest first.
        speakers: Vec<(String, f64)>,
    },
    /// A name fits no speaker.
    #[error("nobody called `{wanted}` speaks on this call")]
    NoSuchSpeaker {
        /// The name as typed.
        wanted: String,
        /// Who does speak.
        speakers: Vec<String>,
    },
    /// A name fits several people.
    #[error("`{wanted}` fits {}", .matches.join(" and "))]
    Ambiguous {
        /// The name as typed.
        wanted: String,
        /// Whom it fits.
        matches: Vec<String>,
    },
    /// The source says that the person is the customer.
    #[error("{name} is on the buyer's side of this call")]
    NotOurs {
        /// The person.
        name: String,
        /// Those of ours who speak.
        ours: Vec<String>,
    },
}

fn count(speakers: usize) -> String {
    match speakers {
        1 => "one person speaks".to_owned(),
        n => format!(
            "{} people speak",
            ["no", "one", "two", "three", "four", "five", "six"]
                .get(n)
                .map_or_else(|| n.to_string(), |word| (*word).to_owned())
        ),
    }
}

/// Decides everybody's side and who is coached.
///
/// `talk` is each party's part of the attributed words, 0–1. Sides that the source gave stay as they are. A party of
/// an unknown side becomes ours or the buyer's by its e-mail domain. A `rep` on a call with unknown sides makes that
/// party ours and all others of unknown side buyers, except colleagues.
///
/// # Errors
/// When a name fits no or several speakers, or nothing tells who is ours.
pub fn cast(parties: &[Party], talk: &[f64], request: &CastRequest) -> Result<Cast, CastError> {
    let mut parties = parties.to_vec();
    by_domain(&mut parties, &request.company_domains);
    let source = if request.asked { SideSource::Asked } else { SideSource::Flag };
    for (names, side) in [(&request.colleagues, Side::Rep), (&request.buyers, Side::Buyer)] {
        for name in names {
            let n = find(&parties, name)?;
            if let Some(party) = parties.get_mut(n) {
                (party.side, party.side_source) = (side, Some(source));
            }
        }
    }
    let share = |n: usize| talk.get(n).copied().unwrap_or_default();
    let ours = |parties: &[Party]| -> Vec<usize> {
        let mut ours: Vec<_> = (0..parties.len())
            .filter(|n| parties.get(*n).is_some_and(|party| party.spoke && party.side == Side::Rep))
            .collect();
        ours.sort_by(|a, b| share(*b).total_cmp(&share(*a)));
        ours
    };
    if let Some(name) = &request.rep {
        let rep = find(&parties, name)?;
        let names = |list: Vec<usize>| list.iter().filter_map(|n| parties.get(*n)).map(name_of).collect();
        match parties.get(rep) {
            Some(party) if party.side == Side::Buyer => {
                return Err(CastError::NotOurs { name: name_of(party), ours: names(ours(&parties)) });
            }
            Some(party) if party.side == Side::Unknown => {
                for (n, party) in parties.iter_mut().enumerate().filter(|(_, party)| party.side == Side::Unknown) {
                    party.side = if n == rep { Side::Rep } else { Side::Buyer };
                    party.side_source = Some(source);
                }
            }
            _ => {}
        }
        return Ok(Cast { parties, rep, chosen: if request.asked { Chosen::Asked } else { Chosen::Flag } });
    }
    match ours(&parties).as_slice() {
        [] => Err(CastError::Undecided { speakers: speakers(&parties, talk) }),
        [only] => Ok(Cast { rep: *only, parties, chosen: Chosen::OnlyOne }),
        [most, ..] => Ok(Cast { rep: *most, parties, chosen: Chosen::MostTalk }),
    }
}

fn by_domain(parties: &mut [Party], domains: &[String]) {
    if domains.is_empty() {
        return;
    }
    for party in parties.iter_mut().filter(|party| party.side == Side::Unknown) {
        let Some((_, domain)) = party.email.as_deref().and_then(|email| email.rsplit_once('@')) else { continue };
        let is_ours = domains.iter().any(|ours| ours.eq_ignore_ascii_case(domain));
        party.side = if is_ours { Side::Rep } else { Side::Buyer };
        party.side_source = Some(SideSource::CompanyDomain);
    }
}

/// The speaker whom a typed name means: the whole e-mail or name first, then a part that fits one speaker only.
fn find(parties: &[Party], wanted: &str) -> Result<usize, CastError> {
    let lower = wanted.trim().to_lowercase();
    let texts = |party: &Party| {
        [&party.name, &party.email, &party.speaker_key]
            .into_iter()
            .flatten()
            .map(|text| text.to_lowercase())
            .collect::<Vec<_>>()
    };
    let spoken = || parties.iter().enumerate().filter(|(_, party)| party.spoke);
    let matching = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        spoken().filter(|(_, party)| texts(party).iter().any(|text| fits(text))).map(|(n, _)| n).collect()
    };
    let mut found = matching(&|text| text == lower);
    if found.is_empty() && !lower.is_empty() {
        found = matching(&|text| text.contains(&lower));
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(CastError::NoSuchSpeaker {
            wanted: wanted.to_owned(),
            speakers: spoken().map(|(_, party)| name_of(party)).collect(),
        }),
        several => Err(CastError::Ambiguous {
            wanted: wanted.to_owned(),
            matches: several.iter().filter_map(|n| parties.get(*n)).map(name_of).collect(),
        }),
    }
}

fn speakers(parties: &[Party], talk: &[f64]) -> Vec<(String, f64)> {
    let mut speakers: Vec<_> = parties
        .iter()
        .enumerate()
        .filter(|(_, party)| party.spoke)
        .map(|(n, party)| (name_of(party), talk.get(n).copied().unwrap_or_default()))
        .collect();
    speakers.sort_by(|a, b| b.1.total_cmp(&a.1));
    speakers
}

fn name_of(party: &Party) -> String {
    party.display_name().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: [f64; 3] = [0.21, 0.58, 0.21];

    fn party(name: &str, side: Side) -> Party {
        let side_source = (side != Side::Unknown).then_some(SideSource::Gong);
        Party { name: Some(name.to_owned()), side, side_source, spoke: true, ..Party::default() }
    }

    fn unknown() -> Vec<Party> {
        ["Priya", "Roger", "Virgil"].map(|name| party(name, Side::Unknown)).to_vec()
    }

    fn sides(cast: &Cast) -> Vec<Side> {
        cast.parties.iter().map(|party| party.side).collect()
    }

    #[test]
    fn without_a_hint_the_speakers_are_listed_by_talk() {
        let error = cast(&unknown(), &TALK, &CastRequest::default()).expect_err("undecided");
        assert_eq!(error.to_string(), "three people speak on this call; which of them are ours?");
        let CastError::Undecided { speakers } = error else { panic!("{error:?}") };
        assert_eq!(speakers.first(), Some(&("Roger".to_owned(), 0.58)));
    }

    #[test]
    fn a_named_rep_makes_everybody_else_a_buyer_except_colleagues() {
        let request = CastRequest { rep: Some("roger".to_owned()), ..CastRequest::default() };
        let found = cast(&unknown(), &TALK, &request).expect("cast");
        assert_eq!((found.rep, found.chosen), (1, Chosen::Flag));
        assert_eq!(sides(&found), [Side::Buyer, Side::Rep, Side::Buyer]);
        let request = CastRequest { colleagues: vec!["Priya".to_owned()], ..request };
        assert_eq!(sides(&cast(&unknown(), &TALK, &request).expect("cast")), [Side::Rep, Side::Rep, Side::Buyer]);
    }

    #[test]
    fn known_sides_are_kept_and_the_rep_with_most_talk_is_coached() {
        let known = [party("Priya", Side::Rep), party("Roger", Side::Rep), party("Virgil", Side::Buyer)];
        let found = cast(&known, &TALK, &CastRequest::default()).expect("cast");
        assert_eq!((found.rep, found.chosen), (1, Chosen::MostTalk));
        let wrong = CastRequest { rep: Some("Virgil".to_owned()), ..CastRequest::default() };
        assert!(
            matches!(cast(&known, &TALK, &wrong), Err(CastError::NotOurs { ours, .. }) if ours == ["Roger", "Priya"])
        );
    }

    #[test]
    fn the_company_domain_tells_both_sides() {
        let mut parties = unknown();
        for (party, email) in parties.iter_mut().zip(["p@acme.example", "r@ACME.example", "v@other.example"]) {
            party.email = Some(email.to_owned());
        }
        let request = CastRequest { company_domains: vec!["acme.example".to_owned()], ..CastRequest::default() };
        let found = cast(&parties, &TALK, &request).expect("cast");
        assert_eq!(sides(&found), [Side::Rep, Side::Rep, Side::Buyer]);
    }

    #[test]
    fn a_name_must_fit_one_speaker() {
        let parties = [party("Ana Ruiz", Side::Unknown), party("Ana Petrova", Side::Unknown)];
        let with = |name: &str| {
            cast(&parties, &[0.5, 0.5], &CastRequest { rep: Some(name.to_owned()), ..CastRequest::default() })
        };
        assert!(matches!(with("ana"), Err(CastError::Ambiguous { .. })));
        assert!(matches!(with("Bo"), Err(CastError::NoSuchSpeaker { .. })));
        assert!(matches!(with(""), Err(CastError::NoSuchSpeaker { .. })));
        assert_eq!(with("petrova").map(|found| found.rep), Ok(1));
    }
}
