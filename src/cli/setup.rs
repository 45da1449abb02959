//! The questions of `init`, and what is done with the answers.

use std::path::Path;

use dialoguer::{Confirm, Input, Password, Select};

use super::app::Start;
use super::commands::init::Arguments;
use super::config_file::ConfigFile;
use super::error::CliError;
use crate::config::{self, ClaudeSettings, ConfigError, GongSettings, Secret, Settings, Source};
use crate::doctor::services;
use crate::store::{Store, Target};

const GENERIC_GONG: &str = "https://api.gong.io";

/// A set-up on its way.
pub(super) struct Setup<'a> {
    pub(super) start: &'a Start<'a>,
    pub(super) arguments: &'a Arguments,
    /// What is set so far.
    pub(super) settings: Settings,
    /// What will be.
    pub(super) file: ConfigFile,
    /// What did not work when it was tried, and was kept.
    pub(super) not_working: Vec<&'static str>,
}

/// What to do with an answer that does not work.
enum Next {
    Again,
    Keep,
    LeaveOut,
}

impl Setup<'_> {
    fn set(&mut self, key: &str, value: &str) -> Result<(), CliError> {
        self.file.set(key, value, &self.start.environment)
    }

    /// Refuses, at the question, what the setting cannot be.
    fn fitting(&self, key: &'static str) -> impl Fn(&String) -> Result<(), ConfigError> + use<> {
        let environment = self.start.environment.clone();
        move |answer| config::check_value(key, answer, &environment)
    }

    fn may_ask(&self) -> bool {
        self.start.ui.may_ask()
    }

    /// Whether one of these settings comes from a variable, which beats the file; says so.
    fn stands_elsewhere(&self, keys: &[&str]) -> bool {
        let rows = self.settings.rows().iter().filter(|row| keys.contains(&row.key));
        let variable = rows.into_iter().find(|row| matches!(row.source, Source::Env(_) | Source::DotEnv(..)));
        if let Some(row) = variable {
            self.start.ui.note(&format!("{} is {}, which beats the file: left as it is", row.key, row.source));
        }
        variable.is_some()
    }

    fn shown(&self, key: &str) -> Option<String> {
        self.settings.rows().iter().find(|row| row.key == key).and_then(|row| row.value.clone())
    }

    /// Where the data lives.
    pub(super) async fn data(&mut self) -> Result<(), CliError> {
        if let Some(given) = self.start.flags.database_url.clone() {
            self.tried(self.try_database(&given).await)?;
            return self.set("database_url", &given);
        }
        if !self.may_ask() || self.stands_elsewhere(&["database_url"]) {
            return Ok(());
        }
        // A password in it is masked.
        let present = self.shown("database_url").unwrap_or_default();
        // Long lines would be drawn twice.
        self.start.ui.note(&format!("Enter keeps the data in\n{present}"));
        loop {
            let input = Input::new().with_prompt("Data: another file, or a postgres:// URL");
            let answer: String = input.default(present.clone()).show_default(false).interact_text()?;
            if answer == present {
                return Ok(());
            }
            match self.next("the database", self.try_database(&answer).await)? {
                Next::Again => {}
                Next::Keep => return self.set("database_url", &answer),
                Next::LeaveOut => return Ok(()),
            }
        }
    }

    /// Our e-mail domains.
    pub(super) fn company(&mut self) -> Result<(), CliError> {
        if let Some(given) = self.arguments.company_domains.clone() {
            return self.set("company_domains", &given);
        }
        if !self.may_ask() || self.stands_elsewhere(&["company_domains"]) {
            return Ok(());
        }
        let present = self.settings.company_domains.value.join(", ");
        self.start.ui.note("e-mail domains tell your people from the buyer's;\nseveral are separated by commas");
        let input = Input::new().with_prompt("Your company's domains").allow_empty(true);
        let input = input.default(present.clone()).validate_with(self.fitting("company_domains"));
        let answer: String = input.interact_text()?;
        if answer != present {
            self.set("company_domains", &answer)?;
        }
        Ok(())
    }

    /// Gong's key and address.
    pub(super) async fn gong(&mut self) -> Result<(), CliError> {
        let files = self.arguments.gong_api_key_file.as_deref().zip(self.arguments.gong_api_secret_file.as_deref());
        if let Some((key, secret)) = files {
            let (key, secret) = (read_secret(key)?, read_secret(secret)?);
            let base_url = self.arguments.gong_api_base_url.clone().or(self.settings.gong.base_url.clone());
            self.tried(self.try_gong(&key, &secret, base_url.clone()).await)?;
            return self.set_gong(&key, &secret, base_url.as_deref());
        }
        if let Some(base_url) = self.arguments.gong_api_base_url.clone() {
            return self.set("gong_api_base_url", &base_url);
        }
        let keys = ["gong_api_key", "gong_api_secret", "gong_access_token", "gong_api_base_url"];
        if !self.may_ask() || self.arguments.no_gong || self.stands_elsewhere(&keys) {
            return Ok(());
        }
        let is_set = self.settings.gong.key.is_some();
        let question = if is_set { "Type another Gong key?" } else { "Fetch calls from Gong?" };
        if !Confirm::new().with_prompt(question).default(false).interact()? {
            return Ok(());
        }
        loop {
            let key = Password::new().with_prompt("Gong access key (hidden)").interact()?;
            let secret = Password::new().with_prompt("Gong access key secret (hidden)").interact()?;
            let present = self.settings.gong.base_url.clone().unwrap_or_else(|| GENERIC_GONG.to_owned());
            let input = Input::new().with_prompt("Gong's address for your company").default(present);
            let address: String = input.validate_with(self.fitting("gong_api_base_url")).interact_text()?;
            let base_url = Some(address).filter(|address| address != GENERIC_GONG);
            match self.next("Gong", self.try_gong(&key, &secret, base_url.clone()).await)? {
                Next::Again => {}
                Next::Keep => return self.set_gong(&key, &secret, base_url.as_deref()),
                Next::LeaveOut => return Ok(()),
            }
        }
    }

    fn set_gong(&mut self, key: &str, secret: &str, base_url: Option<&str>) -> Result<(), CliError> {
        self.set("gong_api_key", key)?;
        self.set("gong_api_secret", secret)?;
        self.set("gong_api_base_url", base_url.unwrap_or_default())
    }

    /// Anthropic's key.
    pub(super) async fn claude(&mut self) -> Result<(), CliError> {
        if let Some(file) = &self.arguments.anthropic_api_key_file {
            let key = read_secret(file)?;
            self.tried(self.try_claude(&key).await)?;
            return self.set("anthropic_api_key", &key);
        }
        let keys = ["anthropic_api_key", "anthropic_auth_token"];
        if !self.may_ask() || self.arguments.no_claude || self.stands_elsewhere(&keys) {
            return Ok(());
        }
        self.start
            .ui
            .note("with a key for Claude transcripts are sent to Anthropic;\nwithout one nothing leaves this machine");
        let is_set = self.settings.claude.api_key.is_some();
        let question = if is_set { "Type another key for Claude?" } else { "Let Claude answer the checks?" };
        if !Confirm::new().with_prompt(question).default(false).interact()? {
            return Ok(());
        }
        loop {
            let key = Password::new().with_prompt("Anthropic API key (hidden)").interact()?;
            match self.next("Claude", self.try_claude(&key).await)? {
                Next::Again => {}
                Next::Keep => return self.set("anthropic_api_key", &key),
                Next::LeaveOut => return Ok(()),
            }
        }
    }

    async fn try_database(&self, address: &str) -> Result<(), CliError> {
        let target = Target::parse(address)?;
        if !self.arguments.no_test
            && let Some(store) = Store::look_at(&target).await?
        {
            store.close().await;
        }
        Ok(())
    }

    async fn try_gong(&self, key: &str, secret: &str, base_url: Option<String>) -> Result<(), CliError> {
        if self.arguments.no_test {
            return Ok(());
        }
        let (key, secret) = (Some(Secret::new(key.trim())), Some(Secret::new(secret.trim())));
        let settings = GongSettings { key, secret, token: None, base_url, ..self.settings.gong.clone() };
        services::try_gong(&settings).await.map_err(|error| match error.is_passing() {
            true => CliError::from(error).hint("Look at the network, a proxy or a firewall."),
            false => error.into(),
        })?;
        self.start.ui.note("Gong takes the key.");
        Ok(())
    }

    async fn try_claude(&self, key: &str) -> Result<(), CliError> {
        if self.arguments.no_test {
            return Ok(());
        }
        let settings = ClaudeSettings { api_key: Some(Secret::new(key.trim())), ..self.settings.claude.clone() };
        services::try_claude(&settings).await?;
        self.start.ui.note("Claude takes the key.");
        Ok(())
    }

    /// What a flag said must work: there is nobody to ask what else to do.
    fn tried(&self, result: Result<(), CliError>) -> Result<(), CliError> {
        result.map_err(|error| {
            let hint =
                error.hint.iter().cloned().chain(["Nothing was written. To write it untried: --no-test".to_owned()]);
            let hint = hint.collect::<Vec<_>>().join("\n");
            error.hint(hint)
        })
    }

    /// What the person wants after a trial.
    fn next(&mut self, what: &'static str, result: Result<(), CliError>) -> Result<Next, CliError> {
        let Err(error) = result else { return Ok(Next::Keep) };
        self.start.ui.error(&[Some(error.message), error.hint].into_iter().flatten().collect::<Vec<_>>().join("\n"));
        let items = ["Type it again", "Keep it as it is", "Leave it out"];
        Ok(match Select::new().with_prompt("What now?").items(items).default(0).interact()? {
            0 => Next::Again,
            1 => {
                self.not_working.push(what);
                Next::Keep
            }
            _ => Next::LeaveOut,
        })
    }
}

/// The first line of a file, or the next one of standard input, which may hold several secrets.
fn read_secret(file: &Path) -> Result<String, CliError> {
    let mut text = String::new();
    if file == Path::new("-") {
        std::io::stdin().read_line(&mut text)?;
    } else {
        text = fs_err::read_to_string(file)?;
    }
    Ok(text.trim().lines().next().unwrap_or_default().trim().to_owned())
}
