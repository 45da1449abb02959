//! How a call is named on the command line: a file, `-`, a reference such as `c412`, the source's id or its URL.

use std::io::Read as _;
use std::path::Path;

use clap::Args;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::super::app::App;
use super::super::error::{CliError, Kind};
use super::super::gong;
use super::undated;
use crate::import::{Details, import};
use crate::model::call::CallType;
use crate::model::ids::CallRef;
use crate::named::{self, Meaning};
use crate::store::{PutCall, Store};
use crate::sync;
use crate::transcript::{self, InputFile};

/// The name of standard input.
pub(super) const STDIN: &str = "-";

/// What a person says about a call; it beats what the file says.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "About the call")]
pub(in crate::cli) struct DetailArguments {
    /// What the call is called.
    #[arg(long)]
    title: Option<String>,
    /// When it began, such as 2026-02-14T15:02 or 2026-02-14.
    #[arg(long, value_name = "TIME")]
    started_at: Option<String>,
    /// Its kind: cold_call, discovery, demo, technical, negotiation, follow_up, renewal or support.
    #[arg(long, value_name = "KIND")]
    call_type: Option<CallType>,
    /// The product it was about.
    #[arg(long)]
    product: Option<String>,
    /// The customer's company.
    #[arg(long, value_name = "COMPANY")]
    account: Option<String>,
}

impl DetailArguments {
    /// The details, with times in the user's zone. A call has begun already.
    pub(super) fn details(&self, zone: &TimeZone, now: Timestamp) -> Result<Details, CliError> {
        let started_at = self.started_at.as_deref().map(|text| begin(text, zone, now)).transpose()?;
        Ok(Details {
            title: self.title.clone(),
            started_at,
            call_type: self.call_type,
            product: self.product.clone(),
            account: self.account.clone(),
        })
    }
}

/// When a call began. A day without an hour is kept as its midnight in UTC.
fn begin(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Timestamp, CliError> {
    const HINT: &str = "Type --started-at 2026-02-14T15:02, or the day alone";
    let wrong = |what: &str| CliError::new(Kind::Usage, format!("`{text}` {what}")).hint(HINT);
    let is_day = !text.contains([':', 'T', 't', ' ']);
    let zone = if is_day { &TimeZone::UTC } else { zone };
    let local = |time: DateTime| time.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
    let at = text.parse::<Timestamp>().ok().or_else(|| text.parse::<DateTime>().ok().and_then(local));
    let at = at.ok_or_else(|| wrong("is no point in time"))?;
    // The day after, somewhere on earth.
    if at > now + SignedDuration::from_hours(24) { Err(wrong("lies in the future")) } else { Ok(at) }
}

/// A call that was named, stored by now.
pub(super) struct Named {
    /// The name as typed.
    pub(super) name: String,
    /// The file that it was read from, if it was.
    pub(super) file: Option<String>,
    /// The stored call.
    pub(super) call: CallRef,
    /// What was stored of it, if it was read from a file.
    pub(super) put: Option<PutCall>,
}

impl Named {
    /// A stored call under its reference.
    pub(super) fn stored(call: CallRef) -> Self {
        Named { name: call.to_string(), file: None, call, put: None }
    }
}

/// Finds the named calls, importing the files among them. A name that fails does not stop the others; files that say
/// nothing about when their call was are told.
pub(super) async fn find(
    app: &App<'_>,
    store: &Store,
    names: &[String],
    details: &Details,
) -> Result<Vec<Result<Named, (String, CliError)>>, CliError> {
    let mut found = Vec::new();
    let mut contents = Vec::new();
    for name in names {
        let path = Path::new(name);
        if name != STDIN && (path.is_dir() || !path.exists()) {
            match stored_or_fetched(app, store, name).await {
                // A folder called c5 does not hide the call; where there is no such call, reading says that it is one.
                Err(_) if path.is_dir() => {}
                call => {
                    let named = call.map(|call| Named { name: name.clone(), file: None, call, put: None });
                    found.push(named.map_err(|error| (name.clone(), error)));
                    continue;
                }
            }
        }
        match read(name) {
            Ok(bytes) => contents.push((name.as_str(), bytes)),
            Err(error) => found.push(Err((name.clone(), error.into()))),
        }
    }
    let files: Vec<_> =
        contents.iter().map(|(name, bytes)| InputFile { name: (*name != STDIN).then_some(*name), bytes }).collect();
    let mut recordings = Vec::new();
    for recording in transcript::read(&files) {
        match recording {
            Ok(recording) => {
                let name = files.get(recording.file).and_then(|file| file.name).map(str::to_owned);
                recordings.push((recording, name));
            }
            Err(error) => found.push(Err((error.file.clone(), error.into()))),
        }
    }
    let names: Vec<_> =
        recordings.iter().filter_map(|(recording, _)| files.get(recording.file).map(|file| file.name)).collect();
    let put = import(store, recordings, details, &app.settings.rules, app.now).await;
    let mut undated = Vec::new();
    for (name, put) in names.into_iter().zip(put) {
        let shown = name.unwrap_or("standard input").to_owned();
        found.push(match put {
            Ok(put) => {
                if put.is_new && put.stored.call.started_at.is_none() {
                    undated.push(name.unwrap_or(STDIN));
                }
                Ok(Named { file: Some(shown.clone()), name: shown, call: put.stored.call_ref, put: Some(put) })
            }
            Err(error) => Err((shown, error.into())),
        });
    }
    undated::tell(app, &undated);
    Ok(found)
}

/// The stored call of this name; one of Gong's is fetched when it is not there, or its words are not.
async fn stored_or_fetched(app: &App<'_>, store: &Store, name: &str) -> Result<CallRef, CliError> {
    match named::with_words(store, name).await? {
        Meaning::Stored(call) => Ok(call),
        // Without a key there is nobody to ask, and the name is simply unknown.
        Meaning::AtGong { id, missing } => match app.gong(store)? {
            Some(requests) => Ok(sync::fetch(&app.place(store, &requests), &app.sync_options(), &id).await?),
            None => Err(CliError::from(missing).hint(gong::NO_KEY)),
        },
    }
}

/// The stored call of this name.
pub(super) async fn stored(store: &Store, name: &str) -> Result<CallRef, CliError> {
    Ok(named::stored(store, name).await?)
}

/// Reads a file, but never more of it than a transcript can have.
fn read(name: &str) -> std::io::Result<Vec<u8>> {
    let limit = transcript::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if name == STDIN {
        tracing::debug!("reading standard input");
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        fs_err::File::open(name)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
