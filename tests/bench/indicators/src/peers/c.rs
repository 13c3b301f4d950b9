//! TA-Lib in C: the shared library that `TA_LIB` names, if it does.

use std::sync::LazyLock;

use libloading::{Library, Symbol};

use super::{Run, Task};

static LIBRARY: LazyLock<Option<Library>> = LazyLock::new(|| {
    let path = std::env::var_os("TA_LIB").filter(|path| !path.is_empty())?;
    // SAFETY: whoever names a library wants it loaded; this one has no initialisers that do harm.
    let library = unsafe { Library::new(path) }.inspect_err(|error| eprintln!("TA-Lib C is left out: {error}")).ok()?;
    // SAFETY: declared so in `ta_common.h`.
    unsafe { library.get::<unsafe extern "C" fn() -> i32>(b"TA_Initialize").ok()?() };
    Some(library)
});

type In = *const f64;

pub fn run(Task { id, period, market: m }: Task<'_>) -> Option<Run<'_>> {
    let library = LIBRARY.as_ref()?;
    let (last, n) = (i32::try_from(m.close.len()).ok()? - 1, i32::try_from(period).ok()?);
    let (h, l, c, v) = (m.high.as_ptr(), m.low.as_ptr(), m.close.as_ptr(), m.volume.as_ptr());
    macro_rules! run {
        ($name:literal ($($Type:ty = $arg:expr),*) -> [$($output:literal),*]) => {{
            type Function =
                unsafe extern "C" fn(i32, i32, $($Type,)* *mut i32, *mut i32, $(run!(@ $output)),*) -> i32;
            // SAFETY: declared so in `ta_func.h`.
            let function: Symbol<'static, Function> = unsafe { library.get($name) }.ok()?;
            Box::new(move |out: &mut [Vec<f64>]| {
                let (mut begin, mut count) = (0, 0);
                let outputs: [*mut f64; 3] = std::array::from_fn(|output| out[output].as_mut_ptr());
                // SAFETY: all columns have as many rows as the last row says.
                let status = unsafe { function(0, last, $($arg,)* &mut begin, &mut count, $(outputs[$output]),*) };
                assert_eq!(status, 0, "{id}");
                begin as usize
            })
        }};
        (@ $output:literal) => { *mut f64 };
    }
    const SMA: i32 = 0;
    Some(match id {
        "sma" => run!(b"TA_SMA" (In = c, i32 = n) -> [0]),
        "ema" => run!(b"TA_EMA" (In = c, i32 = n) -> [0]),
        "wma" => run!(b"TA_WMA" (In = c, i32 = n) -> [0]),
        "rsi" => run!(b"TA_RSI" (In = c, i32 = n) -> [0]),
        "macd" => run!(b"TA_MACD" (In = c, i32 = 12, i32 = 26, i32 = 9) -> [0, 1, 2]),
        "bbands" => run!(b"TA_BBANDS" (In = c, i32 = n, f64 = 2.0, f64 = 2.0, i32 = SMA) -> [0, 1, 2]),
        "stddev" => run!(b"TA_STDDEV" (In = c, i32 = n, f64 = 1.0) -> [0]),
        "linearreg" => run!(b"TA_LINEARREG" (In = c, i32 = n) -> [0]),
        "max" => run!(b"TA_MAX" (In = c, i32 = n) -> [0]),
        "atr" => run!(b"TA_ATR" (In = h, In = l, In = c, i32 = n) -> [0]),
        "adx" => run!(b"TA_ADX" (In = h, In = l, In = c, i32 = n) -> [0]),
        "cci" => run!(b"TA_CCI" (In = h, In = l, In = c, i32 = n) -> [0]),
        "stoch" => run!(
            b"TA_STOCH" (In = h, In = l, In = c, i32 = 14, i32 = 3, i32 = SMA, i32 = 3, i32 = SMA) -> [0, 1]
        ),
        "aroon" => run!(b"TA_AROON" (In = h, In = l, i32 = n) -> [0, 1]),
        "obv" => run!(b"TA_OBV" (In = c, In = v) -> [0]),
        "mfi" => run!(b"TA_MFI" (In = h, In = l, In = c, In = v, i32 = n) -> [0]),
        "sar" => run!(b"TA_SAR" (In = h, In = l, f64 = 0.02, f64 = 0.2) -> [0]),
        _ => return None,
    })
}
