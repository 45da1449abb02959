//! `init`: a short guided set-up.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::super::app::Start;
use super::super::config_file::ConfigFile;
use super::super::error::{CliError, Kind};
use super::super::setup::Setup;
use super::doctor;
use crate::config::Settings;
use crate::render::text;

const FLAGS: &str = "--database-url, --company-domains, --gong-api-key-file with \
                     --gong-api-secret-file, --gong-api-base-url, --anthropic-api-key-file";

/// Set up in a few questions: where the data lives, your company, Gong, Claude.
#[derive(Debug, Args)]
#[command(
    after_help = "Answers go into the configuration file, which only you can read; what stands there already is kept \
    unless you change it. Where there is nobody to ask, what no flag says stays as it is. --database-url says where \
    the data lives."
)]
pub(in crate::cli) struct Arguments {
    /// Your company's e-mail domains, separated by commas.
    #[arg(long, value_name = "LIST")]
    pub(in crate::cli) company_domains: Option<String>,
    /// A file with Gong's access key; - for a line of standard input.
    #[arg(long, value_name = "FILE", requires = "gong_api_secret_file")]
    pub(in crate::cli) gong_api_key_file: Option<PathBuf>,
    /// A file with the access key's secret; - for a line of standard input.
    #[arg(long, value_name = "FILE", requires = "gong_api_key_file")]
    pub(in crate::cli) gong_api_secret_file: Option<PathBuf>,
    /// Gong's address for your company.
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) gong_api_base_url: Option<String>,
    /// A file with Anthropic's key; - for a line of standard input.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) anthropic_api_key_file: Option<PathBuf>,
    /// Leave Gong as it is.
    #[arg(long, conflicts_with_all = ["gong_api_key_file", "gong_api_base_url"])]
    pub(in crate::cli) no_gong: bool,
    /// Leave Claude as it is.
    #[arg(long, conflicts_with = "anthropic_api_key_file")]
    pub(in crate::cli) no_claude: bool,
    /// Try neither keys nor database.
    #[arg(long)]
    pub(in crate::cli) no_test: bool,
}

impl Arguments {
    /// Whether a flag answers something.
    fn answer_something(&self) -> bool {
        self.company_domains.is_some()
            || self.gong_api_key_file.is_some()
            || self.gong_api_base_url.is_some()
            || self.anthropic_api_key_file.is_some()
    }
}

pub(in crate::cli) async fn run(start: &Start<'_>, arguments: &Arguments) -> Result<ExitCode, CliError> {
    if !start.ui.may_ask() && !arguments.answer_something() && start.flags.database_url.is_none() {
        return Err(CliError::new(Kind::Usage, "there is nobody to ask, and no flag says what to set")
            .hint(format!("Flags that answer: {FLAGS}")));
    }
    let file = ConfigFile::of(start)?;
    let settings = Settings::of_text(&file.text, &file.path, &start.environment)?;
    if start.ui.may_ask() {
        start.ui.note(&format!("answers go into {};\nEnter takes what stands in brackets", file.path.display()));
    }
    let mut setup = Setup { start, arguments, settings, file, not_working: Vec::new() };
    setup.data().await?;
    setup.company()?;
    setup.gong().await?;
    setup.claude().await?;
    setup.file.write(start)?;
    start.ui.note(&format!("{} is written; only you can read it", setup.file.path.display()));
    let code = doctor::run(start, &doctor::Arguments { live: false }).await?;
    if !setup.not_working.is_empty() {
        let named: Vec<String> = setup.not_working.iter().map(|what| (*what).to_owned()).collect();
        start.ui.note(&format!(
            "what you typed for {} did not work, and was kept.\nTry it again: call-coach doctor --live",
            text::list(&named)
        ));
    }
    Ok(code)
}
