//! `atra serve`

use std::path::PathBuf;

use atra::serve::{Server, interrupted};
use atra::{Result, Store};

use super::open_existing;

#[derive(clap::Args)]
pub(crate) struct Serve {
    /// Database file.
    #[arg(long)]
    db: String,
    #[command(flatten)]
    at: At,
}

/// Where the page is served.
#[derive(clap::Args)]
pub(crate) struct At {
    /// Port to listen on, on this machine only; 0 takes any that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
    /// Directory of a built chart page, instead of the one in this program.
    #[arg(long, value_name = "DIR")]
    page: Option<PathBuf>,
}

impl Serve {
    pub(crate) fn run(self) -> Result<()> {
        let store = open_existing(&self.db)?;
        let server = self.at.bind()?;
        self.at.run(server, &store)
    }
}

impl At {
    /// Takes the port.
    pub(crate) fn bind(&self) -> Result<Server> {
        Server::bind(self.port)
    }

    /// Serves until Ctrl-C.
    pub(crate) fn run(self, server: Server, store: &Store) -> Result<()> {
        let url = server.url();
        println!("serving {url} (Ctrl-C stops)");
        if self.open && !open_browser(&url) {
            eprintln!("could not start a browser; open {url} yourself");
        }
        server.run(store.clone(), self.page, interrupted())?;
        store.close()
    }
}

fn open_browser(url: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    std::process::Command::new(program).args(before).arg(url).spawn().is_ok()
}
