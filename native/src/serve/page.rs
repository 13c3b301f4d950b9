//! The chart page's files: from a directory, or those in the binary.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};

/// Everything the page loads is its own; WebAssembly needs its word.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

#[cfg(feature = "page")]
const FILES: &[(&str, &[u8])] = &[
    ("index.html", include_bytes!("../../../www/dist/index.html")),
    ("assets/app.js", include_bytes!("../../../www/dist/assets/app.js")),
    ("assets/bench.js", include_bytes!("../../../www/dist/assets/bench.js")),
    ("assets/app.css", include_bytes!("../../../www/dist/assets/app.css")),
    // The module for engines with vectors, which are all since 2023; the other is not worth its size here.
    ("assets/atra_wasm_bg.wasm", include_bytes!("../../../www/dist/assets/atra_wasm_bg.wasm")),
];
#[cfg(not(feature = "page"))]
const FILES: &[(&str, &[u8])] = &[];

const NO_PAGE: &str = "<!doctype html><title>atra</title><p>This atra was built without its chart page. \
Build it with <code>make demo</code>, or name the directory of a built page with <code>--page</code>. \
The <a href=\"/api/symbols\">API</a> works.";

pub(super) async fn page(State(directory): State<Arc<Option<PathBuf>>>, uri: Uri) -> Response {
    let name = match uri.path().trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let file = match directory.as_ref() {
        Some(directory) => read(directory, name).await,
        None => FILES.iter().find(|(path, _)| *path == name).map(|(_, bytes)| bytes.to_vec()),
    };
    match file {
        Some(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(content_type(name))),
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            ];
            (headers, bytes).into_response()
        }
        None if name == "index.html" => Html(NO_PAGE).into_response(),
        None => (StatusCode::NOT_FOUND, "no such page\n").into_response(),
    }
}

async fn read(directory: &Path, name: &str) -> Option<Vec<u8>> {
    let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if !inside {
        return None;
    }
    let path = directory.join(name);
    tokio::task::spawn_blocking(move || std::fs::read(path).ok()).await.ok().flatten()
}

fn content_type(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
