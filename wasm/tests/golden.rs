//! Every indicator that TA-Lib has, in a real browser, against what TA-Lib gave.
#![cfg(target_arch = "wasm32")]

use atra_tests::{candles, golden};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

macro_rules! golden {
    ($($name:ident)*) => {$(
        #[wasm_bindgen_test]
        fn $name() {
            let data = candles(include_str!(concat!("../../tests/data/", stringify!($name), ".csv")));
            let text = include_str!(concat!("../../tests/golden/", stringify!($name), ".tsv"));
            assert!(golden::compare(stringify!($name), data, text).len() > 50);
        }
    )*};
}
golden!(aapl_1d patterns us500_1m);
