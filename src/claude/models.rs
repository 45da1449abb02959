//! What models cost and how much they read: data, since it moves.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::wire::TokenUsage;

/// Asked unless another is named.
pub const DEFAULT_MODEL: &str = "claude-sonnet-5-5";

const EMBEDDED: &str = include_str!("models.toml");
/// Room for a reply with its thoughts, at first …
const FIRST_REPLY: u32 = 16_000;
/// … and when it did not fit.
const SECOND_REPLY: u32 = 32_000;

/// What is known about one model.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Its name, as typed.
    #[serde(skip)]
    pub name: String,
    /// Tokens that fit into a prompt and its reply together.
    pub context: Option<u64>,
    /// Most tokens of a reply.
    pub max_output: Option<u32>,
    /// Smallest prompt, in tokens, that the service's cache takes.
    #[serde(default)]
    pub min_cache: u64,
    /// How much thought to ask for; `None` for a model that cannot be told.
    pub effort: Option<String>,
    /// Prices by size of the prompt, smallest first.
    #[serde(default, rename = "price")]
    prices: Vec<Price>,
}

/// US dollars for a million tokens, which is millionths of a dollar for one.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Price {
    /// It holds for prompts of up to this many tokens.
    up_to: Option<u64>,
    input: f64,
    output: f64,
    cache_write: f64,
    cache_read: f64,
}

/// The user's file of models has a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the file of models cannot be used: {0}")]
pub struct ModelsError(String);

impl Model {
    /// What is known about a model: by the user's file, else by the program. A name with the day of its release
    /// behind it means the same model.
    ///
    /// # Errors
    /// When the user's file has a mistake.
    pub fn find(name: &str, user: Option<&str>) -> Result<Self, ModelsError> {
        let parse = |text: &str| -> Result<BTreeMap<String, Model>, ModelsError> {
            toml::from_str(text).map_err(|error| ModelsError(error.to_string().trim().replace('\n', " ")))
        };
        let mut known = parse(EMBEDDED)?;
        known.extend(user.map(parse).transpose()?.unwrap_or_default());
        let undated =
            name.rsplit_once('-').filter(|(_, day)| day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()));
        let found = known.remove(name).or_else(|| known.remove(undated?.0)).unwrap_or_default();
        Ok(Model { name: name.to_owned(), ..found })
    }

    /// Whether its price is known.
    pub fn has_price(&self) -> bool {
        !self.prices.is_empty()
    }

    /// Sizes of reply to ask for, one after the other: what did not fit into one is asked for with the next.
    pub fn reply_sizes(&self) -> [u32; 2] {
        [FIRST_REPLY, SECOND_REPLY].map(|size| size.min(self.max_output.unwrap_or(u32::MAX)))
    }

    /// The price in millionths of a US dollar; `None` when it is not known.
    pub fn cost(&self, usage: &TokenUsage) -> Option<u64> {
        let price = self.price(usage.prompt())?;
        let cost = usage.input_tokens as f64 * price.input
            + usage.output_tokens as f64 * price.output
            + usage.cache_creation_input_tokens as f64 * price.cache_write
            + usage.cache_read_input_tokens as f64 * price.cache_read;
        // Tenths and hundredths have no exact form: 0.1 + 0.2 is no reason to charge a millionth more.
        Some((cost - 1e-6).ceil().max(0.0) as u64)
    }

    /// The most that a request can cost, in millionths of a US dollar: a token holds at least one byte, all of the
    /// prompt is written to the cache, and the reply takes all its room.
    pub fn worst_cost(&self, prompt_bytes: usize, max_tokens: u32) -> Option<u64> {
        let prompt = u64::try_from(prompt_bytes).unwrap_or(u64::MAX);
        let usage = TokenUsage { output_tokens: max_tokens.into(), ..TokenUsage::default() };
        let written = TokenUsage { cache_creation_input_tokens: prompt, ..usage };
        let read = TokenUsage { input_tokens: prompt, ..usage };
        Some(self.cost(&written)?.max(self.cost(&read)?))
    }

    fn price(&self, prompt: u64) -> Option<&Price> {
        self.prices.iter().find(|price| price.up_to.is_none_or(|limit| prompt <= limit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(input: u64, output: u64, written: u64, read: u64) -> TokenUsage {
        TokenUsage {
            input_tokens: input,
            output_tokens: output,
            cache_creation_input_tokens: written,
            cache_read_input_tokens: read,
        }
    }

    #[test]
    fn prices_are_those_of_the_list() {
        let cost = |name: &str, usage| Model::find(name, None).expect("good").cost(&usage);
        assert_eq!(cost("claude-sonnet-5-5", usage(1_000_000, 0, 0, 0)), Some(2_000_000));
        assert_eq!(cost("claude-sonnet-5-5", usage(100, 2_500, 12_000, 0)), Some(200 + 25_000 + 30_000));
        assert_eq!(cost("claude-opus-5-5-20261001", usage(0, 10, 0, 1_000)), Some(400));
        // Haiku's price steps with the prompt, cached parts included.
        assert_eq!(cost("claude-haiku-5-5", usage(50_000, 0, 0, 50_000)), Some(5_500));
        assert_eq!(cost("claude-haiku-5-5", usage(50_000, 0, 0, 50_001)), Some(27_501));
        assert_eq!(cost("llama-70b", usage(1, 1, 1, 1)), None);
        assert_eq!(cost("claude-haiku-4-5", usage(1, 1, 1, 1)), None);
    }

    #[test]
    fn the_worst_is_never_less_than_what_comes() {
        let model = Model::find("claude-haiku-5-5", None).expect("good");
        let worst = model.worst_cost(150_000, 16_000).expect("known");
        for real in [usage(150_000, 16_000, 0, 0), usage(0, 16_000, 150_000, 0), usage(100, 2_000, 0, 100_000)] {
            assert!(model.cost(&real).expect("known") <= worst);
        }
    }

    #[test]
    fn a_users_file_replaces_and_adds() {
        let user = "[claude-sonnet-5-5]\nprice = [{ input = 1, output = 1, cache_write = 1, cache_read = 1 }]\n[mine]\ncontext = 8_192\nmax_output = 4_096";
        let sonnet = Model::find("claude-sonnet-5-5", Some(user)).expect("good");
        assert_eq!((sonnet.cost(&usage(1, 1, 1, 1)), sonnet.effort), (Some(4), None));
        let mine = Model::find("mine", Some(user)).expect("good");
        assert_eq!((mine.context, mine.reply_sizes()), (Some(8_192), [4_096, 4_096]));
        assert!(Model::find("mine", Some("[mine]\nprize = []")).expect_err("a mistake").to_string().contains("prize"));
    }
}
