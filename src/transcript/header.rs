//! What stands above the talk in a text file: title, date, duration, who took part and on whose side.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::call::Call;
use crate::model::party::{Party, Side, SideSource};

use super::clean::{clean, clean_name};

/// Job titles of people who sell, in lower case.
const SELLERS: [&str; 16] = [
    "sales rep",
    "sales representative",
    "sales development rep",
    "sales development representative",
    "business development rep",
    "business development representative",
    "account executive",
    "account manager",
    "customer success manager",
    "sales engineer",
    "solutions engineer",
    "solution engineer",
    "ae",
    "sdr",
    "bdr",
    "csm",
];

/// More people than this are on no call, and each is compared with each speaker.
const MAX_PARTICIPANTS: usize = 500;

/// A person of the header's list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Participant {
    name: String,
    title: Option<String>,
    company: Option<String>,
    sells: bool,
    /// Said outright: `Rep: Mara Lindqvist`.
    side: Side,
}

/// What the lines above the talk say.
#[derive(Debug, Default)]
pub(super) struct Header {
    title: Option<String>,
    started_at: Option<Timestamp>,
    duration_ms: Option<i64>,
    call_type: Option<String>,
    product: Option<String>,
    account: Option<String>,
    participants: Vec<Participant>,
}

impl Header {
    /// Reads `Key: value` lines, headings and the list of participants.
    pub(super) fn read(lines: &[&str]) -> Self {
        let mut header = Header::default();
        let mut in_list = false;
        for line in lines.iter().map(|line| clean(line)) {
            let plain = line.replace("**", "");
            let heading = plain.starts_with('#');
            let plain = plain.trim_start_matches(['#', ' ']).trim();
            if let Some(person) = plain.strip_prefix("- ").or_else(|| plain.strip_prefix("* ")) {
                if in_list {
                    header.participants.extend(participant(person, Side::Unknown));
                }
            } else if is_list_title(plain.trim_end_matches(':')) {
                in_list = true;
            } else if let Some((key, value)) = plain.split_once(':').filter(|(key, _)| !heading && key.len() < 40) {
                in_list = is_list_title(key);
                header.field(&key.trim().to_lowercase(), value.trim());
            } else if in_list && !plain.is_empty() && !heading {
                // Google Meet: one line with all names.
                header.participants.extend(people(plain));
                in_list = false;
            } else if header.title.is_none() && (heading || plain.ends_with(" - Transcript")) {
                header.title = Some(plain.trim_end_matches(" - Transcript").to_owned());
            }
        }
        header.participants.truncate(MAX_PARTICIPANTS);
        header
    }

    fn field(&mut self, key: &str, value: &str) {
        let text = || Some(value.to_owned()).filter(|value| !value.is_empty());
        match key {
            "title" | "subject" => self.title = text(),
            "date" => self.started_at = date(value),
            "started" => self.started_at = value.parse().ok().or_else(|| date(value)),
            "duration" => self.duration_ms = duration_ms(value),
            "call type" => self.call_type = text(),
            "product" => self.product = text(),
            "account" | "company" | "customer" => self.account = text(),
            "participants" | "attendees" => {
                self.participants.extend(people(value));
            }
            "rep" | "sales rep" | "seller" => self.participants.extend(participant(value, Side::Rep)),
            "buyer" | "prospect" => self.participants.extend(participant(value, Side::Buyer)),
            _ => {}
        }
    }

    /// The facts about the call; the parties come from [`Header::complete`].
    pub(super) fn call(&self) -> Call {
        Call {
            title: self.title.clone(),
            started_at: self.started_at,
            duration_ms: self.duration_ms,
            call_type: self.call_type.as_deref().and_then(|name| name.parse().ok()),
            product: self.product.clone(),
            account: self.account.clone(),
            ..Call::default()
        }
    }

    /// Gives the speakers the names, titles and sides of the list, and adds those who did not speak.
    pub(super) fn complete(&self, call: &mut Call) {
        let sides = sides(&self.participants);
        for (participant, side) in self.participants.iter().zip(sides) {
            let matching = |party: &Party| participant.is(party.speaker_key.as_deref().unwrap_or_default());
            let mut speakers = (0..).zip(&call.parties).filter(|(_, party)| matching(party)).map(|(n, _)| n);
            let found = match (speakers.next(), speakers.next()) {
                (Some(n), None) if self.is_only_match(&call.parties, n) => Some(n),
                (None, _) => None,
                _ => continue,
            };
            let n = found.unwrap_or_else(|| {
                call.parties.push(Party::default());
                call.parties.len() - 1
            });
            if let Some(party) = call.parties.get_mut(n) {
                party.name = Some(participant.name.clone());
                party.title = participant.title.clone();
                party.side = side;
                party.side_source = (side != Side::Unknown).then_some(SideSource::File);
            }
        }
        Self::sides_from_labels(&mut call.parties);
    }

    /// Speakers who are called by their role, such as `Rep:` and `Buyer:`.
    fn sides_from_labels(parties: &mut [Party]) {
        for party in parties.iter_mut().filter(|party| party.side == Side::Unknown) {
            party.side = match party.speaker_key.as_deref().unwrap_or_default().to_lowercase().as_str() {
                "rep" | "sales rep" | "seller" => Side::Rep,
                "buyer" | "prospect" => Side::Buyer,
                _ => continue,
            };
            party.side_source = Some(SideSource::File);
        }
    }

    /// Two people called Sarah cannot be told apart by "Sarah".
    fn is_only_match(&self, parties: &[Party], n: usize) -> bool {
        let key = parties.get(n).and_then(|party| party.speaker_key.as_deref()).unwrap_or_default();
        self.participants.iter().filter(|participant| participant.is(key)).count() == 1
    }
}

impl Participant {
    /// Whether a speaker's label is this person's name or first name.
    fn is(&self, label: &str) -> bool {
        let (name, label) = (self.name.to_lowercase(), label.to_lowercase());
        name == label || name.split(' ').next() == Some(&label)
    }
}

fn is_list_title(text: &str) -> bool {
    text.eq_ignore_ascii_case("participants") || text.eq_ignore_ascii_case("attendees")
}

/// Reads a list in one line, whose commas may also stand in brackets: `Mara (AE, Norda), Dana (CFO, Acme)`.
fn people(list: &str) -> impl Iterator<Item = Participant> {
    let mut depth = 0i32;
    let pieces = list.split(move |letter: char| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ',' && depth <= 0
    });
    pieces.filter_map(|person| participant(person, Side::Unknown))
}

/// Reads `Michael Chen (VP of Sales, CloudTech Solutions)`.
fn participant(text: &str, side: Side) -> Option<Participant> {
    let (name, about) = match text.split_once('(') {
        Some((name, about)) => (name, about.trim_end().trim_end_matches(')')),
        None => (text, ""),
    };
    let name = clean_name(name);
    let (title, company) = job(about.trim());
    let sells = title.as_deref().is_some_and(|title| seller_at(title).is_some());
    name.contains(char::is_alphanumeric).then_some(Participant { name, title, company, sells, side })
}

/// Splits a bracket into title and company: `VP, Acme`, `VP at Acme`, `Acme Sales Rep`.
fn job(about: &str) -> (Option<String>, Option<String>) {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if let Some((title, company)) = about.rsplit_once(", ").or_else(|| about.rsplit_once(" at ")) {
        return (some(title), some(company));
    }
    match seller_at(about) {
        Some(at) => {
            let (company, title) = about.split_at_checked(at).unwrap_or(("", about));
            (some(title), some(company))
        }
        None => (some(about), None),
    }
}

/// Where a seller's job begins in the text, as whole words; the longest name of it.
fn seller_at(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let is_edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    SELLERS
        .iter()
        .filter_map(|job| {
            let at = lower.find(job)?;
            let before = lower.get(..at)?.chars().next_back();
            let after = lower.get(at + job.len()..)?.chars().next();
            (is_edge(before) && is_edge(after)).then_some(at)
        })
        .min()
}

/// Whose side each participant is on. Only what the file says plainly counts: who is called rep or buyer, else one
/// selling company and everybody else of another known company.
fn sides(participants: &[Participant]) -> Vec<Side> {
    if participants.iter().any(|person| person.side != Side::Unknown) {
        return participants.iter().map(|person| person.side).collect();
    }
    let unknown = vec![Side::Unknown; participants.len()];
    let Some(ours) = participants.iter().find(|person| person.sells).and_then(|person| person.company.as_deref())
    else {
        return unknown;
    };
    let is_ours = |person: &Participant| person.company.as_deref().map(|company| company.eq_ignore_ascii_case(ours));
    let clear = participants.iter().all(|person| is_ours(person).is_some_and(|is_ours| is_ours || !person.sells));
    if !clear || participants.iter().all(|person| is_ours(person) == Some(true)) {
        return unknown;
    }
    participants.iter().map(|person| if is_ours(person) == Some(true) { Side::Rep } else { Side::Buyer }).collect()
}

/// A date alone is its first moment in UTC.
fn date(text: &str) -> Option<Timestamp> {
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    let formats = ["%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"];
    let date = formats.iter().find_map(|format| Date::strptime(format, text).ok())?;
    date.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// `8 minutes`, `1 hour 5 min`, `00:08:00`.
fn duration_ms(text: &str) -> Option<i64> {
    if let Some(ms) = super::clock::text_time(text) {
        return Some(ms);
    }
    let mut total = 0i64;
    let mut words = text.split_whitespace();
    while let Some(number) = words.next() {
        let number: u32 = number.parse().ok()?;
        let unit = words.next()?.to_lowercase();
        let ms = match unit.get(..1)? {
            "h" => 3_600_000,
            "m" => 60_000,
            "s" => 1000,
            _ => return None,
        };
        total += i64::from(number) * ms;
    }
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(list: &[&str]) -> Vec<Side> {
        sides(&list.iter().filter_map(|text| participant(text, Side::Unknown)).collect::<Vec<_>>())
    }

    #[test]
    fn sides_follow_the_one_selling_company() {
        use Side::{Buyer, Rep};
        assert_eq!(people(&["Sarah (TribeX Sales Rep)", "Mo Chen (VP of Sales, Cloud Inc)"]), [Rep, Buyer]);
        assert_eq!(
            people(&["A B (Account Executive, Acme)", "C D (CTO at Acme)", "E F (Sales Manager, Buyco)"]),
            [Rep, Rep, Buyer]
        );
    }

    #[test]
    fn unclear_companies_leave_every_side_unknown() {
        for list in [
            ["A (Account Executive, Acme)", "B (SDR, Other)"],
            ["A (Account Executive)", "B (CTO, Other)"],
            ["A (Account Executive, Acme)", "B (CTO)"],
            ["A (Account Executive, Acme)", "B (CTO, Acme)"],
            ["A (CEO, Acme)", "B (CTO, Other)"],
            ["A (Aesthetician, Acme)", "B (CTO, Other)"],
        ] {
            assert_eq!(people(&list), [Side::Unknown; 2], "{list:?}");
        }
    }

    #[test]
    fn a_list_in_one_line_keeps_its_brackets_together() {
        let found: Vec<_> = super::people("Mara (AE, Norda), Dana Reyes (CFO, Acme), Bo").collect();
        assert_eq!(found.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Mara", "Dana Reyes", "Bo"]);
        assert_eq!(sides(&found[..2]), [Side::Rep, Side::Buyer]);
    }

    #[test]
    fn fields_fill_the_call() {
        let lines = [
            "# Intro",
            "**Date:** January 15, 2024",
            "**Duration:** 8 minutes",
            "Rep: Mara Lindqvist",
            "Buyer: Dana Reyes",
        ];
        let header = Header::read(&lines);
        let mut call = header.call();
        assert_eq!(call.title.as_deref(), Some("Intro"));
        assert_eq!(call.started_at, Some("2024-01-15T00:00:00Z".parse().unwrap()));
        assert_eq!(call.duration_ms, Some(480_000));
        call.parties.push(Party { speaker_key: Some("Mara".to_owned()), ..Party::default() });
        header.complete(&mut call);
        let sides: Vec<_> = call.parties.iter().map(|party| (party.display_name(), party.side)).collect();
        assert_eq!(sides, [("Mara Lindqvist", Side::Rep), ("Dana Reyes", Side::Buyer)]);
    }

    #[test]
    fn a_first_name_that_two_people_share_names_neither() {
        let header = Header::read(&["Participants:", "- Ann Lee (AE, Acme)", "- Ann Poe (CTO, Buyco)"]);
        let mut call = Call::default();
        call.parties.push(Party { speaker_key: Some("Ann".to_owned()), ..Party::default() });
        header.complete(&mut call);
        assert_eq!(call.parties[0].name, None);
        assert_eq!(call.parties.len(), 1);
    }
}
