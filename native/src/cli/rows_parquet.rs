//! Rows of results as Parquet.

use std::sync::Arc;

use atra::files::Beside;
use atra::{Error, ErrorKind, Result};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::cannot;
use super::rows::{Cell, Column, Holds};

/// Rows of a row group: what is kept in memory before it is written.
const GROUP: usize = 1 << 16;

pub(crate) struct File {
    name: String,
    writer: SerializedFileWriter<Beside>,
    columns: Vec<Column>,
    pending: Vec<Vec<Cell>>,
}

impl File {
    pub(crate) fn create(name: &str, columns: &[Column]) -> Result<Self> {
        let file = Beside::create(name.as_ref()).map_err(|error| cannot("write", name, error))?;
        let writer = writer(file, columns).map_err(|error| failure(name, error))?;
        Ok(Self { name: name.to_owned(), writer, columns: columns.to_vec(), pending: Vec::new() })
    }

    pub(crate) fn push(&mut self, cells: Vec<Cell>) -> Result<()> {
        self.pending.push(cells);
        if self.pending.len() >= GROUP { self.flush() } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        self.flush()?;
        let file = self.writer.into_inner().map_err(|error| failure(&self.name, error))?;
        file.finish().map_err(|error| cannot("write", &self.name, error))
    }

    fn flush(&mut self) -> Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.pending);
        group(&mut self.writer, &self.columns, &rows).map_err(|error| failure(&self.name, error))
    }
}

fn group(
    writer: &mut SerializedFileWriter<Beside>,
    columns: &[Column],
    rows: &[Vec<Cell>],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for (at, (_, holds)) in columns.iter().enumerate() {
        let Some(mut column) = group.next_column()? else { break };
        let cells = rows.iter().filter_map(|row| row.get(at));
        match holds {
            Holds::Text => {
                let text = |cell: &Cell| if let Cell::Text(text) = cell { text.as_str() } else { "" }.into();
                let values: Vec<ByteArray> = cells.map(text).collect();
                column.typed::<ByteArrayType>().write_batch(&values, None, None)?;
            }
            Holds::Time => {
                let time = |cell: &Cell| if let Cell::Time(time) = cell { *time } else { 0 };
                let values: Vec<i64> = cells.map(time).collect();
                column.typed::<Int64Type>().write_batch(&values, None, None)?;
            }
            Holds::Number => {
                let number = |cell: &Cell| if let Cell::Number(number) = cell { *number } else { f64::NAN };
                let values: Vec<f64> = cells.map(number).collect();
                column.typed::<DoubleType>().write_batch(&values, None, None)?;
            }
        }
        column.close()?;
    }
    group.close()?;
    Ok(())
}

fn writer(file: Beside, columns: &[Column]) -> Result<SerializedFileWriter<Beside>, ParquetError> {
    let field = |(name, holds): &Column| {
        let (physical, logical) = match holds {
            Holds::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Holds::Time => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
            Holds::Number => (Physical::DOUBLE, None),
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(logical)
            .build()?;
        Ok(Arc::new(field))
    };
    let fields = columns.iter().map(field).collect::<Result<_, ParquetError>>()?;
    let schema = Type::group_type_builder("rows").with_fields(fields).build()?;
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?)).build();
    SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
}

fn failure(name: &str, error: ParquetError) -> Error {
    Error::new(ErrorKind::Io, format!("cannot write {name}: {error}")).with_source(error)
}
