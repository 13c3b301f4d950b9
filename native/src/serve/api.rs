//! Routes and their JSON and bytes.

use std::path::PathBuf;
use std::sync::Arc;

use atra_core::codec::{self, Format};
use atra_core::{Error, ErrorKind, Result, TimeMs};
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::{Deserialize, Serialize};

use super::{live, page};
use crate::Store;
use crate::store::{CandleQuery, SignalQuery};

/// Most candles one answer holds: a few megabytes.
const MOST_CANDLES: usize = 100_000;

pub(super) fn router(store: Store, page: Option<PathBuf>) -> Router {
    Router::new()
        .route("/api/symbols", get(symbols))
        .route("/api/candles", get(candles))
        .route("/api/signals", get(signals))
        .route("/api/live", get(live::live))
        .with_state(store)
        .fallback(get(page::page).with_state(Arc::new(page)))
}

/// The series a request is about.
#[derive(Clone, Deserialize)]
pub(super) struct Series {
    pub(super) symbol: String,
    pub(super) interval: String,
}

#[derive(Deserialize)]
struct Candles {
    symbol: String,
    interval: String,
    limit: Option<usize>,
    /// Only candles that opened before this time.
    before: Option<TimeMs>,
}

async fn symbols(State(store): State<Store>) -> Response {
    answer(blocking(move || json(&*store.symbols()?)).await)
}

async fn candles(State(store): State<Store>, query: Parsed<Candles>) -> Response {
    let read = move |Candles { symbol, interval, limit, before }| {
        let limit = limit.unwrap_or(MOST_CANDLES).clamp(1, MOST_CANDLES);
        let query = CandleQuery { to: before, ..CandleQuery::last(limit) };
        let frame = store.candles(&symbol, &interval, query)?;
        Ok(("application/octet-stream", codec::encode(&*frame, Format::MessagePack)?))
    };
    match query {
        Ok(Query(query)) => answer(blocking(move || read(query)).await),
        Err(rejection) => failure(&unreadable(&rejection)),
    }
}

async fn signals(State(store): State<Store>, query: Parsed<Series>) -> Response {
    let read = move |Series { symbol, interval }| {
        let query = SignalQuery { symbols: vec![symbol], interval: Some(interval), ..SignalQuery::default() };
        json(&*store.signals(&query)?)
    };
    match query {
        Ok(Query(query)) => answer(blocking(move || read(query)).await),
        Err(rejection) => failure(&unreadable(&rejection)),
    }
}

/// A query string, or why it is not one.
pub(super) type Parsed<T> = std::result::Result<Query<T>, axum::extract::rejection::QueryRejection>;

/// A content type and its bytes.
type Body = (&'static str, Vec<u8>);

fn json<T: Serialize + ?Sized>(value: &T) -> Result<Body> {
    Ok(("application/json", codec::encode(value, Format::Json)?))
}

/// Runs `work` where it may wait for the disk.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(Error::new(ErrorKind::Closed, format!("the request was given up: {error}"))),
    }
}

fn answer(result: Result<Body>) -> Response {
    match result {
        Ok((kind, bytes)) => {
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], bytes).into_response()
        }
        Err(error) => failure(&error),
    }
}

pub(super) fn unreadable(rejection: &axum::extract::rejection::QueryRejection) -> Error {
    Error::new(ErrorKind::Parameter, rejection.body_text())
}

pub(super) fn failure(error: &Error) -> Response {
    let status = match error.kind() {
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Parameter | ErrorKind::Data | ErrorKind::Format => StatusCode::BAD_REQUEST,
        ErrorKind::Busy | ErrorKind::Full | ErrorKind::Closed => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, axum::Json(serde_json::json!({ "error": error.to_string() }))).into_response()
}
