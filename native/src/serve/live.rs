//! Candles as they form.
//!
//! The store is the only source: whoever writes candles into it (this process or another) feeds the stream. It is
//! looked at a few times a second; an unchanged store answers from its cache.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use atra_core::{Candle, Result, TimeMs};
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::api::{Parsed, blocking, failure, unreadable};
use crate::Store;
use crate::store::CandleQuery;

/// How often the store is looked at: a fifth of a second is live to the eye.
const EVERY: Duration = Duration::from_millis(200);

/// The longest a connection says nothing.
const SILENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Deserialize)]
pub(super) struct Live {
    symbol: String,
    interval: String,
    /// The last bar the caller has: that one and all later ones are sent. Without it, from the newest on.
    since: Option<TimeMs>,
}

/// A candle as the page receives it.
#[derive(Serialize)]
struct Bar {
    #[serde(flatten)]
    candle: Candle,
    /// Whether a later bar exists; the newest is still forming.
    closed: bool,
}

/// One open connection.
struct Feed {
    store: Store,
    what: Live,
    ticks: Interval,
    /// The newest candle sent.
    sent: Option<Candle>,
    waiting: VecDeque<Bar>,
}

pub(super) async fn live(State(store): State<Store>, query: Parsed<Live>) -> Response {
    let what = match query {
        Ok(Query(what)) => what,
        Err(rejection) => return failure(&unreadable(&rejection)),
    };
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut feed = Feed { store, what, ticks, sent: None, waiting: VecDeque::new() };
    // An unknown symbol is a plain error, not a stream that never says anything.
    if let Err(error) = feed.look().await {
        return failure(&error);
    }
    let events = futures_util::stream::unfold(feed, |mut feed| async move {
        let bar = feed.next().await?;
        let event = Event::default().event("candle").json_data(bar).ok()?;
        Some((Ok::<_, Infallible>(event), feed))
    });
    // An event with data: of comments and empty events a page is not told. A connection that says nothing is dead.
    let ping = KeepAlive::new().interval(SILENCE).event(Event::default().event("ping").data("{}"));
    Sse::new(events).keep_alive(ping).into_response()
}

impl Feed {
    /// The next bar to send; `None` ends the stream, and the page reconnects.
    async fn next(&mut self) -> Option<Bar> {
        loop {
            if let Some(bar) = self.waiting.pop_front() {
                return Some(bar);
            }
            self.ticks.tick().await;
            self.look().await.ok()?;
        }
    }

    /// Queues what is new or changed since the last look.
    async fn look(&mut self) -> Result<()> {
        let (store, Live { symbol, interval, since }) = (self.store.clone(), self.what.clone());
        let query = match self.sent.map(|candle| candle.time).or(since) {
            Some(time) => CandleQuery { from: Some(time), ..CandleQuery::default() },
            None => CandleQuery::last(1),
        };
        let frame = blocking(move || store.candles(&symbol, &interval, query)).await?;
        let candles: Vec<Candle> = (0..frame.len()).filter_map(|row| frame.candle(row)).collect();
        if let Some(newest) = candles.last()
            && self.sent.as_ref() != Some(newest)
        {
            let bars =
                candles.iter().map(|candle| Bar { candle: *candle, closed: candle.time < newest.time });
            self.waiting.extend(bars);
            self.sent = Some(*newest);
        }
        Ok(())
    }
}
