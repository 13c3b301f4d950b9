//! Files that have their name only when they are whole.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file being written beside its name, which it takes when it is finished: one that is there already stays what it was
/// when that fails.
///
/// What is no ordinary file, as a pipe, is written itself.
///
/// ```
/// use std::io::Write;
///
/// # let folder = tempfile::TempDir::new()?;
/// # let name = folder.path().join("report.txt");
/// let mut file = atra::files::Beside::create(&name)?;
/// file.write_all(b"all is well")?;
/// assert!(!name.exists());
/// file.finish()?;
/// assert_eq!(std::fs::read(&name)?, b"all is well");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Beside {
    file: File,
    /// Where it is, and the name it is to have.
    places: Option<(PathBuf, PathBuf)>,
}

impl Beside {
    /// Begins a file of this name.
    pub fn create(name: &Path) -> io::Result<Self> {
        let there = match OpenOptions::new().write(true).open(name) {
            Ok(file) => Some(file),
            // Nothing is lost where a link points to nothing.
            Err(error) if error.kind() == io::ErrorKind::NotFound && name.is_symlink() => {
                return Ok(Self { file: File::create(name)?, places: None });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let Some(there) = there else { return Self::begin(name.to_owned()) };
        let is_file = there.metadata()?.is_file();
        // Standard output is what it is open as, whatever that is called.
        let is_open = ["/dev", "/proc"].iter().any(|folder| name.starts_with(folder));
        // What a link points to is replaced, not the link.
        if let (true, false, Ok(name)) = (is_file, is_open, fs::canonicalize(name)) {
            match Self::begin(name) {
                // A file that may be written in a folder that may not.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                begun => return begun,
            }
        }
        if is_file {
            there.set_len(0)?;
        }
        Ok(Self { file: there, places: None })
    }

    /// In the first place beside that nobody writes to: one whose program was ended before it could remove it is taken
    /// again.
    fn begin(name: PathBuf) -> io::Result<Self> {
        let file = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for number in 0..1_000 {
            let path = name.with_file_name(format!(".{file}.{number}.part"));
            let (file, is_new) = match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => (file, true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    match OpenOptions::new().write(true).open(&path) {
                        Ok(file) => (file, false),
                        Err(_) => continue,
                    }
                }
                Err(error) => return Err(error),
            };
            match file.try_lock() {
                Ok(()) if is_new || is_at(&file, &path) => file.set_len(0)?,
                Err(TryLockError::Error(_)) if is_new => {} // not every file system has locks
                _ => continue,
            }
            return Ok(Self { file, places: Some((path, name)) });
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, format!(".{file}.*.part are there already")))
    }

    /// Gives the file its name; call it last.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some((path, name)) = &self.places {
            if let Ok(there) = fs::metadata(name) {
                let _ = fs::set_permissions(path, there.permissions()); // as far as one may
            }
            fs::rename(path, name)?;
        }
        self.places = None;
        Ok(())
    }
}

/// Whether a file that was there is still in its place: whoever held it may have given it its name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (file, path) = (file.metadata().map(identity), fs::symlink_metadata(path).map(identity));
    file.is_ok_and(|file| path.is_ok_and(|path| file == path))
}

/// It cannot be told.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    false
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if let Some((path, _)) = &self.places {
            let _ = fs::remove_file(path); // nobody wants it
        }
    }
}
