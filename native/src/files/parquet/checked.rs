//! Pages as a file has them, looked at before they are decoded: what the decoder takes for granted is an error here.

use atra_core::Result;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::errors::{ParquetError, Result as Checked};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::source::Source;
use super::{data, failure};

/// Writers have 128 or some thousand values in a block of packed differences.
const MOST_IN_A_BLOCK: u64 = 1 << 20;

/// A column of a row group.
pub(super) fn column(
    file: &SerializedFileReader<Source>,
    group: usize,
    place: usize,
) -> Result<ColumnReader> {
    let chunk = file.metadata().row_groups().get(group).and_then(|group| group.columns().get(place));
    let chunk = chunk.ok_or_else(|| data("a row group without all columns"))?;
    if !is_placed(chunk) {
        return Err(data("a column that is before the file begins"));
    }
    let pages = file.get_row_group(group).and_then(|group| group.get_column_page_reader(place));
    let descriptor = chunk.column_descr_ptr();
    let has_levels = descriptor.max_def_level() > 0;
    let pages = Pages { file: pages.map_err(failure)?, has_levels, has_dictionary: false };
    Ok(get_column_reader(descriptor, Box::new(pages)))
}

fn is_placed(chunk: &ColumnChunkMetaData) -> bool {
    chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset()) >= 0 && chunk.compressed_size() >= 0
}

struct Pages {
    file: Box<dyn PageReader>,
    has_levels: bool,
    has_dictionary: bool,
}

impl Pages {
    /// The page, if nothing in it surprises the decoder.
    fn checked(&mut self, page: Page) -> Checked<Page> {
        let bytes = page.buffer().len();
        let refuse = |what: &str| Err(ParquetError::General(format!("page of {bytes} bytes: {what}")));
        let levels = match &page {
            // Memory is taken for so many values.
            Page::DictionaryPage { num_values, .. } if u64::from(*num_values) > bytes as u64 => {
                return refuse(&format!("it cannot hold {num_values} values"));
            }
            Page::DictionaryPage { .. } => {
                self.has_dictionary = true;
                return Ok(page);
            }
            Page::DataPage { .. } if !self.has_levels => 0,
            #[allow(deprecated)] // as files of long ago have it
            Page::DataPage { num_values, def_level_encoding: Encoding::BIT_PACKED, .. } => {
                u64::from(num_values.div_ceil(8))
            }
            Page::DataPage { buf, .. } => {
                buf.first_chunk().map_or(u64::MAX, |length| 4 + u64::from(u32::from_le_bytes(*length)))
            }
            Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
                u64::from(*def_levels_byte_len) + u64::from(*rep_levels_byte_len)
            }
        };
        let Some(values) = usize::try_from(levels).ok().and_then(|levels| page.buffer().get(levels..)) else {
            return refuse("it ends within its levels");
        };
        match page.encoding() {
            Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY if !self.has_dictionary => {
                refuse("its values are in a dictionary that is missing")
            }
            Encoding::DELTA_BINARY_PACKED => match packed(values) {
                Some((block, _)) if block > MOST_IN_A_BLOCK => refuse(&format!("blocks of {block} values")),
                // The decoder takes the first value without asking whether there is one.
                Some((_, 0)) => Ok(without_values(page, levels)),
                _ => Ok(page),
            },
            // The decoder believes lengths that lie within the page, where nothing can be asked.
            encoding @ (Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY) => {
                refuse(&format!("numbers as {encoding} are not read"))
            }
            _ => Ok(page),
        }
    }
}

/// The values of a block, and of all blocks, as packed differences begin with them.
fn packed(bytes: &[u8]) -> Option<(u64, u64)> {
    let mut bytes = bytes.iter();
    let mut number = || {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = bytes.next()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    };
    let (block, _pieces, count) = (number()?, number()?, number()?);
    Some((block, count))
}

/// The page as one of plain values of which there are none: what its levels miss is an error.
fn without_values(mut page: Page, levels: u64) -> Page {
    match &mut page {
        Page::DataPage { buf, encoding, .. } | Page::DataPageV2 { buf, encoding, .. } => {
            buf.truncate(usize::try_from(levels).unwrap_or(usize::MAX));
            *encoding = Encoding::PLAIN;
        }
        Page::DictionaryPage { .. } => {}
    }
    page
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Checked<Option<Page>> {
        self.file.get_next_page()?.map(|page| self.checked(page)).transpose()
    }

    fn peek_next_page(&mut self) -> Checked<Option<PageMetadata>> {
        self.file.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Checked<()> {
        self.file.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Checked<bool> {
        self.file.at_record_boundary()
    }
}

impl Iterator for Pages {
    type Item = Checked<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}
