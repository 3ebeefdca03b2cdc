//! A list as a spreadsheet (XLSX): what it is, headings, rows, sums. One look for every list.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::domain::words::Message;
use crate::store::engine::{Fault, FaultKind};
use crate::store::ledger::Failure;

/// What stands in a cell.
pub(super) enum Cell<'a> {
    /// Words.
    Text(&'a str),
    /// A whole number, so that whoever gets the file can add it up. Exact up to 2^53.
    Number(f64),
}

impl Cell<'_> {
    /// A number as papers write it, such as `1.250.000`; anything else stays text.
    pub fn number(said: &str) -> Cell<'_> {
        said.replace('.', "").parse().map_or(Cell::Text(said), Cell::Number)
    }
}

/// A column: its heading, its width in characters, what stands in it.
pub(super) type Column<L> = (Message, f64, fn(&L) -> Cell<'_>);

/// A list to be written.
pub(super) struct List<'a, L> {
    /// The name of its sheet.
    pub name: Message,
    /// The agency, the title, and lines that say more.
    pub above: &'a [&'a str],
    /// Its columns.
    pub columns: &'a [Column<L>],
    /// Its rows.
    pub lines: &'a [L],
    /// What stands below them, by column.
    pub below: &'a [(u16, Cell<'a>)],
}

/// How the parts look.
struct Look {
    bold: Format,
    title: Format,
    heading: Format,
    cell: Format,
    number: Format,
    sum: Format,
}

impl Look {
    fn new() -> Self {
        let (bold, framed) =
            (Format::new().set_bold(), Format::new().set_border(FormatBorder::Thin));
        let cell = framed.set_text_wrap().set_align(FormatAlign::Top);
        let number = cell.clone().set_num_format("#,##0").set_align(FormatAlign::Right);
        Self {
            title: bold.clone().set_font_size(14),
            heading: cell.clone().set_bold().set_align(FormatAlign::Center),
            sum: number.clone().set_bold(),
            bold,
            cell,
            number,
        }
    }
}

impl<L> List<'_, L> {
    /// The file.
    ///
    /// # Errors
    /// There are more rows than a spreadsheet takes.
    pub fn write(&self) -> Result<Vec<u8>, Failure> {
        self.sheet().map_err(|error| {
            Fault::new(FaultKind::Storage, "writing a spreadsheet", error.to_string()).into()
        })
    }

    fn sheet(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let look = Look::new();
        sheet.set_name(self.name.vi)?;
        let mut row = 0;
        for text in self.above {
            match row {
                0 => sheet.write_string_with_format(row, 0, *text, &look.bold)?,
                1 => sheet.write_string_with_format(row, 0, text.to_uppercase(), &look.title)?,
                _ => sheet.write_string(row, 0, *text)?,
            };
            row += 1;
        }
        let head = row + 1;
        for (column, (name, width, _)) in (0..).zip(self.columns) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(head, column, name.vi, &look.heading)?;
        }
        let mut last = head;
        for line in self.lines {
            last += 1;
            for (column, (_, _, cell)) in (0..).zip(self.columns) {
                write(sheet, (last, column), &cell(line), &look.cell, &look.number)?;
            }
        }
        for (column, cell) in self.below {
            write(sheet, (last + 1, *column), cell, &look.heading, &look.sum)?;
        }
        sheet.set_freeze_panes(head + 1, 1)?;
        let columns = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        sheet.autofilter(head, 0, last, columns.saturating_sub(1))?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(head, head)?;
        workbook.save_to_buffer()
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    text_look: &Format,
    number_look: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string_with_format(row, column, *text, text_look)?,
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, *number, number_look)?
        }
    };
    Ok(())
}
