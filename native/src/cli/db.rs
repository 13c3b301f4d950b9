//! `atra db`: looking after a database.

use std::fmt::Write;

use atra::store::rusqlite::types::Value;
use atra::store::{StatementProfile, restore};
use atra::{Error, ErrorKind, Result};

use super::open_existing;
use super::output::{Output, grouped, push_number, table};

#[derive(clap::Args)]
pub(crate) struct Db {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Print sizes, settings and rows.
    Info {
        #[command(flatten)]
        on: On,
    },
    /// Print the rows of a SELECT as CSV; every indicator is a window function.
    Query {
        #[command(flatten)]
        on: On,
        /// The statement.
        sql: String,
    },
    /// Print what statements cost in programs that had the profile on, the dearest first.
    Profile {
        #[command(flatten)]
        on: On,
        /// How many statements.
        #[arg(long, default_value_t = 20)]
        top: usize,
    },
    /// Find indexes that would pay, each proven on a copy.
    Advise {
        #[command(flatten)]
        on: On,
        /// Look at this SELECT too, besides the profile's.
        #[arg(long, value_name = "SQL")]
        sql: Vec<String>,
        /// Make them.
        #[arg(long)]
        apply: bool,
    },
    /// Copy the database, which may be in use.
    Backup {
        #[command(flatten)]
        on: On,
        /// The copy; must not exist.
        target: String,
    },
    /// Make a database from a copy, checked first.
    Restore {
        #[command(flatten)]
        on: On,
        /// The copy.
        backup: String,
        /// Replace the database that is there.
        #[arg(long)]
        force: bool,
    },
    /// Look for damage, on every page and in every row.
    Check {
        #[command(flatten)]
        on: On,
    },
    /// Rewrite the file without the space of deleted rows.
    Vacuum {
        #[command(flatten)]
        on: On,
    },
}

#[derive(clap::Args)]
struct On {
    /// Database file.
    #[arg(long)]
    db: String,
}

impl Db {
    pub(crate) fn run(self) -> Result<()> {
        let mut output = Output::stdout();
        let text = match self.command {
            Command::Info { on } => {
                let store = open_existing(&on.db)?;
                let facts = store.info()?;
                store.close()?;
                table(&facts.into_iter().map(|(name, value)| vec![name, value]).collect::<Vec<_>>())
            }
            Command::Query { on, sql } => {
                let store = open_existing(&on.db)?;
                let rows = store.query(&sql, &[])?;
                let text = csv(&rows);
                store.close()?;
                text
            }
            Command::Profile { on, top } => {
                let store = open_existing(&on.db)?;
                let profile = store.saved_profile()?;
                store.close()?;
                if profile.is_empty() {
                    "nothing yet: open the store with StoreOptions::profile(true), and close it\n".to_owned()
                } else {
                    profile_text(profile.get(..top).unwrap_or(&profile))
                }
            }
            Command::Advise { on, sql, apply } => advise(&on.db, &sql, apply)?,
            Command::Backup { on, target } => {
                let store = open_existing(&on.db)?;
                let mut pages = 0;
                store.backup(&target, |_, all| pages = all)?;
                store.close()?;
                format!("{target}: {} pages\n", grouped(pages))
            }
            Command::Restore { on, backup, force } => {
                restore(&backup, &on.db, force)?;
                format!("{} is what {backup} is\n", on.db)
            }
            Command::Check { on } => {
                let store = open_existing(&on.db)?;
                let wrong = store.check()?;
                store.close()?;
                if let Some(first) = wrong.first() {
                    output.write(&(wrong.join("\n") + "\n"))?;
                    output.finish()?;
                    let message = format!("{}: {} things are wrong, the first: {first}", on.db, wrong.len());
                    return Err(Error::new(ErrorKind::Database, message));
                }
                "ok\n".to_owned()
            }
            Command::Vacuum { on } => {
                let size = || std::fs::metadata(&on.db).map_or(0, |file| file.len());
                let before = size();
                let store = open_existing(&on.db)?;
                store.vacuum()?;
                store.close()?;
                format!("{} bytes, {} before\n", grouped(size()), grouped(before))
            }
        };
        output.write(&text)?;
        output.finish()
    }
}

fn csv(rows: &atra::store::Rows) -> String {
    let quoted = |cell: &str| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    let cell = |value: &Value| match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => {
            let mut text = String::new();
            push_number(&mut text, *number);
            text
        }
        Value::Text(text) => quoted(text),
        Value::Blob(bytes) => bytes.iter().fold(String::new(), |mut text, byte| {
            let written = write!(text, "{byte:02x}");
            debug_assert!(written.is_ok(), "writing to a string cannot fail");
            text
        }),
    };
    let mut text = rows.columns().iter().map(|name| quoted(name)).collect::<Vec<_>>().join(",");
    for row in rows.iter() {
        text.push('\n');
        text.push_str(&row.values().iter().map(cell).collect::<Vec<_>>().join(","));
    }
    text.push('\n');
    text
}

fn profile_text(profile: &[StatementProfile]) -> String {
    let header = ["count", "total ms", "p50 µs", "p95 µs", "p99 µs", "rows", "scanned", "sorts", "statement"];
    let micros = |time: std::time::Duration| format!("{:.0}", time.as_secs_f64() * 1e6);
    let rows = profile.iter().map(|statement| {
        vec![
            grouped(statement.count),
            format!("{:.1}", statement.total.as_secs_f64() * 1e3),
            micros(statement.p50),
            micros(statement.p95),
            micros(statement.p99),
            grouped(statement.rows),
            grouped(statement.full_scan_steps),
            grouped(statement.sorts),
            statement.sql.clone(),
        ]
    });
    table(&std::iter::once(header.map(str::to_owned).to_vec()).chain(rows).collect::<Vec<_>>())
}

fn advise(path: &str, sql: &[String], apply: bool) -> Result<String> {
    let store = open_existing(path)?;
    let mut statements: Vec<StatementProfile> = sql.iter().map(StatementProfile::of).collect();
    statements.extend(store.saved_profile()?);
    let advices = store.advise(&statements)?;
    let ms = |time: std::time::Duration| time.as_secs_f64() * 1e3;
    let mut lines = Vec::new();
    for advice in &advices.create {
        lines.push(format!("{};", advice.create));
        lines.push(format!("  for {}", advice.sql));
        lines.push(format!(
            "  {:.3} ms instead of {:.3} ms; {} bytes, {:.1} µs a written row",
            ms(advice.time.1),
            ms(advice.time.0),
            grouped(advice.bytes),
            ms(advice.write_cost) * 1e3
        ));
        lines.push(format!("  {} (was: {})", advice.plan.1, advice.plan.0));
    }
    lines.extend(advices.drop.iter().map(|(index, why)| format!("DROP INDEX {index}; -- {why}")));
    if statements.is_empty() {
        let how = "name one with --sql, or run the bot with StoreOptions::profile(true)";
        lines.push(format!("no statements to look at: {how}"));
    } else if advices.create.is_empty() {
        lines.push("no index would pay".to_owned());
    } else if apply {
        store.apply(&advices)?;
        lines.push(format!("{} made", advices.create.len()));
    }
    store.close()?;
    Ok(lines.join("\n") + "\n")
}
