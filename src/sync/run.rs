//! One run over one window.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde::Serialize;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::keep::{Heard, Keeper, Kept};
use super::read::{self, Batch, Page};
use super::window::Window;
use super::{Options, Place, SyncError};
use crate::gong::IDS_A_REQUEST;
use crate::store::PendingCall;
use crate::transcript::gong::CallFacts;

/// Batches that are asked for or wait to be stored. Each holds the words of a hundred calls in memory.
const MAX_BATCHES: usize = 2;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Calls that Gong has listed so far.
    pub calls: u64,
    /// Calls in the window, as far as Gong says.
    pub total: Option<u64>,
    /// Words of calls that were stored.
    pub transcripts: u64,
    /// Calls whose words are still to be asked for.
    pub wanted: u64,
    /// Requests sent.
    pub requests: u32,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Summary {
    /// Calls that began from then on were asked for.
    pub from: jiff::Timestamp,
    /// And before then.
    pub to: jiff::Timestamp,
    /// Whether an interrupted run was gone on with.
    pub resumed: bool,
    /// Where the next run goes on, when the window was too long for one.
    pub rest_from: Option<jiff::Timestamp>,
    /// Calls that Gong listed.
    pub calls: u64,
    /// Calls that were not stored before.
    pub new: u64,
    /// New ones that began before the end of the last sync.
    pub late: u64,
    /// Calls of which Gong says something new.
    pub updated: u64,
    /// Calls whose words were stored.
    pub transcripts: u64,
    /// Calls whose words are not there yet.
    pub pending: u64,
    /// Calls whose words are not waited for any longer.
    pub gave_up: u64,
    /// Calls left out because Gong shows them to some people only.
    pub private: u64,
    /// Calls left out because a person had them removed.
    pub forgotten: u64,
    /// Calls that could not be read or stored.
    pub failed: u64,
    /// Part of the stored words that belong to no known speaker, 0–1.
    pub unattributed_share: Option<f64>,
    /// Requests sent.
    pub requests: u32,
    /// Requests that may be sent today still.
    pub requests_left: u32,
}

/// Reads one window, and the words of every call that lacks them.
///
/// # Errors
/// When Gong or the database fails. What had come is stored, and the next run goes on from there.
pub async fn run(
    place: &Place<'_>,
    options: &Options,
    on_progress: &mut (dyn FnMut(&Progress) + Send),
) -> Result<Summary, SyncError> {
    let workspace = read::workspace(place.requests, options.workspace.as_deref()).await?;
    let key = workspace.clone().unwrap_or_default();
    let window = Window::choose(options.asked, place.store.sync_state(&key).await?, place.now, options.reach)?;
    let keeper = Keeper {
        store: place.store,
        now: place.now,
        include_private: options.include_private,
        rules: &options.rules,
        addresses: read::addresses(place.requests).await?,
    };
    let (send_page, pages) = mpsc::channel(1);
    let (send_wanted, wanted) = mpsc::channel(MAX_BATCHES);
    let (send_batch, batches) = mpsc::channel(1);
    // Both end with this function, however it ends.
    let mut page_reader = JoinSet::new();
    page_reader.spawn(read::pages(Arc::clone(place.requests), window.period, workspace, send_page));
    let mut batch_reader = JoinSet::new();
    batch_reader.spawn(read::batches(Arc::clone(place.requests), wanted, send_batch));
    let mut run = Run {
        place,
        keeper,
        key,
        window,
        queue: place.store.pending_gong_calls().await?.into(),
        asked: 0,
        words: (0, 0),
        total: None,
        summary: Summary {
            from: window.period.from,
            to: window.period.to,
            resumed: window.resumed,
            rest_from: window.rest,
            ..Summary::default()
        },
    };
    run.store_all((pages, &mut page_reader), (batches, &mut batch_reader), send_wanted, on_progress).await?;
    run.finish().await
}

/// A reader's replies, and the reader.
type Source<'a, T> = (mpsc::Receiver<T>, &'a mut JoinSet<Result<(), SyncError>>);

struct Run<'a> {
    place: &'a Place<'a>,
    keeper: Keeper<'a>,
    /// The workspace as the store names it.
    key: String,
    window: Window,
    /// Calls whose words are to be asked for.
    queue: VecDeque<PendingCall>,
    /// Batches that were asked for and are not stored yet.
    asked: usize,
    /// Words stored, and those of nobody.
    words: (usize, usize),
    total: Option<u64>,
    summary: Summary,
}

impl Run<'_> {
    async fn store_all(
        &mut self,
        (mut pages, page_reader): Source<'_, Page>,
        (mut batches, batch_reader): Source<'_, Batch>,
        wanted: mpsc::Sender<Vec<PendingCall>>,
        on_progress: &mut (dyn FnMut(&Progress) + Send),
    ) -> Result<(), SyncError> {
        let mut is_listed = false;
        loop {
            while self.asked < MAX_BATCHES
                && (self.queue.len() >= IDS_A_REQUEST || (is_listed && !self.queue.is_empty()))
            {
                let batch = self.queue.drain(..self.queue.len().min(IDS_A_REQUEST)).collect();
                if wanted.send(batch).await.is_err() {
                    return Err(reason(batch_reader).await);
                }
                self.asked += 1;
            }
            if is_listed && self.asked == 0 {
                return Ok(());
            }
            tokio::select! {
                batch = batches.recv(), if self.asked > 0 => match batch {
                    Some(batch) => self.store_batch(batch).await?,
                    None => return Err(reason(batch_reader).await),
                },
                page = pages.recv(), if !is_listed && self.queue.len() < MAX_BATCHES * IDS_A_REQUEST => match page {
                    Some(page) => self.store_page(page).await?,
                    None => {
                        ended(page_reader).await?;
                        is_listed = true;
                        self.place.store.put_sync_state(&self.key, &self.window.finished()).await?;
                    }
                },
            }
            on_progress(&Progress {
                calls: self.summary.calls,
                total: self.total,
                transcripts: self.summary.transcripts,
                wanted: (self.queue.len() + self.asked * IDS_A_REQUEST) as u64,
                requests: self.place.requests.sent(),
            });
        }
    }

    /// Stores the calls of a page, and then how far it got.
    async fn store_page(&mut self, page: Page) -> Result<(), SyncError> {
        self.total = self.total.or(page.total);
        self.summary.calls += (page.calls.len() + page.unreadable) as u64;
        self.summary.failed += page.unreadable as u64;
        let ids: Vec<&str> = page.calls.iter().filter_map(CallFacts::id).collect();
        let known = self.place.store.known_gong_calls(&ids).await?;
        for facts in &page.calls {
            let kept = self.keeper.facts(facts, facts.id().and_then(|id| known.get(id))).await?;
            self.count(facts, kept);
        }
        Ok(self.place.store.put_sync_state(&self.key, &self.window.until(page.done_to)).await?)
    }

    fn count(&mut self, facts: &CallFacts, kept: Kept) {
        let summary = &mut self.summary;
        match kept {
            Kept::Stored { is_new, wanted } => {
                let is_late = is_new && self.window.is_late(facts.started_at());
                summary.new += u64::from(is_new);
                summary.late += u64::from(is_late);
                summary.updated += u64::from(!is_new);
                self.queue.extend(wanted);
            }
            Kept::Unchanged => {}
            Kept::Private => summary.private += 1,
            Kept::Forgotten => summary.forgotten += 1,
            Kept::Nameless => summary.failed += 1,
        }
    }

    async fn store_batch(&mut self, batch: Batch) -> Result<(), SyncError> {
        self.asked -= 1;
        let mut words: HashMap<String, _> =
            batch.words.into_iter().filter_map(|words| Some((words.call_id.clone()?, words))).collect();
        for pending in &batch.wanted {
            match self.keeper.words(pending, words.remove(&pending.ext_id)).await? {
                Heard::Words { all, unattributed } => {
                    self.summary.transcripts += 1;
                    self.words.0 += all;
                    self.words.1 += unattributed;
                }
                Heard::Pending => self.summary.pending += 1,
                Heard::GaveUp => self.summary.gave_up += 1,
                Heard::Refused => self.summary.failed += 1,
            }
        }
        Ok(())
    }

    async fn finish(self) -> Result<Summary, SyncError> {
        let (all, unattributed) = self.words;
        Ok(Summary {
            unattributed_share: (all > 0).then(|| unattributed as f64 / all as f64),
            requests: self.place.requests.sent(),
            requests_left: self.place.requests.left_today().await?,
            ..self.summary
        })
    }
}

/// How a reader ended.
async fn ended(reader: &mut JoinSet<Result<(), SyncError>>) -> Result<(), SyncError> {
    reader.join_next().await.unwrap_or(Ok(Ok(()))).map_err(|_| SyncError::Broken)?
}

/// Why a reader ended that should not have.
async fn reason(reader: &mut JoinSet<Result<(), SyncError>>) -> SyncError {
    ended(reader).await.err().unwrap_or(SyncError::Broken)
}
