//! Who answers the checks, from flags and settings.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::app::App;
use super::error::{CliError, Kind};
use crate::analyze::Analyst;
use crate::analyze::budget::Budget;
use crate::analyze::claude::Claude;
use crate::claude::models::{DEFAULT_MODEL, Model};
use crate::claude::{Access, Client};
use crate::config::{AnalystChoice, load_facts};

/// Who answers the checks, and what it may cost.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Who answers")]
pub(super) struct AnalystArguments {
    /// Who answers: Claude where it is configured, else the built-in analyst.
    #[arg(long, value_enum)]
    analyst: Option<Name>,
    /// Which model to ask, to see what it would say.
    #[arg(long, value_name = "NAME")]
    pub(super) model: Option<String>,
    /// A folder of markdown files that say what is true of the product.
    #[arg(long, value_name = "DIR")]
    facts: Option<PathBuf>,
    /// Spend at most so many US dollars; what is done by then is kept.
    #[arg(long, value_name = "USD", value_parser = amount)]
    pub(super) max_cost: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    Claude,
    Local,
}

pub(super) fn amount(text: &str) -> Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|amount| amount.is_finite() && *amount >= 0.0)
        .ok_or_else(|| "expected US dollars, such as 0.50".to_owned())
}

impl AnalystArguments {
    /// The same flags, for a program that is started in another folder than this one.
    pub(super) fn typed(&self, here: &Path) -> Vec<String> {
        let analyst = self.analyst.and_then(|name| name.to_possible_value());
        let flags = [
            ("--analyst", analyst.map(|name| name.get_name().to_owned())),
            ("--model", self.model.clone()),
            ("--facts", self.facts.as_ref().map(|folder| here.join(folder).to_string_lossy().into_owned())),
            ("--max-cost", self.max_cost.map(|dollars| dollars.to_string())),
        ];
        flags.into_iter().filter_map(|(flag, value)| Some([flag.to_owned(), value?])).flatten().collect()
    }

    /// Whether the model is another one than usual.
    pub(super) fn is_other_model(&self, app: &App<'_>) -> bool {
        let usual = app.settings.claude.model.value.as_deref().unwrap_or(DEFAULT_MODEL);
        self.model.as_deref().is_some_and(|model| model != usual)
    }

    fn local(&self, app: &App<'_>) -> Analyst {
        if let Some(folder) = &self.facts {
            app.ui.note(&format!("the built-in analyst does not read {}: facts are for Claude", folder.display()));
        }
        Analyst::Local
    }

    /// Who answers. Without a key only the built-in analyst does, but for an estimate no key is needed.
    pub(super) fn analyst(&self, app: &App<'_>, dry_run: bool) -> Result<Analyst, CliError> {
        let settings = &app.settings.claude;
        let chosen = match self.analyst {
            Some(Name::Claude) => Some(AnalystChoice::Claude),
            Some(Name::Local) => Some(AnalystChoice::Local),
            // Whoever names a model wants it to be asked.
            None if self.model.is_some() => Some(AnalystChoice::Claude),
            None => settings.analyst.value,
        };
        match chosen {
            Some(AnalystChoice::Local) => return Ok(self.local(app)),
            None if !settings.is_configured() => return Ok(self.local(app)),
            Some(AnalystChoice::Claude) if !settings.is_configured() && !dry_run => {
                return Err(CliError::new(Kind::Usage, "there is no key for Claude")
                    .hint("Set ANTHROPIC_API_KEY, or score without it: --analyst local"));
            }
            _ => {}
        }
        app.check_keys(&["anthropic_api_key", "anthropic_auth_token"])?;
        let client = Client::new(Access::of(settings))?;
        let known = settings.models.value.as_ref().map(fs_err::read_to_string).transpose()?;
        let name = self.model.as_ref().or(settings.model.value.as_ref()).map_or(DEFAULT_MODEL, String::as_str);
        let facts = self.facts.as_ref().or(settings.facts.value.as_ref());
        let dollars = self.max_cost.or(settings.max_cost.value);
        Ok(Analyst::Claude(Box::new(Claude {
            client,
            model: Model::find(name, known.as_deref())?,
            facts: facts.map(|folder| load_facts(folder)).transpose()?,
            budget: Budget::new(dollars.map(|dollars| (dollars * 1e6).floor() as u64)),
        })))
    }
}
