//! What each dimension is worth for whom: `roles.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::error::Findings;
use super::{Rubric, RubricError};

/// A role of the coached person.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Name used in flags, JSON and the database: `ae`.
    pub id: String,
    /// Name printed once: "Account executive".
    pub title: String,
    /// Name printed often: "AE".
    pub label: String,
    /// Weight of each dimension in percent; they sum to 100.
    weights: BTreeMap<String, f64>,
    /// Criteria that nobody in this role is asked about, as (dimension, criterion).
    not_applicable: Vec<(String, String)>,
}

impl Role {
    /// The dimension's weight in percent; 0 for one that the role does not name.
    pub fn weight(&self, dimension: &str) -> f64 {
        self.weights.get(dimension).copied().unwrap_or(0.0)
    }

    /// Whether this role is asked about the criterion.
    pub fn is_asked(&self, dimension: &str, criterion: &str) -> bool {
        !self.not_applicable.iter().any(|(d, c)| d == dimension && c == criterion)
    }
}

/// Every role.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Roles(pub(super) Vec<Role>);

impl Roles {
    /// The role with this id.
    pub fn find(&self, id: &str) -> Option<&Role> {
        self.0.iter().find(|role| role.id == id)
    }

    /// Every role, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Role> {
        self.0.iter()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleTable {
    title: String,
    label: String,
    weights: Spanned<BTreeMap<String, Spanned<f64>>>,
    #[serde(default)]
    not_applicable: Vec<Spanned<String>>,
}

/// Reads `roles.toml` and checks it against the dimensions that exist; what it names cannot be missed while not `all` of
/// their files could be read.
pub(super) fn parse(file: &str, text: &str, rubrics: &[Rubric], all: bool) -> Result<Roles, Vec<RubricError>> {
    let mut findings = Findings::new(file, text);
    let tables: BTreeMap<String, RoleTable> = match toml::from_str(text) {
        Ok(tables) => tables,
        Err(error) => {
            findings.add_toml(&error);
            return findings.or(None);
        }
    };
    let mut roles = Vec::new();
    for (id, table) in tables {
        let sum: f64 = table.weights.get_ref().values().map(|weight| weight.get_ref()).sum();
        if (sum - 100.0).abs() > 1e-6 {
            findings.add(table.weights.span().start, format!("the weights of {id} sum to {sum}; they must sum to 100"));
        }
        for (dimension, weight) in table.weights.get_ref() {
            if *weight.get_ref() < 0.0 {
                findings.add(weight.span().start, format!("the weight of {dimension} is below 0"));
            }
            if all && !rubrics.iter().any(|rubric| rubric.id == *dimension) {
                findings.add(weight.span().start, format!("no rubric has the id `{dimension}`"));
            }
        }
        let mut not_applicable = Vec::new();
        for name in table.not_applicable {
            let known = name.get_ref().split_once('.').filter(|(dimension, criterion)| {
                rubrics.iter().any(|r| r.id == *dimension && r.criteria.iter().any(|c| c.id == *criterion))
            });
            match known {
                Some((dimension, criterion)) => not_applicable.push((dimension.to_owned(), criterion.to_owned())),
                None if !all => {}
                None => findings.add(
                    name.span().start,
                    format!("`{}` is no criterion: write it as dimension.criterion", name.get_ref()),
                ),
            }
        }
        let weights = table.weights.into_inner().into_iter().map(|(id, weight)| (id, weight.into_inner())).collect();
        roles.push(Role { id, title: table.title, label: table.label, weights, not_applicable });
    }
    findings.or(Some(Roles(roles)))
}
