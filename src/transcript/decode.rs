//! Bytes to text: UTF-8, or UTF-16 with a byte-order mark; any line end becomes `\n`.

use std::borrow::Cow;

use super::Problem;

/// The text of a file, without byte-order mark, with `\n` as the only line end.
///
/// Other encodings are refused: a wrong guess would put words on record that nobody said.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Problem> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)?),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)?),
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(utf8(rest, 3)?),
        _ => Cow::Borrowed(utf8(bytes, 0)?),
    };
    if text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    if let Some(offset) = text.find('\0') {
        return Err(Problem::NotText { offset });
    }
    if !text.contains('\r') {
        return Ok(text);
    }
    Ok(Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")))
}

fn utf8(bytes: &[u8], skipped: usize) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| Problem::NotText { offset: skipped + error.valid_up_to() })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Problem> {
    let mut offset = 2;
    let (units, odd) = bytes.as_chunks::<2>();
    if !odd.is_empty() {
        return Err(Problem::NotText { offset: bytes.len() + 1 });
    }
    char::decode_utf16(units.iter().map(|pair| unit(*pair)))
        .map(|letter| {
            let letter = letter.map_err(|_| Problem::NotText { offset })?;
            offset += 2 * letter.len_utf16();
            Ok(letter)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Ärger: a\nb\nc";
        let utf16 = |bytes: fn(u16) -> [u8; 2]| "\u{feff}Ärger: a\r\nb\rc".encode_utf16().flat_map(bytes).collect();
        let files: [Vec<u8>; 4] =
            [text.into(), "\u{feff}Ärger: a\r\nb\rc".into(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)];
        for file in files {
            assert_eq!(decode(&file).unwrap(), text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_where_they_stand() {
        assert_eq!(decode(b"abc\xe4"), Err(Problem::NotText { offset: 3 }));
        assert_eq!(decode(b"ab\0c"), Err(Problem::NotText { offset: 2 }));
        assert_eq!(decode(b"\xff\xfea\0\x00\xd8"), Err(Problem::NotText { offset: 4 }));
        assert_eq!(decode(b"\xff\xfea\0b"), Err(Problem::NotText { offset: 4 }));
        assert_eq!(decode(b" \n"), Err(Problem::Empty));
    }
}
