//! SQL of the caller's own: rows as values, from the cache whenever that is safe.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::sync::Arc;

use atra_core::{Error, ErrorKind, Result};
use rusqlite::types::{FromSql, ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::failure::{Failure, sql_error};
use super::health::lock;
use super::tables::TableSet;
use super::{Key, Loaded, Store};

/// What a query returned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    columns: Vec<String>,
    values: Vec<Value>,
}

/// One row of [`Rows`].
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    columns: &'a [String],
    values: &'a [Value],
}

impl Rows {
    /// The columns' names, in order.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        if self.columns.is_empty() { 0 } else { self.values.len() / self.columns.len() }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        let width = self.columns.len().max(1);
        self.values.chunks_exact(width).map(|values| Row { columns: &self.columns, values })
    }

    /// About how many bytes it takes.
    fn bytes(&self) -> usize {
        let of = |value: &Value| match value {
            Value::Text(text) => text.len(),
            Value::Blob(blob) => blob.len(),
            _ => 0,
        };
        size_of::<Self>() + self.values.iter().map(|value| size_of::<Value>() + of(value)).sum::<usize>()
    }
}

impl<'a> Row<'a> {
    /// The value of a column, by its position.
    ///
    /// Fails when there is no such column, and with [`ErrorKind::Format`] when its value is not a `T`.
    pub fn get<T: FromSql>(&self, column: usize) -> Result<T> {
        let Some(value) = self.values.get(column) else {
            let message = format!("no column {column}; there are {}", self.values.len());
            return Err(Error::new(ErrorKind::NotFound, message));
        };
        T::column_result(ValueRef::from(value)).map_err(|error| {
            let name = self.columns.get(column).map_or("", String::as_str);
            Error::new(ErrorKind::Format, format!("column `{name}`: {error}"))
        })
    }

    /// The value of the column of this name.
    pub fn named<T: FromSql>(&self, name: &str) -> Result<T> {
        match self.columns.iter().position(|column| column == name) {
            Some(column) => self.get(column),
            None => Err(Error::new(
                ErrorKind::NotFound,
                format!("no column `{name}`; there are: {}", self.columns.join(", ")),
            )),
        }
    }

    /// All values, in order.
    #[must_use]
    pub fn values(&self) -> &'a [Value] {
        self.values
    }
}

/// What a row can be read as; tuples of up to eight values can.
pub trait FromRow: Sized {
    /// Reads the row; its first columns are the tuple's fields.
    fn from_row(row: Row<'_>) -> Result<Self>;
}

macro_rules! tuples {
    ($($($name:ident $column:literal),+;)+) => {$(
        impl<$($name: FromSql),+> FromRow for ($($name,)+) {
            fn from_row(row: Row<'_>) -> Result<Self> {
                Ok(($(row.get::<$name>($column)?,)+))
            }
        }
    )+};
}
tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

/// What is known about a caller's statement.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// What it reads, if its result depends on nothing else.
    tables: Option<TableSet>,
    /// For which schema that is true.
    schema: i64,
}

/// Statements that are remembered.
pub(super) const MOST_KNOWN: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1023);

impl Store {
    /// The rows of a SELECT.
    ///
    /// The result comes from the cache when nothing it depends on has changed. What the statement reads is learned
    /// from SQLite, so a commit to other tables leaves it there; a statement that depends on anything else than
    /// rows of tables (`random()`, the clock, a PRAGMA, a virtual table) is never cached.
    ///
    /// ```
    /// use atra::store::rusqlite::params;
    ///
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// store.add_user("ada")?;
    /// let rows = store.query("SELECT id, name FROM users WHERE name > ?1", params!["a"])?;
    /// assert_eq!(rows.columns(), ["id", "name"]);
    /// let users: Vec<(i64, String)> = store.query_as("SELECT id, name FROM users", params![])?;
    /// assert_eq!(users, [(1, "ada".to_owned())]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query(&self, sql: &str, params: &[&dyn ToSql]) -> Result<Arc<Rows>> {
        let mut bytes = Vec::with_capacity(16 * params.len());
        for param in params {
            push_key(&mut bytes, ValueRef::from(&value(param)?));
        }
        match self.lookup(&Key::Sql(Cow::Borrowed(sql), Cow::Borrowed(&bytes)))? {
            Some(rows) => Ok(rows),
            None => self.load_rows(sql, &params.iter().map(value).collect::<Result<Vec<_>>>()?, bytes),
        }
    }

    /// The rows of a SELECT, each as a tuple; see [`query`](Self::query).
    pub fn query_as<T: FromRow>(&self, sql: &str, params: &[&dyn ToSql]) -> Result<Vec<T>> {
        self.query(sql, params)?.iter().map(T::from_row).collect()
    }

    /// Runs one statement that writes, as [`write`](Self::write) does, and returns how many rows it changed.
    pub fn execute(&self, sql: &str, params: &[&dyn ToSql]) -> Result<usize> {
        let params = params.iter().map(value).collect::<Result<Vec<_>>>()?;
        let sql = sql.to_owned();
        self.write(move |conn| {
            let before = conn.total_changes();
            let changed = conn.prepare_cached(&sql)?.execute(params_from_iter(params))?;
            // Of what changes no rows, SQLite says how many the statement before it changed.
            Ok(if conn.total_changes() == before { 0 } else { changed })
        })
    }

    pub(super) fn query_values(&self, sql: &str, params: &[Value]) -> Result<Arc<Rows>> {
        let mut bytes = Vec::new();
        for param in params {
            push_key(&mut bytes, ValueRef::from(param));
        }
        match self.lookup(&Key::Sql(Cow::Borrowed(sql), Cow::Borrowed(&bytes)))? {
            Some(rows) => Ok(rows),
            None => self.load_rows(sql, params, bytes),
        }
    }

    fn load_rows(&self, sql: &str, params: &[Value], key: Vec<u8>) -> Result<Arc<Rows>> {
        let inner = &self.inner;
        let known = lock(&inner.known).get(sql).copied();
        let known = match known {
            Some(known) => known,
            None => self.learn(sql)?,
        };
        let Some(tables) = known.tables else {
            return Ok(Arc::new(self.read(|conn| rows(conn, sql, params))?));
        };
        self.load(Key::Sql(Cow::Borrowed(sql), Cow::Owned(key)), tables, |conn| {
            let value = rows(conn, sql, params)?;
            // With another schema it may read other tables.
            let is_same = schema(conn)? == known.schema;
            if !is_same {
                lock(&inner.known).pop(sql);
            }
            let bytes = value.bytes() + sql.len();
            Ok(Loaded { value, bytes: is_same.then_some(bytes) })
        })
    }

    fn learn(&self, sql: &str) -> Result<Known> {
        let inner = &self.inner;
        let known = inner.readers.read(&super::ReadOptions::default(), |conn, guard| {
            Ok(Known { tables: guard.reads(conn, &inner.tables, sql)?, schema: schema(conn)? })
        })?;
        lock(&inner.known).put(sql.to_owned(), known);
        Ok(known)
    }
}

fn schema(conn: &Connection) -> rusqlite::Result<i64> {
    conn.prepare_cached("PRAGMA schema_version")?.query_row([], |row| row.get(0))
}

fn value(param: &&dyn ToSql) -> Result<Value> {
    match param.to_sql().map_err(sql_error)? {
        ToSqlOutput::Borrowed(value) => Value::try_from(value)
            .map_err(|error| Error::new(ErrorKind::Parameter, format!("a parameter is no value: {error}"))),
        ToSqlOutput::Owned(value) => Ok(value),
        other => Err(Error::new(
            ErrorKind::Parameter,
            format!("a parameter cannot be sent to a reader: {other:?}"),
        )),
    }
}

/// Appends a parameter as bytes, different for different ones.
fn push_key(key: &mut Vec<u8>, param: ValueRef<'_>) {
    let (tag, bytes): (u8, &[u8]) = match param {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(number) => (1, &number.to_le_bytes()),
        ValueRef::Real(number) => (2, &number.to_bits().to_le_bytes()),
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(blob) => (4, blob),
    };
    key.push(tag);
    key.extend((bytes.len() as u64).to_le_bytes());
    key.extend(bytes);
}

pub(super) fn rows(conn: &Connection, sql: &str, params: &[Value]) -> Result<Rows, Failure> {
    let mut select = conn.prepare_cached(sql)?;
    let columns: Vec<String> = select.column_names().into_iter().map(str::to_owned).collect();
    let mut values = Vec::new();
    let mut found = select.query(params_from_iter(params))?;
    while let Some(row) = found.next()? {
        for column in 0..columns.len() {
            values.push(row.get(column)?);
        }
    }
    Ok(Rows { columns, values })
}
