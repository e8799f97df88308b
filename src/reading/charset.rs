//! Bytes in, text out, whatever the character set: a byte order mark, then UTF-8, then what the page says
//! of itself, then a guess from the bytes. Refuses text that is UTF-8 with damage, which no guess would mend.

use super::error::ReadError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// Bytes to text; a byte order mark is left out.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return with(name, encoding, &bytes[mark..]);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) if is_damaged_utf8(error.as_bytes()) => {
            return Err(ReadError::NotUtf8 {
                name: name.to_owned(),
                offset: error.utf8_error().valid_up_to(),
            });
        }
        Err(error) => error.into_bytes(),
    };
    let encoding = declared(&bytes).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    });
    with(name, encoding, &bytes)
}

fn with(name: &str, encoding: &'static Encoding, bytes: &[u8]) -> Result<String, ReadError> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| ReadError::NotDecodable { name: name.to_owned(), charset: encoding.name() })
}

/// What a page or feed says of itself in its first lines: `<meta charset=…>`, `<?xml … encoding=…?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    ["charset=", "encoding="].iter().find_map(|key| {
        let label = head[head.find(key)? + key.len()..].trim_start_matches(['"', '\'']);
        let label = label.split(['"', '\'', ';', '>', ' ', '/']).next()?;
        // UTF-8 it is not, whatever it says.
        Encoding::for_label(label.as_bytes()).filter(|e| *e != encoding_rs::UTF_8)
    })
}

/// Whether most of what goes beyond ASCII is sound UTF-8.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut faulty) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faulty += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 2 && sound > 2 * faulty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_sets_are_told() {
        let text = "Le président Gbagbo a été arrêté, déclare l’armée à Abidjan.";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(decode("a", latin.into_owned()).ok().as_deref(), Some(text));
        let page =
            format!("<html><meta charset=\"iso-8859-2\"><p>{}", "Polícia zadržala dvoch mužov, hovorí šéf.");
        let (bytes, _, _) = encoding_rs::ISO_8859_2.encode(&page);
        assert_eq!(decode("a", bytes.into_owned()).ok().as_deref(), Some(page.as_str()));
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("Ş!".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode("a", wide).ok().as_deref(), Some("Ş!"));
        assert_eq!(decode("a", "\u{feff}x".into()).ok().as_deref(), Some("x"));
    }

    #[test]
    fn damaged_utf8_names_its_place() {
        let mut bytes = "“Erdoğan”".as_bytes().to_vec();
        bytes.push(0xff);
        let fault = decode("a.txt", bytes).map_err(|e| e.to_string());
        assert!(fault.as_ref().is_err_and(|m| m.contains("byte 14")), "{fault:?}");
    }
}
