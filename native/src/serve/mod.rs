//! The HTTP server behind the chart page.
//!
//! | path | answer |
//! |---|---|
//! | `/` | the chart page |
//! | `/api/symbols` | JSON: the stored series, with how many candles from when to when |
//! | `/api/candles?symbol=&interval=&limit=&before=` | the last `limit` candles, or those that opened before a time, as one [codec](atra_core::codec) frame |
//! | `/api/signals?symbol=&interval=` | JSON: the stored signals |
//! | `/api/live?symbol=&interval=&since=` | server-sent events `candle`: JSON candles with `closed`, the forming bar again and again; `ping` at least every 10 seconds |
//!
//! An error is a status of 4xx or 5xx and JSON `{"error": "one sentence"}`.

mod api;
mod live;
mod page;

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use atra_core::{Error, ErrorKind, Result};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::Store;

/// The server, listening but not yet answering.
///
/// It listens on this machine only: it has no log-in.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes a port; 0 takes any that is free.
    ///
    /// Fails when the port is taken.
    pub fn bind(port: u16) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| Error::new(ErrorKind::Io, format!("cannot start the server: {error}")))?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port))).map_err(|error| {
            let why = match error.kind() {
                io::ErrorKind::AddrInUse => {
                    "it is taken; choose another with --port, or 0 for any".to_owned()
                }
                io::ErrorKind::PermissionDenied => "permission denied; choose one above 1023".to_owned(),
                _ => error.to_string(),
            };
            Error::new(ErrorKind::Io, format!("cannot listen on port {port}: {why}")).with_source(error)
        })?;
        let address = listener
            .local_addr()
            .map_err(|error| Error::new(ErrorKind::Io, format!("cannot listen on port {port}: {error}")))?;
        Ok(Self { runtime, listener, address })
    }

    /// Where the page is: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers until `stop` is ready. `page` is a directory with a built chart page to serve instead of the one
    /// in the binary.
    pub fn run(
        self,
        store: Store,
        page: Option<PathBuf>,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<()> {
        let Self { runtime, listener, .. } = self;
        let router = api::router(store, page);
        runtime
            .block_on(async {
                // Live streams never end by themselves, so the stop does not wait for open connections.
                tokio::select! {
                    result = axum::serve(listener, router) => result,
                    () = stop => Ok(()),
                }
            })
            .map_err(|error| Error::new(ErrorKind::Io, format!("the server failed: {error}")))?;
        runtime.shutdown_background();
        Ok(())
    }
}

/// Ready when the user presses Ctrl-C.
pub async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without a signal handler there is nothing to wait for: run until killed.
        std::future::pending::<()>().await;
    }
}
