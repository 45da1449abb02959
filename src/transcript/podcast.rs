//! Podcasting 2.0 transcripts: JSON with a speaker a segment, and HTML with names in `<cite>`.
//! <https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md>

use serde::Deserialize;

use super::clean::strip_markup;
use super::clock::text_time;
use super::draft::Draft;
use super::wire::{Piece, Time, join, pieces};

#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    #[serde(deserialize_with = "pieces::<_, Segment>")]
    segments: Vec<Piece>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Segment {
    #[serde(deserialize_with = "super::wire::label")]
    speaker: Option<String>,
    #[serde(rename = "startTime")]
    start_time: Time,
    #[serde(rename = "endTime")]
    end_time: Time,
    body: Option<String>,
}

impl From<Segment> for Piece {
    fn from(segment: Segment) -> Self {
        Piece {
            speaker: segment.speaker,
            start_ms: segment.start_time.seconds(),
            end_ms: segment.end_time.seconds(),
            text: segment.body.unwrap_or_default().trim().to_owned(),
            ..Piece::default()
        }
    }
}

/// Reads JSON. A segment is as much as fits on a screen, or a single word.
pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let mut file: File = serde_json::from_str(content)?;
    file.segments.sort_by_key(|segment| segment.start_ms);
    let mut draft = Draft::default();
    draft.say_pieces(join(file.segments));
    Ok(draft)
}

/// Whether the text is HTML in which somebody is named.
pub(super) fn is_html(content: &str) -> bool {
    content.trim_start().starts_with('<') && content.contains("<cite>")
}

/// Reads HTML: `<cite>Name:</cite><time>0:15</time><p>words</p>`, of which time and further paragraphs may be missing.
pub(super) fn read_html(content: &str) -> Draft {
    let mut draft = Draft::default();
    for turn in content.split("<cite>").skip(1) {
        let (name, mut rest) = turn.split_once("</cite>").unwrap_or(("", turn));
        let party = draft.party(strip_markup(name).trim().trim_end_matches(':'));
        let mut start_ms = None;
        if let Some((before, (time, after))) =
            rest.split_once("<time>").and_then(|(before, from)| Some((before, from.split_once("</time>")?)))
            && before.trim().is_empty()
        {
            start_ms = text_time(time.trim());
            rest = after;
        }
        for paragraph in rest.split("</p>") {
            draft.say_paragraph(party, start_ms.take(), &strip_markup(paragraph));
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};

    #[test]
    fn segments_are_put_together_to_sentences() {
        let file = r#"{"version":"1.0.0","segments":[
            {"speaker":"Ann","startTime":0.5,"endTime":1,"body":"Well,"},
            {"speaker":"Ann","startTime":1.2,"endTime":2,"body":"yes."},
            {"speaker":"Bob","startTime":4,"endTime":5,"body":"Late."},
            {"speaker":"Ann","startTime":2.5,"endTime":3,"body":"No."}]}"#;
        assert_eq!(
            said(Format::PodcastJson, file),
            [line("Ann", 500, 2000, "Well, yes."), line("Ann", 2500, 3000, "No."), line("Bob", 4000, 5000, "Late.")]
        );
        assert!(refused(r#"{"segments":[{"startTime":0,"body":"Hi"}]}"#).contains("`speaker`"));
    }

    #[test]
    fn html_names_its_speakers_in_cite() {
        let file = "<!-- x --><html><body><cite>Ann &amp; co:</cite>\n<time>0:15</time>\n<p>One. <b>Two.</b></p><p>Three.</p>\n\
                    <cite>Bob:</cite><p>Four.</p></body></html>";
        let found = said(Format::PodcastHtml, file);
        let found: Vec<_> = found.iter().map(|(name, start, _, text)| (name.as_str(), *start, text.as_str())).collect();
        assert_eq!(
            found,
            [
                ("Ann & co", Some(15_000), "One."),
                ("Ann & co", None, "Two."),
                ("Ann & co", None, "Three."),
                ("Bob", None, "Four.")
            ]
        );
    }
}
