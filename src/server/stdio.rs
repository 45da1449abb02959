//! Standard input and output: a message a line. The library's own reader says nothing to a line that is no JSON, for
//! which its sender waits.

use std::io;
use std::sync::Arc;

use rmcp::model::JsonRpcMessage;
use rmcp::service::{RoleServer, RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::{self, Transport};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Stdin, Stdout};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use super::message;

/// What some shells of Windows put before the first line.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The client at the other end.
pub(super) struct Lines {
    input: BufReader<Stdin>,
    /// What was read of the next line: reading is broken off whenever there is something to send.
    line: Vec<u8>,
    /// Whether the rest of a line that is too long is still to be passed over.
    passes_over: bool,
    output: Arc<Mutex<Stdout>>,
    /// The answer to a line that was no message, on its way.
    refusal: Option<JoinHandle<io::Result<()>>>,
}

impl Lines {
    pub(super) fn of_process() -> Self {
        let (input, output) = transport::stdio();
        Lines {
            input: BufReader::new(input),
            line: Vec::new(),
            passes_over: false,
            output: Arc::new(Mutex::new(output)),
            refusal: None,
        }
    }

    /// The next line, or the last one without an end; `None` when there is no more to read.
    async fn next_line(&mut self) -> Option<Line> {
        loop {
            let room = message::MAX_BYTES.saturating_sub(self.line.len());
            let read = (&mut self.input).take(room as u64).read_until(b'\n', &mut self.line).await;
            if let Err(error) = &read {
                tracing::error!("standard input cannot be read: {error}");
                return None;
            }
            let is_whole = self.line.last() == Some(&b'\n') || self.line.len() < message::MAX_BYTES;
            let line = std::mem::take(&mut self.line);
            match (line.is_empty(), is_whole, std::mem::replace(&mut self.passes_over, !is_whole)) {
                (true, ..) => return None,
                (_, true, false) => return Some(Line::Whole(line)),
                (_, false, false) => return Some(Line::TooLong),
                (_, _, true) => {}
            }
        }
    }
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
}

impl Transport<RoleServer> for Lines {
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        let written = write(self.output.clone(), message);
        async { written.await? }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            if let Some(refusal) = &mut self.refusal {
                let sent = refusal.await;
                self.refusal = None;
                sent.ok()?.ok()?;
            }
            let read = match self.next_line().await? {
                Line::Whole(line) if line.trim_ascii().is_empty() => continue,
                Line::Whole(line) => message::read(line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&line).trim_ascii()),
                Line::TooLong => Err(message::too_long()),
            };
            match read {
                Ok(message) => return Some(message),
                Err(error) => {
                    // Not its words: a client may send what no log should hold.
                    tracing::warn!("a line of the client's is no message: {}", error.error.message);
                    self.refusal = Some(write(self.output.clone(), JsonRpcMessage::Error(error)));
                }
            }
        }
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.output.lock().await.flush().await
    }
}

/// Writes a message as a line. A task of its own does, so that nobody who stops waiting leaves half a line behind.
fn write(output: Arc<Mutex<Stdout>>, message: TxJsonRpcMessage<RoleServer>) -> JoinHandle<io::Result<()>> {
    tokio::spawn(async move {
        let mut line = serde_json::to_vec(&message)?;
        line.push(b'\n');
        let mut output = output.lock().await;
        output.write_all(&line).await?;
        output.flush().await
    })
}
