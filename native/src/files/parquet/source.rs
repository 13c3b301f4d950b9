//! A file that several threads read, each where it wants to.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

/// The header of a page takes less, and what is read beyond it is read again with the page.
const HEADER: usize = 512;

/// A file without a place of its own: copies of a `File` share theirs, and threads would move it under each other.
#[derive(Clone)]
pub(super) struct Source {
    file: Arc<File>,
    length: u64,
}

impl Source {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self { file: Arc::new(file), length })
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Source {
    type T = BufReader<At>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::with_capacity(HEADER, At { source: self.clone(), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        // No memory for what a file says it has and has not.
        let end = u64::try_from(length).ok().and_then(|length| start.checked_add(length));
        if end.is_none_or(|end| end > self.length) {
            let message = format!("{length} bytes at {start} of a file of {}", self.length);
            return Err(ParquetError::EOF(message));
        }
        let mut bytes = vec![0; length];
        At { source: self.clone(), at: start }.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// The file from a place on.
pub(super) struct At {
    source: Source,
    at: u64,
}

impl Read for At {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let read = std::os::unix::fs::FileExt::read_at(&*self.source.file, to, self.at)?;
        #[cfg(windows)]
        let read = std::os::windows::fs::FileExt::seek_read(&*self.source.file, to, self.at)?;
        let end = u64::try_from(read).ok().and_then(|read| self.at.checked_add(read));
        self.at = end.ok_or(ErrorKind::InvalidInput)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn only_what_is_there_is_read() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"0123456789").unwrap();
        let source = Source::new(file.try_clone().unwrap()).unwrap();
        assert_eq!(source.len(), 10);
        assert_eq!(source.get_bytes(3, 4).unwrap(), "3456");
        assert_eq!(source.get_bytes(10, 0).unwrap(), "");
        let hostile = [(0, 11), (3, 8), (11, 0), (u64::MAX, 1), (u64::MAX, usize::MAX), (0, usize::MAX)];
        for (start, length) in hostile {
            assert!(source.get_bytes(start, length).is_err(), "{length} at {start}");
        }
        let rest = |start| {
            let mut rest = String::new();
            source.get_read(start).unwrap().read_to_string(&mut rest).map(|_| rest)
        };
        assert_eq!(rest(7).unwrap(), "789");
        assert_eq!(rest(10).unwrap(), "");
        // The system refuses what no file can have, or finds nothing there.
        assert!(rest(u64::MAX).map_or(true, |rest| rest.is_empty()));
        // A file that became shorter after it was opened.
        file.set_len(5).unwrap();
        assert!(source.get_bytes(3, 4).is_err());
    }
}
