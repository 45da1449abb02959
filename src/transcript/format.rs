//! The formats that can be read, and what a person has to know about each.

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// WebVTT, of Zoom, Teams and others.
    WebVtt,
    /// SubRip.
    Srt,
    /// `Name: text`, with or without times.
    Plain,
    /// `**Name:** text`.
    Markdown,
    /// A name and a time on one line, the words below it.
    Otter,
    /// Google Meet's document.
    GoogleMeet,
    /// Podcasting 2.0 HTML.
    PodcastHtml,
    /// Gong's `callTranscripts` and `calls`.
    Gong,
    /// Gecko, the transcript editor of Gong.
    Gecko,
    /// Google Meet's REST interface.
    MeetEntries,
    /// Fireflies.
    Fireflies,
    /// Deepgram.
    Deepgram,
    /// AssemblyAI.
    AssemblyAi,
    /// Amazon Transcribe.
    Amazon,
    /// Google Speech-to-Text.
    GoogleSpeech,
    /// Speechmatics.
    Speechmatics,
    /// Rev AI.
    RevAi,
    /// The turns of the Harper Valley bank calls.
    HarperValley,
    /// Podcasting 2.0 JSON.
    PodcastJson,
    /// Whisper, WhisperX and whisper-timestamped.
    Whisper,
}

/// What stands about a format in `call-coach help formats` and in messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// The name used in JSON and logs.
    pub name: &'static str,
    /// The name for people.
    pub label: &'static str,
    /// By what a file is recognised.
    pub sign: Sign,
    /// Where to get such a file.
    pub source: &'static str,
    /// What to do about a file in which nobody is named.
    pub without_speakers: &'static str,
}

/// By what a format is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// How the text looks.
    Text(&'static str),
    /// Any of these fields in JSON: `a.b` is a field of an object, `a[].b` one of a list's first element.
    Fields(&'static [&'static str]),
}

impl std::fmt::Display for Sign {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Sign::Text(text) => f.write_str(text),
            Sign::Fields(fields) => write!(f, "JSON with {}", fields.join(" or ")),
        }
    }
}

/// What to do about text in which nobody is named.
const EXPORT_AGAIN: &str = "export the transcript with speakers";

impl Format {
    /// Every format. Those of JSON stand in the order in which they are looked for: what has few marks of its own last.
    pub const ALL: [Format; 20] = [
        Format::WebVtt,
        Format::Srt,
        Format::Plain,
        Format::Markdown,
        Format::Otter,
        Format::GoogleMeet,
        Format::PodcastHtml,
        Format::Gong,
        Format::Gecko,
        Format::MeetEntries,
        Format::Fireflies,
        Format::Deepgram,
        Format::AssemblyAi,
        Format::Amazon,
        Format::Speechmatics,
        Format::GoogleSpeech,
        Format::RevAi,
        Format::HarperValley,
        Format::PodcastJson,
        Format::Whisper,
    ];

    /// The name used in JSON and logs.
    pub fn as_str(self) -> &'static str {
        self.about().name
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        self.about().label
    }

    /// What a person has to know about it.
    pub fn about(self) -> &'static About {
        match self {
            Format::WebVtt => &About {
                name: "webvtt",
                label: "WebVTT",
                sign: Sign::Text("begins with WEBVTT"),
                source: "Zoom: Recordings, Audio transcript. Teams: Recap, Transcript, Download as .vtt",
                without_speakers: EXPORT_AGAIN,
            },
            Format::Srt => &About {
                name: "srt",
                label: "SRT",
                sign: Sign::Text("begins with a cue's time"),
                source: "Subtitle export of most recorders and podcast hosts, with speakers switched on",
                without_speakers: EXPORT_AGAIN,
            },
            Format::Plain => &About {
                name: "plain",
                label: "plain text",
                sign: Sign::Text("Name: text, with or without times"),
                source: "Copied or written by hand",
                without_speakers: EXPORT_AGAIN,
            },
            Format::Markdown => &About {
                name: "markdown",
                label: "markdown",
                sign: Sign::Text("**Name:** text"),
                source: "Note-takers, transcripts in repositories",
                without_speakers: EXPORT_AGAIN,
            },
            Format::Otter => &About {
                name: "otter",
                label: "Otter text",
                sign: Sign::Text("name and time on a line, the words below"),
                source: "Otter: Export, Text, with speaker names and timestamps",
                without_speakers: EXPORT_AGAIN,
            },
            Format::GoogleMeet => &About {
                name: "google_meet",
                label: "Google Meet text",
                sign: Sign::Text("the headings Attendees and Transcript above Name: text"),
                source: "Google Docs: the meeting's transcript, File, Download, Plain text or Markdown",
                without_speakers: EXPORT_AGAIN,
            },
            Format::PodcastHtml => &About {
                name: "podcast_html",
                label: "podcast HTML",
                sign: Sign::Text("HTML with a name in <cite>"),
                source: "The podcast host's transcript (Podcasting 2.0)",
                without_speakers: EXPORT_AGAIN,
            },
            Format::Gong => &About {
                name: "gong",
                label: "Gong JSON",
                sign: Sign::Fields(&["callTranscripts", "calls"]),
                source: "Gong's API: POST /v2/calls/transcript, and /v2/calls/extensive for names and sides",
                without_speakers: EXPORT_AGAIN,
            },
            Format::Gecko => &About {
                name: "gecko",
                label: "Gecko JSON",
                sign: Sign::Fields(&["monologues[].terms"]),
                source: "Gecko, the transcript editor: Save, JSON",
                without_speakers: "name the speakers in the editor and save again",
            },
            Format::MeetEntries => &About {
                name: "google_meet_json",
                label: "Google Meet JSON",
                sign: Sign::Fields(&["transcriptEntries"]),
                source: "Meet's API: conferenceRecords.transcripts.entries; add its list of participants for names",
                without_speakers: "list the entries with their `participant`",
            },
            Format::Fireflies => &About {
                name: "fireflies",
                label: "Fireflies JSON",
                sign: Sign::Fields(&[
                    "data.transcript.sentences",
                    "transcript.sentences",
                    "sentences",
                    "[].speaker_name",
                ]),
                source: "Fireflies' API: query transcript with sentences; or Download, Transcript, JSON",
                without_speakers: "ask for `speaker_name` of every sentence",
            },
            Format::Deepgram => &About {
                name: "deepgram",
                label: "Deepgram JSON",
                sign: Sign::Fields(&["results.channels"]),
                source: "Deepgram's reply to /v1/listen, with diarize=true and punctuate=true",
                without_speakers: "transcribe again with `diarize=true`",
            },
            Format::AssemblyAi => &About {
                name: "assemblyai",
                label: "AssemblyAI JSON",
                sign: Sign::Fields(&["utterances", "audio_url", "acoustic_model"]),
                source: "AssemblyAI's reply to /v2/transcript/ID, with speaker_labels on",
                without_speakers: "transcribe again with `\"speaker_labels\": true`",
            },
            Format::Amazon => &About {
                name: "aws_transcribe",
                label: "Amazon Transcribe JSON",
                sign: Sign::Fields(&["results.items", "results.transcripts"]),
                source: "The job's output file, with speaker partitioning or channel identification on",
                without_speakers: "run the job again with `ShowSpeakerLabels` (speaker partitioning)",
            },
            Format::Speechmatics => &About {
                name: "speechmatics",
                label: "Speechmatics JSON",
                sign: Sign::Fields(&["results[].type", "words[].name"]),
                source: "Speechmatics' transcript in format json-v2, with diarization on",
                without_speakers: "run the job again with `\"diarization\": \"speaker\"`",
            },
            Format::GoogleSpeech => &About {
                name: "google_speech",
                label: "Google Speech-to-Text JSON",
                sign: Sign::Fields(&["results[].alternatives", "response.results[].alternatives"]),
                source: "The reply of recognize or longrunningrecognize, with diarization and word times",
                without_speakers: "recognise again with `enableSpeakerDiarization` in `diarizationConfig`",
            },
            Format::RevAi => &About {
                name: "rev_ai",
                label: "Rev AI JSON",
                sign: Sign::Fields(&["monologues"]),
                source: "Rev AI: /speechtotext/v1/jobs/ID/transcript",
                without_speakers: "submit the job again without `skip_diarization`",
            },
            Format::HarperValley => &About {
                name: "harper_valley",
                label: "Harper Valley JSON",
                sign: Sign::Fields(&["[].human_transcript"]),
                source: "The Harper Valley bank's public practice calls",
                without_speakers: "keep `speaker_role` of every turn",
            },
            Format::PodcastJson => &About {
                name: "podcast_json",
                label: "podcast JSON",
                sign: Sign::Fields(&["segments[].body", "segments[].startTime"]),
                source: "The podcast host's transcript (Podcasting 2.0)",
                without_speakers: "export it with `speaker` in the segments",
            },
            Format::Whisper => &About {
                name: "whisper",
                label: "Whisper JSON",
                sign: Sign::Fields(&["segments"]),
                source: "whisperx --diarize --output_format json",
                without_speakers: "Whisper alone does not tell speakers apart; run WhisperX with `--diarize`",
            },
        }
    }
}
