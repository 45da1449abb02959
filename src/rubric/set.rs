//! All rubric files together: the embedded ones, with a user's files in their place or beside them.

use super::{EMBEDDED, Guidelines, Role, Roles, Rubric, RubricError, RubricErrors, file, guidelines, hash, roles};
use crate::speech::trackers::Trackers;

const ROLES: &str = "roles.toml";
const GUIDELINES: &str = "guidelines.toml";
const TRACKERS: &str = "trackers.toml";

/// A rubric file: its name in messages, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubricFile {
    /// File name, such as `discovery.toml`. A user's file of an embedded file's name replaces it.
    pub name: String,
    /// TOML.
    pub text: String,
}

/// Everything that decides what is asked and what it is worth.
#[derive(Debug, Clone)]
pub struct RubricSet {
    /// The dimensions, in the order in which they are reported when nothing else orders them.
    pub dimensions: Vec<Rubric>,
    /// What each dimension is worth for whom.
    pub roles: Roles,
    /// What a measured value should be.
    pub guidelines: Guidelines,
    /// The phrases that the local analyst listens for.
    pub trackers: Trackers,
}

impl RubricSet {
    /// Puts the user's files over the embedded ones and validates the whole.
    ///
    /// # Errors
    /// Every mistake in every file, each with its place.
    pub fn load(user: &[RubricFile]) -> Result<Self, RubricErrors> {
        let embedded = EMBEDDED.iter().copied().filter(|(name, _)| !user.iter().any(|file| file.name == *name));
        let files: Vec<(&str, &str)> =
            embedded.chain(user.iter().map(|file| (file.name.as_str(), file.text.as_str()))).collect();
        let mut errors: Vec<RubricError> = Vec::new();
        let mut keep = |result: Result<_, Vec<RubricError>>| result.map_err(|found| errors.extend(found)).ok();

        let mut dimensions: Vec<Rubric> = Vec::new();
        let mut all = true;
        for (name, text) in files.iter().filter(|(name, _)| ![ROLES, GUIDELINES, TRACKERS].contains(name)) {
            let parsed = file::parse(name, text).and_then(|rubric| {
                let known = dimensions.iter().any(|other| other.id == rubric.id);
                let reason = || format!("another file already describes the dimension `{}`", rubric.id);
                if known { Err(vec![mistake(name, reason())]) } else { Ok(rubric) }
            });
            let rubric = keep(parsed);
            all &= rubric.is_some();
            dimensions.extend(rubric);
        }
        if dimensions.iter().filter(|rubric| rubric.collects_objections).count() > 1 {
            errors.push(mistake("rubrics", "only one dimension may collect the objections".to_owned()));
        }
        let text_of = |wanted: &str| files.iter().find(|(name, _)| *name == wanted).map_or("", |(_, text)| text);
        let roles = roles::parse(ROLES, text_of(ROLES), &dimensions, all).map_err(|found| errors.extend(found));
        let guidelines = guidelines::parse(GUIDELINES, text_of(GUIDELINES)).map_err(|found| errors.extend(found));
        let trackers =
            Trackers::parse(text_of(TRACKERS)).map_err(|error| errors.push(mistake(TRACKERS, error.to_string())));
        match (roles, guidelines, trackers) {
            (Ok(roles), Ok(guidelines), Ok(trackers)) if errors.is_empty() => {
                Ok(RubricSet { dimensions, roles, guidelines, trackers })
            }
            _ => Err(RubricErrors(errors)),
        }
    }

    /// The dimension with this id.
    pub fn dimension(&self, id: &str) -> Option<&Rubric> {
        self.dimensions.iter().find(|rubric| rubric.id == id)
    }

    /// SHA-256 over what an analyst is asked about a dimension.
    pub fn questions_hash(&self, rubric: &Rubric) -> String {
        hash::questions(rubric)
    }

    /// SHA-256 over everything a score depends on.
    pub fn hash(&self) -> String {
        hash::everything(self)
    }

    /// The dimensions with the role's largest weight first; equal weights keep their order.
    pub fn by_weight(&self, role: &Role) -> Vec<&Rubric> {
        let mut dimensions: Vec<_> = self.dimensions.iter().collect();
        dimensions.sort_by(|a, b| role.weight(&b.id).total_cmp(&role.weight(&a.id)));
        dimensions
    }
}

fn mistake(file: &str, reason: String) -> RubricError {
    RubricError { file: file.to_owned(), line: 1, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(name: &str, text: &str) -> RubricFile {
        RubricFile { name: name.to_owned(), text: text.to_owned() }
    }

    fn embedded(name: &str) -> &'static str {
        EMBEDDED.iter().find(|(known, _)| *known == name).expect("embedded").1
    }

    #[test]
    fn the_embedded_rubrics_are_valid_and_complete() {
        let set = RubricSet::load(&[]).expect("valid");
        let ids: Vec<_> = set.dimensions.iter().map(|rubric| rubric.id.as_str()).collect();
        assert_eq!(ids, ["discovery", "objection_handling", "engagement", "product_knowledge"]);
        assert_eq!(set.dimensions.iter().map(|rubric| rubric.criteria.len()).sum::<usize>(), 18);
        assert_eq!(set.dimensions.iter().flat_map(Rubric::checks).count(), 66);
        assert!(["ae", "se", "csm", "support"].iter().all(|role| set.roles.find(role).is_some()));
    }

    #[test]
    fn a_users_file_adds_a_dimension_without_a_code_change() {
        let wins = embedded("discovery.toml").replace("id = \"discovery\"", "id = \"five_wins\"");
        let set = RubricSet::load(&[user("five_wins.toml", &wins)]).expect("valid");
        assert_eq!(set.dimensions.len(), 5);
        let ae = set.roles.find("ae").expect("ae");
        assert_eq!(ae.weight("five_wins"), 0.0);
        assert_eq!(set.by_weight(ae).last().map(|rubric| rubric.id.as_str()), Some("five_wins"));
    }

    #[test]
    fn a_users_file_replaces_the_embedded_one_of_its_name() {
        let roles = embedded("roles.toml")
            .replace("discovery = 35, objection_handling = 25", "discovery = 40, objection_handling = 20");
        let set = RubricSet::load(&[user("roles.toml", &roles)]).expect("valid");
        assert_eq!(set.roles.find("ae").map(|role| role.weight("discovery")), Some(40.0));
    }

    #[test]
    fn roles_must_sum_to_a_hundred_and_name_what_exists() {
        let roles = embedded("roles.toml")
            .replace("discovery = 35", "discovery = 36")
            .replace("discovery.buying_path", "discovery.charm");
        let errors = RubricSet::load(&[user("roles.toml", &roles)]).expect_err("two mistakes").0;
        let reasons: Vec<_> = errors.iter().map(|error| error.reason.as_str()).collect();
        assert!(reasons.iter().any(|reason| reason.contains("ae sum to 101")), "{reasons:?}");
        assert!(reasons.iter().any(|reason| reason.contains("discovery.charm")), "{reasons:?}");
    }

    #[test]
    fn a_mistake_in_a_dimension_is_no_mistake_of_the_roles() {
        let text = embedded("discovery.toml").replacen("version =", "versoin =", 1);
        let errors = RubricSet::load(&[user("discovery.toml", &text)]).expect_err("misspelt").0;
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors.iter().all(|error| error.file == "discovery.toml"), "{errors:?}");
    }

    #[test]
    fn two_files_cannot_describe_one_dimension() {
        let errors = RubricSet::load(&[user("mine.toml", embedded("discovery.toml"))]).expect_err("twice");
        assert!(errors.to_string().contains("mine.toml:1: another file already describes"), "{errors}");
    }

    #[test]
    fn new_weights_change_the_rubric_hash_but_not_what_is_asked() {
        let before = RubricSet::load(&[]).expect("valid");
        let text =
            embedded("discovery.toml").replace("weight = 15", "weight = 16").replace("weight = 25", "weight = 24");
        let after = RubricSet::load(&[user("discovery.toml", &text)]).expect("valid");
        let asked = |set: &RubricSet| set.questions_hash(set.dimension("discovery").expect("discovery"));
        assert_eq!(asked(&before), asked(&after));
        assert_ne!(before.hash(), after.hash());
        let text = embedded("discovery.toml").replacen("Early in the call, did", "Did", 1);
        let reworded = RubricSet::load(&[user("discovery.toml", &text)]).expect("valid");
        assert_ne!(asked(&before), asked(&reworded));
    }
}
