//! The frame of a model file: which kind, which version, how long; then the payload.
//!
//! Layout: 8 bytes of kind, version (u32), payload length (u64), payload; numbers little-endian. Refuses another
//! kind, another version, and a payload shorter or longer than announced.

use super::LanguageError;
use std::io::Read;

/// A kind of model file in the version this program reads.
#[derive(Debug, Clone, Copy)]
pub struct ModelKind {
    /// Name in messages.
    pub name: &'static str,
    /// First eight bytes of the file.
    pub magic: [u8; 8],
    /// Version of the payload.
    pub version: u32,
}

impl ModelKind {
    /// Puts the frame around a payload.
    pub fn frame(self, payload: &[u8]) -> Vec<u8> {
        let mut file = Vec::with_capacity(payload.len() + 20);
        file.extend(self.magic);
        file.extend(self.version.to_le_bytes());
        file.extend((payload.len() as u64).to_le_bytes());
        file.extend(payload);
        file
    }

    /// Reads a whole file and hands back its payload.
    pub fn read(self, mut reader: impl Read) -> Result<Vec<u8>, LanguageError> {
        let mut file = Vec::new();
        reader.read_to_end(&mut file)?;
        let start = &file[..file.len().min(8)];
        if start != self.magic {
            let found = String::from_utf8_lossy(start).into_owned();
            return Err(LanguageError::NotAModel { expected: self.name, found });
        }
        let Some((&version, rest)) = file[8..].split_first_chunk::<4>() else {
            return Err(self.damaged("it ends within its header"));
        };
        let found = u32::from_le_bytes(version);
        if found != self.version {
            return Err(LanguageError::ModelVersion { kind: self.name, found, expected: self.version });
        }
        let Some((&length, payload)) = rest.split_first_chunk::<8>() else {
            return Err(self.damaged("it ends within its header"));
        };
        let length = u64::from_le_bytes(length);
        if payload.len() as u64 != length {
            return Err(self.damaged(format!("{} bytes instead of {length}", payload.len())));
        }
        file.drain(..20);
        Ok(file)
    }

    fn damaged(self, what: impl Into<String>) -> LanguageError {
        LanguageError::DamagedModel { kind: self.name, what: what.into() }
    }
}

/// Takes a payload apart, field by field.
#[derive(Debug)]
pub struct Fields<'a> {
    kind: &'static str,
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    /// A payload of a kind of file, named in messages.
    pub fn new(kind: &'static str, payload: &'a [u8]) -> Self {
        Self { kind, rest: payload }
    }

    /// The next `length` bytes.
    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8], LanguageError> {
        let Some((bytes, rest)) = self.rest.split_at_checked(length) else {
            return Err(self.fault("it ends early"));
        };
        self.rest = rest;
        Ok(bytes)
    }

    /// A number in as many bytes as it needs (LEB128).
    pub fn number(&mut self) -> Result<u64, LanguageError> {
        let mut number = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.bytes(1)?[0];
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(self.fault("an endless number"))
    }

    /// The number of things that follow, each at least a byte long.
    pub fn count(&mut self) -> Result<usize, LanguageError> {
        match usize::try_from(self.number()?) {
            Ok(count) if count <= self.rest.len() => Ok(count),
            _ => Err(self.fault("a count is larger than the file")),
        }
    }

    /// A string with its length before it.
    pub fn string(&mut self) -> Result<&'a str, LanguageError> {
        let length = self.count()?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| self.fault("a name is not UTF-8"))
    }

    /// Checks that nothing is left.
    pub fn end(&self) -> Result<(), LanguageError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.fault("it has bytes to spare")) }
    }

    /// An error that says what does not fit.
    pub fn fault(&self, what: impl Into<String>) -> LanguageError {
        LanguageError::DamagedModel { kind: self.kind, what: what.into() }
    }
}

/// Appends a number as [`Fields::number`] reads it.
pub fn push_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends a string as [`Fields::string`] reads it.
pub fn push_string(out: &mut Vec<u8>, string: &str) {
    push_number(out, string.len() as u64);
    out.extend(string.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: ModelKind = ModelKind { name: "trial", magic: *b"WHOMtest", version: 3 };

    fn fault(file: &[u8]) -> String {
        KIND.read(file).unwrap_err().to_string()
    }

    #[test]
    fn only_whole_files_of_the_right_kind_and_version_are_read() {
        let file = KIND.frame(b"payload");
        assert_eq!(KIND.read(file.as_slice()).unwrap(), b"payload");
        assert!(fault(b"").contains("no trial model file"));
        assert!(fault(b"PK\x03\x04 something").contains("no trial model file"));
        assert!(fault(&file[..10]).contains("ends within its header"));
        assert!(fault(&file[..file.len() - 1]).contains("6 bytes instead of 7"));
        let mut newer = file.clone();
        newer[8] = 4;
        assert!(fault(&newer).contains("version 4, this program reads version 3"));
    }

    #[test]
    fn numbers_and_strings_round_trip() {
        let mut out = Vec::new();
        for n in [0, 127, 128, 1 << 40] {
            push_number(&mut out, n);
        }
        push_string(&mut out, "nsubj");
        let mut fields = Fields::new("trial", &out);
        for n in [0, 127, 128, 1 << 40] {
            assert_eq!(fields.number().unwrap(), n);
        }
        assert_eq!(fields.string().unwrap(), "nsubj");
        assert!(fields.end().is_ok());
        assert!(fields.number().is_err());
    }
}
