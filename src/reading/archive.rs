//! Compressed files and archives of any of the other formats: gzip, Zstandard, zip, tar. What is inside is
//! read like a file of its own, archives in archives included.

use super::error::ReadError;
use super::format::{Fit, has_known_extension};
use super::{Articles, Input, ReadOptions, read as read_inside};
use std::io::{self, BufRead, Cursor, Read};

/// The longest member of an archive, and the longest zip file, in mebibytes: they are held in memory.
const MEMBER_LIMIT_MIB: u64 = 512;
const TAR_BLOCK: usize = 512;

/// gzip's mark.
pub fn fit_gzip(head: &[u8]) -> Fit {
    marked(head, b"\x1f\x8b\x08")
}

/// Zstandard's mark.
pub fn fit_zstd(head: &[u8]) -> Fit {
    marked(head, b"\x28\xb5\x2f\xfd")
}

/// zip's mark.
pub fn fit_zip(head: &[u8]) -> Fit {
    marked(head, b"PK\x03\x04")
}

/// tar's mark.
pub fn fit_tar(head: &[u8]) -> Fit {
    marked(head.get(257..).unwrap_or_default(), b"ustar")
}

/// Reads what a gzip file holds, several members included, as it is unpacked.
pub fn read_gzip(input: Input, options: &ReadOptions) -> Articles {
    let name =
        inner_name(&input.name, &[".gz", ".gzip"]).unwrap_or_else(|| input.name.replace(".tgz", ".tar"));
    let unpacked = flate2::bufread::MultiGzDecoder::new(input.reader);
    read_inside(Input::new(inner_id(&input.id), name, Unpacked { inner: unpacked }), options)
}

/// Reads what a Zstandard file holds, as it is unpacked.
pub fn read_zstd(input: Input, options: &ReadOptions) -> Articles {
    let name = inner_name(&input.name, &[".zst", ".zstd"]).unwrap_or_else(|| input.name.clone());
    match ruzstd::decoding::StreamingDecoder::new(input.reader) {
        Ok(unpacked) => {
            read_inside(Input::new(inner_id(&input.id), name, Unpacked { inner: unpacked }), options)
        }
        Err(error) => failed(ReadError::Archive { name: input.name, reason: error.to_string() }),
    }
}

/// Reads the members of a zip archive in the order of their names.
pub fn read_zip(mut input: Input, options: &ReadOptions) -> Articles {
    let options = options.clone();
    let damaged = |name: &str, reason: &dyn std::fmt::Display| ReadError::Archive {
        name: name.to_owned(),
        reason: reason.to_string(),
    };
    let bytes = match read_member(&input.name, &mut input.reader, u64::MAX) {
        Ok(bytes) => bytes,
        Err(error) => return failed(error),
    };
    let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return failed(damaged(&input.name, &error)),
    };
    let mut names: Vec<String> =
        archive.file_names().flatten().map(std::borrow::Cow::into_owned).filter(|n| is_article(n)).collect();
    names.sort();
    Box::new(names.into_iter().flat_map(move |member| {
        let name = format!("{}/{member}", input.name);
        let bytes = match archive.by_name(&member) {
            Ok(mut file) => read_member(&name, &mut file, u64::MAX),
            Err(error) => Err(damaged(&name, &error)),
        };
        match bytes {
            Ok(bytes) => {
                read_inside(Input::new(member_id(&input.id, &member), name, Cursor::new(bytes)), &options)
            }
            Err(error) => failed(error),
        }
    }))
}

/// Reads the members of a tar archive in their order.
pub fn read_tar(mut input: Input, options: &ReadOptions) -> Articles {
    let options = options.clone();
    let mut ended = false;
    let members = std::iter::from_fn(move || {
        if ended {
            return None;
        }
        match next_member(&mut input) {
            Ok(Some((member, bytes))) => {
                let name = format!("{}/{member}", input.name);
                Some(read_inside(
                    Input::new(member_id(&input.id, &member), name, Cursor::new(bytes)),
                    &options,
                ))
            }
            Ok(None) => None,
            Err(error) => {
                ended = true;
                Some(failed(error))
            }
        }
    });
    Box::new(members.flatten())
}

/// The next member of a tar archive that can be an article.
fn next_member(input: &mut Input) -> Result<Option<(String, Vec<u8>)>, ReadError> {
    let io_error = |name: &str| {
        let name = name.to_owned();
        move |source| ReadError::Io { name, source }
    };
    let mut long_name: Option<String> = None;
    loop {
        let mut header = [0u8; TAR_BLOCK];
        if input.reader.fill_buf().map_err(io_error(&input.name))?.is_empty() {
            return Ok(None);
        }
        input.reader.read_exact(&mut header).map_err(io_error(&input.name))?;
        if header.iter().all(|&b| b == 0) {
            return Ok(None);
        }
        let damaged =
            |reason: &str| ReadError::Archive { name: input.name.clone(), reason: reason.to_owned() };
        if !header[257..].starts_with(b"ustar") {
            return Err(damaged("a member's header is no tar header"));
        }
        let field = |range: std::ops::Range<usize>| {
            let bytes = header[range].split(|&b| b == 0).next().unwrap_or_default();
            String::from_utf8_lossy(bytes).trim().to_owned()
        };
        let size =
            u64::from_str_radix(&field(124..136), 8).map_err(|_| damaged("a member's size is no number"))?;
        let (name, prefix, kind) = (field(0..100), field(345..500), header[156]);
        let bytes = read_member(&input.name, &mut input.reader, size)?;
        let padding = (TAR_BLOCK as u64 - size % TAR_BLOCK as u64) % TAR_BLOCK as u64;
        io::copy(&mut (&mut input.reader).take(padding), &mut io::sink()).map_err(io_error(&input.name))?;
        match kind {
            b'L' => long_name = Some(String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned()),
            b'x' => long_name = pax_path(&bytes),
            b'0' | 0 => {
                let short = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
                let member = long_name.take().unwrap_or(short);
                if is_article(&member) {
                    return Ok(Some((member, bytes)));
                }
            }
            _ => long_name = None,
        }
    }
}

/// The `path` of a pax header: lines of `length key=value`.
fn pax_path(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    text.lines().find_map(|line| line.split_once(' ')?.1.strip_prefix("path=").map(str::to_owned))
}

fn read_member(name: &str, reader: &mut dyn Read, size: u64) -> Result<Vec<u8>, ReadError> {
    let limit = MEMBER_LIMIT_MIB << 20;
    let mut bytes = Vec::new();
    reader
        .take(size.min(limit + 1))
        .read_to_end(&mut bytes)
        .map_err(|error| ReadError::Archive { name: name.to_owned(), reason: error.to_string() })?;
    if bytes.len() as u64 > limit {
        let reason =
            format!("longer than {MEMBER_LIMIT_MIB} MiB unpacked; unpack it first and name the folder");
        return Err(ReadError::Archive { name: name.to_owned(), reason });
    }
    Ok(bytes)
}

/// Hidden files, and those that a file system adds, are no articles.
fn is_article(member: &str) -> bool {
    !member.ends_with('/')
        && has_known_extension(member)
        && !member.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

fn inner_name(name: &str, endings: &[&str]) -> Option<String> {
    endings.iter().find_map(|ending| name.strip_suffix(ending)).map(str::to_owned)
}

/// `news.jsonl` of `news.jsonl.gz` is `news`.
fn inner_id(id: &str) -> String {
    match id.rsplit_once('.') {
        Some((stem, ending)) if has_known_extension(id) && !ending.is_empty() => stem.to_owned(),
        _ => id.to_owned(),
    }
}

fn member_id(archive: &str, member: &str) -> String {
    format!("{archive}/{}", member.rsplit_once('.').map_or(member, |(stem, _)| stem))
}

fn marked(head: &[u8], mark: &[u8]) -> Fit {
    if head.starts_with(mark) { Fit::Marked } else { Fit::No }
}

fn failed(error: ReadError) -> Articles {
    Box::new(std::iter::once(Err(error)))
}

/// Says of a fault that it lies in the archive, which unpackers do not.
struct Unpacked<R> {
    inner: R,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner
            .read(buffer)
            .map_err(|error| io::Error::new(error.kind(), format!("damaged archive: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn ids(name: &str, bytes: Vec<u8>) -> Vec<Result<String, String>> {
        let input = Input::new("x.jsonl", name, Cursor::new(bytes));
        read_inside(input, &ReadOptions::default())
            .map(|r| r.map(|d| d.id).map_err(|e| e.to_string()))
            .collect()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).expect("in memory");
        encoder.finish().expect("in memory")
    }

    fn tar(members: &[(&str, &str)]) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, text) in members {
            let mut header = [0u8; TAR_BLOCK];
            header[..name.len()].copy_from_slice(name.as_bytes());
            header[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
            header[156] = b'0';
            header[257..262].copy_from_slice(b"ustar");
            out.extend_from_slice(&header);
            out.extend_from_slice(text.as_bytes());
            out.resize(out.len().div_ceil(TAR_BLOCK) * TAR_BLOCK, 0);
        }
        out.resize(out.len() + 2 * TAR_BLOCK, 0);
        out
    }

    const LINES: &[u8] = b"{\"id\": \"1\", \"text\": \"He left.\"}\n{\"text\": \"She left.\"}\n";

    #[test]
    fn gzip_of_lines_in_several_members() {
        let mut bytes = gzip(&LINES[..10]);
        bytes.extend(gzip(&LINES[10..]));
        assert_eq!(ids("x.jsonl.gz", bytes), [Ok("1".to_owned()), Ok("x:2".to_owned())]);
    }

    #[test]
    fn zstandard() {
        let bytes = ruzstd::encoding::compress_to_vec(LINES, ruzstd::encoding::CompressionLevel::Fastest);
        assert_eq!(ids("x.jsonl.zst", bytes).len(), 2);
    }

    #[test]
    fn a_tar_in_a_gzip() {
        let bytes = tar(&[
            ("a/one.txt", "Talks fail\n\nHe left."),
            ("a/.hidden.txt", "x"),
            ("b.bin", "x"),
            ("c.txt", ""),
        ]);
        let found = ids("x.tgz", gzip(&bytes));
        assert_eq!(found[0], Ok("x/a/one".to_owned()));
        assert!(found[1].as_ref().is_err_and(|e| e.starts_with("x.tar/c.txt: empty")), "{found:?}");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_zip_in_the_order_of_names() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("b.txt", "She left."), ("a/one.txt", "He left."), ("__MACOSX/a.txt", "x")] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("in memory");
            writer.write_all(text.as_bytes()).expect("in memory");
        }
        let bytes = writer.finish().expect("in memory").into_inner();
        assert_eq!(ids("x.zip", bytes.clone()), [Ok("x.jsonl/a/one".to_owned()), Ok("x.jsonl/b".to_owned())]);
        let cut = bytes[..bytes.len() - 30].to_vec();
        assert!(ids("x.zip", cut)[0].as_ref().is_err_and(|e| e.contains("x.zip: damaged archive")));
    }

    #[test]
    fn a_cut_archive_is_told() {
        let bytes = gzip(LINES);
        let found = ids("x.jsonl.gz", bytes[..bytes.len() - 12].to_vec());
        assert!(
            found.last().is_some_and(|f| f.as_ref().is_err_and(|e| e.contains("damaged archive"))),
            "{found:?}"
        );
    }
}
