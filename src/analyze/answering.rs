//! Who answers a call's checks: the store, else the analyst. What an analyst says is verified and kept the moment it is
//! there, since it may have been paid for.

use std::cell::OnceCell;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt as _;

use super::claude::{AskError, Claude, Conversation, Question, Said};
use super::run::Run;
use super::{Analyst, keys, local};
use crate::claude::prompt;
use crate::model::answers::{AnalystKind, Answers, Claims, Usage};
use crate::model::objection::Objection;
use crate::model::transcript::Transcript;
use crate::rubric::Rubric;
use crate::scoring::evidence::Hearing;
use crate::scoring::verify::{Asked, verify};
use crate::store::{AnswersId, NewAnswers, StoredAnswers};

/// One dimension's answers with their place in the store.
pub(super) struct Answered<'a> {
    pub(super) rubric: &'a Rubric,
    pub(super) id: AnswersId,
    pub(super) answers: Answers,
    pub(super) model: String,
    pub(super) cached: bool,
}

impl<'a> Answered<'a> {
    fn stored(rubric: &'a Rubric, stored: StoredAnswers) -> Self {
        Answered { rubric, id: stored.id, answers: stored.answers, model: stored.model, cached: true }
    }
}

/// What is known after all were asked.
#[derive(Default)]
pub(super) struct Answering<'a> {
    /// In the order of the rubrics.
    pub(super) answered: Vec<Answered<'a>>,
    pub(super) failed: Vec<(&'a Rubric, AskError)>,
    pub(super) objections: Vec<Objection>,
    pub(super) spent: Spent,
    pub(super) notes: Vec<String>,
}

/// What it took.
#[derive(Default)]
pub(super) struct Spent {
    pub(super) usage: Usage,
    pub(super) request_ids: Vec<String>,
    pub(super) sent_to: Option<String>,
}

/// What an analyst said, with all that is kept beside it.
struct Told<'a> {
    key: &'a str,
    model: String,
    prompt_hash: Option<String>,
    answers: Answers,
    usage: Usage,
    request_id: Option<String>,
}

impl<'a> Run<'a> {
    pub(super) async fn ask(&self) -> anyhow::Result<Answering<'_>> {
        let rubrics = self.asked()?;
        let mut answering = match self.analyst {
            Analyst::Local => self.ask_local(&rubrics).await?,
            Analyst::Claude(claude) => self.ask_claude(claude, &rubrics).await?,
            Analyst::Stored => self.ask_nobody(&rubrics).await?,
        };
        let of_answers = |one: &Answered<'_>| one.answers.objections.clone();
        answering.objections = answering.answered.iter().flat_map(of_answers).collect();
        let owner = self.set.dimensions.iter().find(|rubric| rubric.collects_objections);
        if let Some(owner) = owner.filter(|owner| !answering.answered.iter().any(|one| one.rubric.id == owner.id))
            && self.analyst.kind() == AnalystKind::Claude
        {
            let claims = local::answer(&self.prepared.conversation(self.set), owner);
            answering.objections = self.verified(owner, &claims, &self.prepared.transcript, false).objections;
            if !answering.objections.is_empty() {
                answering
                    .notes
                    .push("The concerns were found by the built-in analyst: Claude was not asked.".to_owned());
            }
        }
        Ok(answering)
    }

    async fn ask_local<'b>(&self, rubrics: &[&'b Rubric]) -> anyhow::Result<Answering<'b>> {
        // Preparing the words takes longer than answering: once, and only when somebody has to listen.
        let conversation = OnceCell::new();
        let mut answering = Answering::default();
        for &rubric in rubrics {
            let key = keys::local(&self.prepared, self.set, rubric);
            if let Some(stored) = self.stored(&key, rubric).await? {
                answering.answered.push(Answered::stored(rubric, stored));
                self.tell(rubric, answering.answered.len(), rubrics.len());
                continue;
            }
            let claims = local::answer(conversation.get_or_init(|| self.prepared.conversation(self.set)), rubric);
            let mut answers = self.verified(rubric, &claims, &self.prepared.transcript, false);
            local::temper(rubric, &mut answers);
            let told = Told {
                key: &key,
                model: local::VERSION.to_owned(),
                prompt_hash: None,
                answers,
                usage: Usage::default(),
                request_id: None,
            };
            answering.answered.push(self.keep_answers(rubric, told).await?);
            self.tell(rubric, answering.answered.len(), rubrics.len());
        }
        Ok(answering)
    }

    async fn ask_claude<'b>(&self, claude: &Claude, rubrics: &[&'b Rubric]) -> anyhow::Result<Answering<'b>> {
        let conversation = Conversation::new(claude, &self.prepared);
        let mut answering = Answering::default();
        let mut open: Vec<(&'b Rubric, Question<'b>)> = Vec::new();
        for &rubric in rubrics {
            let question = conversation.question(rubric)?;
            match self.stored(&question.key, rubric).await? {
                Some(stored) => {
                    answering.answered.push(Answered::stored(rubric, stored));
                    self.tell(rubric, answering.answered.len(), rubrics.len());
                }
                None => open.push((rubric, question)),
            }
        }
        if open.is_empty() {
            return Ok(answering);
        }
        let (rubrics_of_open, questions): (Vec<&'b Rubric>, Vec<Question<'b>>) = open.into_iter().unzip();
        let answered = AtomicUsize::new(answering.answered.len());
        // A boxed future: an async closure's own is not known to be `Send`, and the server's threads need that.
        let keep = |question: &Question<'b>, said: Said| {
            let Said { claims, faults, model, usage, request_ids } = said;
            let (rubric, key) = (question.rubric, question.key.clone());
            let answers = self.verified(rubric, &claims, &conversation.shown, claude.facts.is_some());
            let answered = &answered;
            async move {
                let told = Told {
                    key: &key,
                    model: if model.is_empty() { claude.model.name.clone() } else { model },
                    prompt_hash: Some(prompt::hash()),
                    answers,
                    usage,
                    request_id: (!request_ids.is_empty()).then(|| request_ids.join(" ")),
                };
                let kept = self.keep_answers(rubric, told).await?;
                self.tell(rubric, answered.fetch_add(1, Ordering::Relaxed) + 1, rubrics.len());
                Ok((kept, faults, request_ids))
            }
            .boxed()
        };
        for (rubric, result) in rubrics_of_open.into_iter().zip(conversation.ask_all(&questions, keep).await?) {
            match result {
                Ok((answered, faults, request_ids)) => {
                    if !faults.is_empty() {
                        let title = &rubric.title;
                        answering.notes.push(format!("Left out of Claude's reply on {title}: {faults}."));
                    }
                    answering.spent.request_ids.extend(request_ids);
                    answering.answered.push(Answered { rubric, ..answered });
                }
                Err(error) => answering.failed.push((rubric, error)),
            }
        }
        let place = |wanted: &Rubric| rubrics.iter().position(|rubric| rubric.id == wanted.id);
        answering.answered.sort_by_key(|one| place(one.rubric));
        answering.spent.usage = conversation.spent();
        answering.spent.sent_to = Some(claude.client.host().to_owned());
        Ok(answering)
    }

    async fn ask_nobody<'b>(&self, rubrics: &[&'b Rubric]) -> anyhow::Result<Answering<'b>> {
        let mut answering = Answering::default();
        let of = (self.prepared.call_ref, self.rep);
        for &rubric in rubrics {
            let current = self.store.current_answers(of, &rubric.id).await?;
            let fits =
                |stored: &StoredAnswers| stored.analyst == AnalystKind::Claude && stored.transcript == self.transcript;
            answering.answered.extend(current.filter(fits).map(|stored| Answered::stored(rubric, stored)));
        }
        Ok(answering)
    }

    pub(super) async fn stored(&self, key: &str, rubric: &Rubric) -> anyhow::Result<Option<StoredAnswers>> {
        let Some(since) = self.request.answers_since else { return Ok(None) };
        let of = (self.prepared.call_ref, self.rep);
        Ok(self.store.newest_answers(key, of, &rubric.id, Some(since)).await?)
    }

    fn verified(&self, rubric: &Rubric, claims: &Claims, shown: &Transcript, has_facts: bool) -> Answers {
        let hearing = Hearing {
            transcript: &self.prepared.transcript,
            shown,
            parties: &self.prepared.call.parties,
            rep: self.prepared.rep,
        };
        verify(rubric, claims, &hearing, Asked { call_type: self.prepared.call.call_type, has_facts })
    }

    async fn keep_answers<'b>(&self, rubric: &'b Rubric, told: Told<'_>) -> anyhow::Result<Answered<'b>> {
        let new = NewAnswers {
            answers_key: told.key.to_owned(),
            call: self.prepared.call_ref,
            transcript: self.transcript,
            rep: self.rep,
            dimension: rubric.id.clone(),
            analyst: self.analyst.kind(),
            model: told.model,
            questions_hash: self.set.questions_hash(rubric),
            prompt_hash: told.prompt_hash,
            answers: told.answers,
            usage: told.usage,
            request_id: told.request_id,
        };
        let id = self.store.append_answers(&new, self.now).await?;
        Ok(Answered { rubric, id, answers: new.answers, model: new.model, cached: false })
    }
}
