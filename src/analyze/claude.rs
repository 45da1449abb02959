//! Claude's answers: one request a dimension, the first one streamed, the others as soon as it has begun to be
//! answered and the call's words lie in the service's cache. Each answer is verified and stored the moment it is there.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use futures_util::future::{BoxFuture, join_all};
use sha2::{Digest as _, Sha256};
use tokio::sync::oneshot;

use super::Prepared;
use super::budget::{Budget, OverBudget};
use crate::claude::models::Model;
use crate::claude::prompt::{self, ShownCall};
use crate::claude::reply::{self, Faults, Reading};
use crate::claude::shown::shown;
use crate::claude::{ClaudeError, Client, Message, MessageRequest, StopReason, TokenUsage};
use crate::model::answers::{Claims, Usage};
use crate::model::transcript::{Transcript, hex};
use crate::rubric::Rubric;

/// English has about as many characters a token; only for what is labelled as rough.
const CHARS_PER_TOKEN: f64 = 3.2;
/// A model of unknown size may read no more tokens than this at once.
const SMALLEST_WINDOW: u64 = 100_000;

/// Anthropic's model, or another that speaks its API.
#[derive(Debug)]
pub struct Claude {
    /// The connection.
    pub client: Client,
    /// The model that is asked.
    pub model: Model,
    /// What is true of the product, if the user says so.
    pub facts: Option<String>,
    /// What may be spent.
    pub budget: Budget,
}

impl Claude {
    /// Why nobody is asked where what it costs is limited and the model has no price.
    pub fn no_limit_can_be_kept(&self) -> ClaudeError {
        ClaudeError::Settings(format!("the price of {} is not known, so no limit can be kept", self.model.name))
    }
}

/// Why a dimension has no answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Claude did not answer.
    #[error(transparent)]
    Claude(#[from] ClaudeError),
    /// It would have cost too much.
    #[error(transparent)]
    OverBudget(#[from] OverBudget),
}

impl AskError {
    /// What happened, for whoever did not set this up.
    pub fn outline(&self) -> String {
        match self {
            AskError::Claude(error) => error.outline(),
            AskError::OverBudget(error) => error.to_string(),
        }
    }

    /// Whether the next request will fail in the same way.
    fn concerns_all(&self) -> bool {
        match self {
            AskError::Claude(error) => error.concerns_all(),
            AskError::OverBudget(_) => true,
        }
    }
}

/// What Claude said about one dimension, not verified yet.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) claims: Claims,
    pub(super) faults: Faults,
    /// The model, as the service names it.
    pub(super) model: String,
    pub(super) usage: Usage,
    /// The service's ids of the requests, in order.
    pub(super) request_ids: Vec<String>,
}

/// One call as Claude is asked about it.
pub(super) struct Conversation<'a> {
    claude: &'a Claude,
    /// The words as they are shown.
    pub(super) shown: Transcript,
    block: String,
    prepared: &'a Prepared,
    /// What all requests took, those without a usable reply included.
    spent: Mutex<Usage>,
}

/// One dimension that is to be asked about.
pub(super) struct Question<'a> {
    pub(super) rubric: &'a Rubric,
    /// Under what the answers are kept: the hash of the very bytes that are sent.
    pub(super) key: String,
    questions: String,
    checks: Vec<&'a str>,
}

impl<'a> Conversation<'a> {
    pub(super) fn new(claude: &'a Claude, prepared: &'a Prepared) -> Self {
        let transcript = shown(&prepared.transcript);
        let Prepared { call, rep, metrics, duration_ms, .. } = prepared;
        let call = ShownCall { call, transcript: &transcript, rep: *rep, metrics, duration_ms: *duration_ms };
        let block = call.block();
        Conversation { claude, shown: transcript, block, prepared, spent: Mutex::default() }
    }

    /// The question about a dimension.
    ///
    /// # Errors
    /// When the request cannot be written.
    pub(super) fn question<'q>(&self, rubric: &'q Rubric) -> anyhow::Result<Question<'q>> {
        let facts = self.claude.facts.as_deref();
        let call_type = self.prepared.call.call_type;
        let questions = prompt::questions(rubric, call_type, facts);
        let checks = prompt::asked(rubric, call_type, facts.is_some()).map(|(check, _)| check.id.as_str()).collect();
        let [size, _] = self.claude.model.reply_sizes();
        let body = serde_json::to_vec(&prompt::request(&self.claude.model, &self.block, &questions, size)?)?;
        Ok(Question { rubric, key: hex(&Sha256::digest(&body)), questions, checks })
    }

    /// What all requests took.
    pub(super) fn spent(&self) -> Usage {
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks all questions and hands each answer to `keep` as soon as it is there. The answers come in the order of the
    /// questions, with the reason for each that there is none to.
    ///
    /// # Errors
    /// When the call is too long for the model, or an answer cannot be kept.
    pub(super) async fn ask_all<'q, 'b, 'k, T>(
        &self,
        questions: &'q [Question<'b>],
        keep: impl Fn(&Question<'b>, Said) -> BoxFuture<'k, anyhow::Result<T>>,
    ) -> anyhow::Result<Vec<Result<T, AskError>>> {
        self.check_length(questions).await?;
        let ask = async |question: &'q Question<'b>, started: Option<oneshot::Sender<()>>| match self
            .ask(question, started)
            .await
        {
            Ok(said) => anyhow::Ok(Ok(keep(question, said).await?)),
            Err(error) => Ok(Err(error)),
        };
        let mut waiting: VecDeque<_> = questions.iter().collect();
        let mut done = Vec::new();
        // What is too short for the service's cache gains nothing by waiting.
        while self.is_cached_by_service()
            && let Some(first) = waiting.pop_front()
        {
            let (started, has_started) = oneshot::channel();
            let mut first = std::pin::pin!(ask(first, Some(started)));
            let early = tokio::select! {
                biased;
                early = &mut first => Some(early?),
                started = has_started => match started {
                    Ok(()) => None,
                    // It ended without a start.
                    Err(_) => Some(first.as_mut().await?),
                },
            };
            let Some(result) = early else {
                let others = join_all(waiting.drain(..).map(|question| ask(question, None)));
                let (first, others) = tokio::join!(first, others);
                done.push(first?);
                done.extend(others.into_iter().collect::<anyhow::Result<Vec<_>>>()?);
                break;
            };
            let fatal = result.as_ref().err().filter(|error| error.concerns_all()).cloned();
            done.push(result);
            if let Some(error) = fatal {
                done.extend(waiting.drain(..).map(|_| Err(error.clone())));
            }
        }
        let rest = join_all(waiting.drain(..).map(|question| ask(question, None))).await;
        done.extend(rest.into_iter().collect::<anyhow::Result<Vec<_>>>()?);
        Ok(done)
    }

    fn is_cached_by_service(&self) -> bool {
        rough_tokens(self.block.len()) >= self.claude.model.min_cache
    }

    /// One question, with at most one request to mend a reply that cannot be used.
    async fn ask(&self, question: &Question<'_>, started: Option<oneshot::Sender<()>>) -> Result<Said, AskError> {
        let mut talk = Talk { started, usage: Usage::default(), request_ids: Vec::new(), model: String::new() };
        if question.checks.is_empty() && !question.rubric.collects_objections {
            return Ok(talk.said(Reading { claims: Claims::default(), faults: Faults::default() }));
        }
        let read = |text: &str| reply::read(text, &question.checks, self.shown.lines.len());
        let first = self.complete(question, None, &mut talk).await?;
        match read(&first) {
            Ok(reading) => Ok(talk.said(reading)),
            Err(reason) => {
                tracing::info!(dimension = %question.rubric.id, "asking for a better reply: {reason}");
                let complaint = prompt::repair(&reason);
                let second = self.complete(question, Some((&first, &complaint)), &mut talk).await?;
                let reading = read(&second).map_err(|reason| ClaudeError::BadReply { reason })?;
                Ok(talk.said(reading))
            }
        }
    }

    /// One whole reply: once more with more room if it did not fit, and once more if it broke off.
    async fn complete(
        &self,
        question: &Question<'_>,
        mend: Option<(&str, &str)>,
        talk: &mut Talk,
    ) -> Result<String, AskError> {
        let [small, large] = self.claude.model.reply_sizes();
        let mut size = small;
        let mut broke_off = false;
        loop {
            let message = match self.send(question, mend, size, talk).await {
                Err(AskError::Claude(ClaudeError::BrokenOff { .. })) if !broke_off => {
                    broke_off = true;
                    continue;
                }
                other => other?,
            };
            match message.stop {
                StopReason::EndTurn => return Ok(message.text),
                StopReason::MaxTokens if size < large => size = large,
                StopReason::MaxTokens => return Err(ClaudeError::MaxTokens { max_tokens: size }.into()),
                StopReason::Refusal => return Err(ClaudeError::Declined { model: message.model }.into()),
                StopReason::Other => {
                    let reason = "the model stopped for a reason that this program does not know".to_owned();
                    return Err(ClaudeError::BadReply { reason }.into());
                }
            }
        }
    }

    async fn send(
        &self,
        question: &Question<'_>,
        mend: Option<(&str, &str)>,
        size: u32,
        talk: &mut Talk,
    ) -> Result<Message, AskError> {
        let Claude { client, model, budget, .. } = self.claude;
        let request = self.request(question, size)?;
        let request = match mend {
            Some((reply, complaint)) => request.repaired(reply, complaint),
            None => request,
        };
        let body = serde_json::to_vec(&request).map_err(unwritable)?;
        let worst = model.worst_cost(body.len(), size);
        if worst.is_none() && budget.is_limited() {
            return Err(self.claude.no_limit_can_be_kept().into());
        }
        let reserved = budget.reserve(worst.unwrap_or_default()).await?;
        tracing::debug!(dimension = %question.rubric.id, bytes = body.len(), size, "asking");
        let result = client
            .message(&body, || {
                if let Some(started) = talk.started.take() {
                    // Nobody waits any more when the run was given up.
                    let _ = started.send(());
                }
            })
            .await;
        match &result {
            Ok(message) => {
                let cost = model.cost(&message.usage);
                reserved.settle(cost.unwrap_or_default());
                let usage = usage_of(&message.usage, cost);
                tracing::debug!(dimension = %question.rubric.id, ?usage, id = message.request_id, "answered");
                talk.usage.add(&usage);
                self.spent.lock().unwrap_or_else(PoisonError::into_inner).add(&usage);
                talk.request_ids.extend(message.request_id.clone());
                talk.model.clone_from(&message.model);
            }
            // Part of a reply is paid for, but nobody says how much.
            Err(ClaudeError::BrokenOff { .. } | ClaudeError::TimedOut { .. }) => drop(reserved),
            Err(_) => reserved.settle(0),
        }
        Ok(result?)
    }

    fn request<'q>(&'q self, question: &'q Question<'_>, size: u32) -> Result<MessageRequest<'q>, ClaudeError> {
        prompt::request(&self.claude.model, &self.block, &question.questions, size).map_err(unwritable)
    }

    /// Nothing is ever cut: what the model cannot read at once is refused with the figures.
    async fn check_length(&self, questions: &[Question<'_>]) -> Result<(), ClaudeError> {
        let model = &self.claude.model;
        let Some(longest) = questions.iter().max_by_key(|question| question.questions.len()) else { return Ok(()) };
        let [reply, _] = model.reply_sizes();
        let request = self.request(longest, reply)?;
        let chars = request.chars();
        let known = model.context.map(|context| context.saturating_sub(reply.into()));
        let is_long = |window: u64| chars as u64 / 2 > window;
        let window = match known {
            Some(window) => Some(window),
            None if is_long(SMALLEST_WINDOW) => {
                self.claude.client.about(&model.name).await.ok().and_then(|about| about.max_input_tokens)
            }
            None => None,
        };
        let Some(window) = window.filter(|window| is_long(*window)) else { return Ok(()) };
        let tokens = self.claude.client.count_tokens(&request).await.unwrap_or_else(|_| rough_tokens(chars));
        if tokens > window {
            return Err(ClaudeError::TooLong { model: model.name.clone(), tokens, window });
        }
        Ok(())
    }

    /// The tokens of one question with the call, and whether the service counted them.
    pub(super) async fn tokens(&self, question: &Question<'_>) -> Result<(u64, bool), ClaudeError> {
        let [reply, _] = self.claude.model.reply_sizes();
        let request = self.request(question, reply)?;
        let rough = (rough_tokens(request.chars()), false);
        if !self.claude.client.can_ask() {
            return Ok(rough);
        }
        Ok(self.claude.client.count_tokens(&request).await.map_or(rough, |tokens| (tokens, true)))
    }

    /// The most that one question can cost, in millionths of a US dollar; `None` when the price is not known.
    pub(super) fn worst_cost(&self, question: &Question<'_>) -> Result<Option<u64>, ClaudeError> {
        let [reply, _] = self.claude.model.reply_sizes();
        let body = serde_json::to_vec(&self.request(question, reply)?).map_err(unwritable)?;
        Ok(self.claude.model.worst_cost(body.len(), reply))
    }

    /// How many tokens the call alone has, roughly: what the service keeps in its cache.
    pub(super) fn shared_tokens(&self) -> u64 {
        if self.is_cached_by_service() { rough_tokens(self.block.len()) } else { 0 }
    }
}

/// What is known about the requests for one dimension.
struct Talk {
    started: Option<oneshot::Sender<()>>,
    usage: Usage,
    request_ids: Vec<String>,
    model: String,
}

impl Talk {
    fn said(self, reading: Reading) -> Said {
        let Talk { usage, request_ids, model, .. } = self;
        Said { claims: reading.claims, faults: reading.faults, model, usage, request_ids }
    }
}

fn rough_tokens(chars: usize) -> u64 {
    (chars as f64 / CHARS_PER_TOKEN) as u64
}

fn unwritable(error: serde_json::Error) -> ClaudeError {
    ClaudeError::Settings(format!("the request cannot be written: {error}"))
}

fn usage_of(tokens: &TokenUsage, cost: Option<u64>) -> Usage {
    Usage {
        input_tokens: tokens.input_tokens,
        output_tokens: tokens.output_tokens,
        cache_read_tokens: tokens.cache_read_input_tokens,
        cache_write_tokens: tokens.cache_creation_input_tokens,
        requests: 1,
        cost_microusd: cost,
    }
}
