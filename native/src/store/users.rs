//! Users, and data of theirs by key.

use std::collections::HashMap;
use std::sync::Arc;

use atra_core::codec::{self, Format};
use atra_core::error::nearest;
use atra_core::{Error, ErrorKind, Result, TimeMs};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::bulk::Insert;
use super::candles::name;
use super::connect::list;
use super::failure::Failure;
use super::tables::{USER_DATA, USERS};
use super::{Key, Loaded, Store};

/// Somebody the bot works for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct User {
    /// The name, unique.
    pub name: String,
    /// When the user was added.
    pub created: TimeMs,
}

impl Store {
    /// Adds a user; `false` when there is one of that name already.
    pub fn add_user(&self, user: &str) -> Result<bool> {
        let user = name("user", user)?;
        self.statement(move |conn| {
            let mut insert =
                conn.prepare_cached("INSERT INTO users (name) VALUES (?1) ON CONFLICT DO NOTHING")?;
            Ok(insert.execute([user])? == 1)
        })
    }

    /// Every user, in the order they were added.
    #[doc(alias = "get_all_users")]
    pub fn users(&self) -> Result<Arc<Vec<User>>> {
        self.cached(Key::Users, USERS, |conn| {
            let mut select = conn.prepare_cached("SELECT name, created FROM users ORDER BY id")?;
            let users = select.query_map([], |row| Ok(User { name: row.get(0)?, created: row.get(1)? }))?;
            let users = users.collect::<rusqlite::Result<Vec<_>>>()?;
            let bytes = users.iter().map(|user| size_of::<User>() + user.name.len()).sum();
            Ok(Loaded { value: users, bytes: Some(bytes) })
        })
    }

    /// Stores any serializable value under a user's key, replacing the one there.
    ///
    /// ```
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// store.add_user("ada")?;
    /// store.set_user_data("ada", "watchlist", &["BTCUSDT", "ETHUSDT"])?;
    /// let watchlist: Option<Vec<String>> = store.user_data("ada", "watchlist")?;
    /// assert_eq!(watchlist.unwrap_or_default(), ["BTCUSDT", "ETHUSDT"]);
    ///
    /// let error = store.set_user_data("adda", "watchlist", &["BTCUSDT"]).unwrap_err();
    /// assert_eq!(error.to_string(), "unknown user `adda`; did you mean `ada`?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_user_data<T: Serialize + ?Sized>(&self, user: &str, key: &str, value: &T) -> Result<()> {
        let (user, key) = (user.to_owned(), name("key", key)?);
        let bytes = codec::encode(value, Format::MessagePack).map_err(|error| error.context(&key))?;
        self.statement(move |conn| set(conn)?(&(&user, &key, bytes)).map(drop))
    }

    /// The value under a user's key; `None` when nothing was stored there.
    ///
    /// Fails for an unknown user, and with [`ErrorKind::Format`] when the value is not a `T`.
    #[doc(alias = "get_user_data")]
    pub fn user_data<T: DeserializeOwned>(&self, user: &str, key: &str) -> Result<Option<T>> {
        let bytes = self.cached(Key::UserData(user.into(), key.into()), USERS.with(USER_DATA), |conn| {
            let mut select = conn.prepare_cached(
                "SELECT value FROM users LEFT JOIN user_data ON user_id = id AND key = ?2 WHERE name = ?1",
            )?;
            match select.query_row([user, key], |row| row.get::<_, Option<Vec<u8>>>(0)).optional()? {
                Some(value) => {
                    let bytes = value.as_ref().map_or(0, Vec::len) + 64;
                    Ok(Loaded { value, bytes: Some(bytes) })
                }
                None => Err(unknown_user(conn, user)?.into()),
            }
        })?;
        let value = (*bytes).as_deref().map(codec::decode).transpose();
        value.map_err(|error| error.context(format_args!("{key} of {user}")))
    }

    /// The values under one key of many users, by one statement, in the order of the users; `None` where nothing is
    /// stored or nobody has that name.
    ///
    /// ```
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// store.add_user("ada")?;
    /// store.set_user_data("ada", "risk", &0.01)?;
    /// let risk: Vec<Option<f64>> = store.get_multiple_user_data(&["eve", "ada"], "risk")?;
    /// assert_eq!(risk, [None, Some(0.01)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn get_multiple_user_data<T: DeserializeOwned>(
        &self,
        users: &[&str],
        key: &str,
    ) -> Result<Vec<Option<T>>> {
        let found = self.read(|conn| {
            let mut select = conn.prepare_cached(
                "SELECT name, value FROM users JOIN user_data ON user_id = id AND key = ?2
                 WHERE name IN rarray(?1)",
            )?;
            let rows = select.query_map(params![list(users.iter().copied()), key], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
            })?;
            Ok(rows.collect::<rusqlite::Result<HashMap<_, _>>>()?)
        })?;
        let value = |user: &&str| {
            let value = found.get(*user).map(|bytes| codec::decode(bytes)).transpose();
            value.map_err(|error| error.context(format_args!("{key} of {user}")))
        };
        users.iter().map(value).collect()
    }
}

const SET: &str = "
    INSERT INTO user_data (user_id, key, value) VALUES (?1, ?2, ?3)
    ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value";

/// User, key, encoded value.
pub(super) type UserValue<'r> = (&'r str, &'r str, Vec<u8>);

pub(super) const SET_STATEMENTS: [&str; 1] = [SET];

/// What stores encoded bytes under a user's key; 0 when they are there already.
pub(super) fn set<'r>(conn: &Connection) -> Result<Insert<'_, UserValue<'r>>, Failure> {
    let mut upsert = conn.prepare_cached(SET)?;
    let mut ids: HashMap<String, i64> = HashMap::new();
    Ok(Box::new(move |(user, key, bytes)| {
        let id = if let Some(id) = ids.get(*user) {
            *id
        } else {
            let mut find = conn.prepare_cached("SELECT id FROM users WHERE name = ?1")?;
            let Some(id) = find.query_row([user], |row| row.get(0)).optional()? else {
                return Err(unknown_user(conn, user)?.into());
            };
            *ids.entry((*user).to_owned()).or_insert(id)
        };
        Ok(upsert.execute(params![id, key, bytes])?)
    }))
}

fn unknown_user(conn: &Connection, user: &str) -> Result<Error, Failure> {
    let mut select = conn.prepare_cached("SELECT name FROM users")?;
    let names = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let help = match nearest(user, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "add it first".to_owned(),
    };
    Ok(Error::new(ErrorKind::NotFound, format!("unknown user `{user}`; {help}")))
}
