//! A disk that remembers every write and sync, and fails when told to: a layer between SQLite and the real files.
//!
//! It is the default of this process, so the store opens it without knowing. Everything in here is about files whose
//! path was named to [`watch`].

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;
use std::sync::atomic::{AtomicI64, AtomicPtr, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock};

use atra::store::rusqlite::ffi;

/// What happened to a file, in order.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Write {
        file: String,
        offset: usize,
        data: Vec<u8>,
    },
    Truncate {
        file: String,
        size: usize,
    },
    Sync {
        file: String,
    },
    /// The caller was told that this write is stored.
    Acknowledged(u64),
}

/// What a file operation answers instead of doing it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// The disk is full.
    Full,
    /// Writing fails.
    Write,
    /// Waiting for the disk fails, after everything was written.
    Sync,
    /// Reading fails.
    Read,
}

#[derive(Default)]
pub(crate) struct Disk {
    pub(crate) log: Vec<Op>,
    /// The watched directory.
    place: Option<String>,
    /// What fails, and after how many operations of its kind that go well.
    pub(crate) fault: Option<(Fault, usize)>,
    /// Files open as if the file system were read-only.
    pub(crate) is_read_only: bool,
}

static DISK: OnceLock<Mutex<Disk>> = OnceLock::new();
static REAL: AtomicPtr<ffi::sqlite3_vfs> = AtomicPtr::new(ptr::null_mut());

/// Milliseconds by which SQLite's clock is wrong.
pub(crate) static SKEW: AtomicI64 = AtomicI64::new(0);

pub(crate) fn disk() -> MutexGuard<'static, Disk> {
    DISK.get_or_init(Mutex::default).lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Forgets everything and watches this directory from now on.
pub(crate) fn watch(place: &std::path::Path) {
    install();
    *disk() = Disk { place: Some(place.to_str().unwrap().to_owned()), ..Disk::default() };
}

impl Disk {
    /// Whether this operation fails.
    fn strikes(&mut self, kinds: &[Fault]) -> Option<Fault> {
        let (fault, left) = self.fault.as_mut()?;
        if !kinds.contains(fault) {
            return None;
        }
        if *left > 0 {
            *left -= 1;
            return None;
        }
        Some(*fault)
    }
}

/// An open file; the real one follows it in memory.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    /// Its path if it is watched, from `Box::into_raw`.
    name: *mut String,
}

/// # Safety
/// `file` was opened by [`open`].
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    unsafe { file.cast::<File>().add(1).cast() }
}

unsafe fn name<'a>(file: *mut ffi::sqlite3_file) -> Option<&'a String> {
    unsafe { (*file.cast::<File>()).name.as_ref() }
}

/// Calls a method of the real file.
macro_rules! forward {
    ($file:expr, $method:ident $(, $argument:expr)*) => {{
        let real = unsafe { real($file) };
        match unsafe { (*(*real).pMethods).$method } {
            Some(method) => unsafe { method(real $(, $argument)*) },
            None => ffi::SQLITE_ERROR,
        }
    }};
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    let name = unsafe { (*file.cast::<File>()).name };
    if !name.is_null() {
        drop(unsafe { Box::from_raw(name) });
    }
    forward!(file, xClose)
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    data: *mut c_void,
    length: c_int,
    offset: i64,
) -> c_int {
    if unsafe { name(file) }.is_some() && disk().strikes(&[Fault::Read]).is_some() {
        return ffi::SQLITE_IOERR_READ;
    }
    forward!(file, xRead, data, length, offset)
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    data: *const c_void,
    length: c_int,
    offset: i64,
) -> c_int {
    if let Some(name) = unsafe { name(file) } {
        let mut disk = disk();
        match disk.strikes(&[Fault::Full, Fault::Write]) {
            Some(Fault::Full) => return ffi::SQLITE_FULL,
            Some(_) => return ffi::SQLITE_IOERR_WRITE,
            None => {}
        }
        let bytes =
            unsafe { std::slice::from_raw_parts(data.cast::<u8>(), usize::try_from(length).unwrap_or(0)) };
        let offset = usize::try_from(offset).unwrap_or(0);
        disk.log.push(Op::Write { file: name.clone(), offset, data: bytes.to_vec() });
    }
    forward!(file, xWrite, data, length, offset)
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    if let Some(name) = unsafe { name(file) } {
        let size = usize::try_from(size).unwrap_or(0);
        disk().log.push(Op::Truncate { file: name.clone(), size });
    }
    forward!(file, xTruncate, size)
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    if let Some(name) = unsafe { name(file) } {
        let mut disk = disk();
        if disk.strikes(&[Fault::Sync]).is_some() {
            return ffi::SQLITE_IOERR_FSYNC;
        }
        disk.log.push(Op::Sync { file: name.clone() });
        // The log is what is promised; waiting for the real disk would only take time.
        return ffi::SQLITE_OK;
    }
    forward!(file, xSync, flags)
}

unsafe extern "C" fn size(file: *mut ffi::sqlite3_file, size: *mut i64) -> c_int {
    forward!(file, xFileSize, size)
}
unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    forward!(file, xLock, level)
}
unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    forward!(file, xUnlock, level)
}
unsafe extern "C" fn check_reserved(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    forward!(file, xCheckReservedLock, out)
}
unsafe extern "C" fn control(file: *mut ffi::sqlite3_file, op: c_int, argument: *mut c_void) -> c_int {
    forward!(file, xFileControl, op, argument)
}
unsafe extern "C" fn sector(file: *mut ffi::sqlite3_file) -> c_int {
    forward!(file, xSectorSize)
}
unsafe extern "C" fn characteristics(file: *mut ffi::sqlite3_file) -> c_int {
    // Nothing but what is asked for: pages may be torn.
    if unsafe { name(file) }.is_some() { 0 } else { forward!(file, xDeviceCharacteristics) }
}
unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    page: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    forward!(file, xShmMap, page, size, extend, out)
}
unsafe extern "C" fn shm_lock(file: *mut ffi::sqlite3_file, offset: c_int, n: c_int, flags: c_int) -> c_int {
    forward!(file, xShmLock, offset, n, flags)
}
unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    let real = unsafe { real(file) };
    if let Some(method) = unsafe { (*(*real).pMethods).xShmBarrier } {
        unsafe { method(real) };
    }
}
unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, delete: c_int) -> c_int {
    forward!(file, xShmUnmap, delete)
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    file: *mut ffi::sqlite3_file,
    mut flags: c_int,
    out: *mut c_int,
) -> c_int {
    let watched = (!path.is_null()).then(|| unsafe { CStr::from_ptr(path) }.to_string_lossy().into_owned());
    let (watched, is_read_only) = {
        let disk = disk();
        let watched = watched.filter(|path| disk.place.as_ref().is_some_and(|place| path.starts_with(place)));
        (watched, disk.is_read_only)
    };
    if watched.is_some() && is_read_only {
        flags = flags & !(ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE) | ffi::SQLITE_OPEN_READONLY;
    }
    let vfs = REAL.load(Ordering::Relaxed);
    let this = file.cast::<File>();
    unsafe {
        (*this).base.pMethods = ptr::null();
        (*this).name = ptr::null_mut();
    }
    let result = match unsafe { (*vfs).xOpen } {
        Some(open) => unsafe { open(vfs, path, real(file), flags, out) },
        None => ffi::SQLITE_ERROR,
    };
    if result == ffi::SQLITE_OK {
        unsafe {
            (*this).base.pMethods = &raw const METHODS;
            (*this).name = watched.map_or(ptr::null_mut(), |name| Box::into_raw(Box::new(name)));
        }
    }
    result
}

unsafe extern "C" fn time(_: *mut ffi::sqlite3_vfs, out: *mut i64) -> c_int {
    let vfs = REAL.load(Ordering::Relaxed);
    let result = match unsafe { (*vfs).xCurrentTimeInt64 } {
        Some(time) => unsafe { time(vfs, out) },
        None => ffi::SQLITE_ERROR,
    };
    unsafe { *out += SKEW.load(Ordering::Relaxed) };
    result
}

/// Makes this the way SQLite opens files, for good.
fn install() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| unsafe {
        let real = ffi::sqlite3_vfs_find(ptr::null());
        REAL.store(real, Ordering::Relaxed);
        let mut ours = *real;
        ours.zName = c"recording".as_ptr();
        ours.szOsFile += c_int::try_from(size_of::<File>()).unwrap();
        ours.xOpen = Some(open);
        ours.xCurrentTimeInt64 = Some(time);
        ours.pNext = ptr::null_mut();
        assert_eq!(ffi::sqlite3_vfs_register(Box::into_raw(Box::new(ours)), 1), ffi::SQLITE_OK);
    });
}

/// A file as the disk holds it after a cut: what was synced, and of the rest what `survives` says, sector by sector.
pub(crate) fn images(
    log: &[Op],
    mut survives: impl FnMut() -> bool,
    mut tears: impl FnMut() -> bool,
) -> HashMap<String, Vec<u8>> {
    let mut files: HashMap<String, (Vec<u8>, Vec<&Op>)> = HashMap::new();
    for op in log {
        match op {
            Op::Write { file, .. } | Op::Truncate { file, .. } => {
                files.entry(file.clone()).or_default().1.push(op);
            }
            Op::Sync { file } => {
                let (bytes, pending) = files.entry(file.clone()).or_default();
                pending.drain(..).for_each(|op| apply(bytes, op, usize::MAX));
            }
            Op::Acknowledged(_) => {}
        }
    }
    let image = |(name, (mut bytes, pending)): (String, (Vec<u8>, Vec<&Op>))| {
        for op in pending {
            if survives() {
                apply(&mut bytes, op, if tears() { 512 } else { usize::MAX });
            }
        }
        (name, bytes)
    };
    files.into_iter().map(image).collect()
}

fn apply(bytes: &mut Vec<u8>, op: &Op, most: usize) {
    match op {
        Op::Write { offset, data, .. } => {
            let data = &data[..data.len().min(most)];
            if bytes.len() < offset + data.len() {
                bytes.resize(offset + data.len(), 0);
            }
            bytes[*offset..offset + data.len()].copy_from_slice(data);
        }
        Op::Truncate { size, .. } => bytes.resize(*size, 0),
        _ => {}
    }
}
