//! What a stream saves to go on later, elsewhere.

use serde::Serialize;

use crate::codec::plain::{self, required, unexpected};
use crate::codec::{self, Format};
use crate::stored::{Misfit, Reader, Stored};
use crate::{Args, Error, Result};

/// What a snapshot holds, whatever the indicator.
#[derive(Serialize)]
pub(crate) struct Snapshot {
    pub(crate) id: String,
    pub(crate) args: Args,
    pub(crate) bars: u64,
    #[serde(with = "serde_bytes")]
    pub(crate) state: Vec<u8>,
    /// Before the last bar; of closed bars there is none.
    #[serde(with = "serde_bytes", skip_serializing_if = "Option::is_none")]
    before: Option<Vec<u8>>,
}

impl Snapshot {
    pub(crate) fn of(id: &str, args: Args, bars: u64, state: Vec<u8>, before: Option<Vec<u8>>) -> Self {
        Self { id: id.to_owned(), args, bars, state, before }
    }

    /// The state before the last bar.
    pub(crate) fn before(&self) -> Result<&[u8]> {
        self.before
            .as_deref()
            .ok_or_else(|| Error::format("a snapshot of closed bars: only `ClosedStream` reads it"))
    }

    pub(crate) fn encode(&self) -> Result<Vec<u8>> {
        codec::encode(self, Format::MessagePack)
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let mut from = plain::Reader::new(codec::payload(bytes)?);
        let (mut id, mut args, mut bars, mut state, mut before) = (None, None, None, None, None);
        for _ in 0..from.map()? {
            match from.text()? {
                "id" => id = Some(from.text()?.to_owned()),
                "args" => args = Some(Args::read(&mut from)?),
                "bars" => bars = Some(from.count()?),
                "state" => state = Some(from.bytes()?.to_owned()),
                "before" => before = Some(from.bytes()?.to_owned()),
                other => return Err(unexpected(other)),
            }
        }
        from.end()?;
        Ok(Self {
            id: required(id, "id")?,
            args: required(args, "args")?,
            bars: required(bars, "bars")?,
            state: required(state, "state")?,
            before,
        })
    }

    pub(crate) fn check(&self, id: &str) -> Result<()> {
        if self.id == id {
            return Ok(());
        }
        Err(Error::format(format!("a snapshot of {}, not of {id}", self.id)))
    }

    /// These are not the bytes of such an indicator's state.
    pub(crate) fn misfit(&self) -> Error {
        Error::format(format!("not a state of {}", self.id))
    }

    /// Reads a state of its indicator from bytes that it has.
    pub(crate) fn load(&self, state: &mut impl Stored, bytes: &[u8]) -> Result<()> {
        let mut from = Reader::new(bytes);
        state.load(&mut from).and_then(|()| from.end()).map_err(|Misfit| self.misfit())
    }
}
