//! Lists of many things: tables that become cards on a phone.

use maud::{Markup, html};

use crate::domain::words::Lang;
use crate::web::words::components as words;

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Not by this column.
    None,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

impl Sort {
    const fn aria(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

/// A column.
#[derive(Clone, Copy, Debug, Default)]
pub struct Column<'a> {
    /// Its heading.
    pub label: &'a str,
    /// Whether its cells are numbers, set right.
    pub number: bool,
    /// The address that sorts by it, and how it is sorted now.
    pub sort: Option<(&'a str, Sort)>,
    /// Whether its cells are links that say what they do: on a card the heading would say it twice.
    pub action: bool,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub const fn new(label: &'a str) -> Self {
        Self { label, number: false, sort: None, action: false }
    }

    /// A column of links to something that can be done.
    pub const fn action(label: &'a str) -> Self {
        Self { action: true, ..Self::new(label) }
    }

    /// A column of numbers.
    pub const fn number(label: &'a str) -> Self {
        Self { number: true, ..Self::new(label) }
    }
}

/// A row: as many cells as there are columns; the first one links to the thing.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Markup>,
    /// What a tick sends, and names the row by: its code. Only when the table selects.
    pub code: String,
    /// Whether the row is ticked.
    pub ticked: bool,
}

impl Row {
    /// A row of cells.
    pub fn new(cells: Vec<Markup>) -> Self {
        Self { cells, ..Self::default() }
    }
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct DataTable<'a> {
    /// What the table holds.
    pub caption: &'a str,
    /// Whether the caption is only for screen readers, since a heading says the same.
    pub caption_hidden: bool,
    /// Its columns.
    pub columns: &'a [Column<'a>],
    /// Its rows.
    pub rows: &'a [Row],
    /// The name under which ticks are sent (a form stands around the table); empty: no ticks.
    pub select: &'a str,
}

/// A table; under 40em each row is a card. The roles restore what `display: block` takes away.
pub fn data_table(lang: Lang, table: &DataTable<'_>) -> Markup {
    let select = !table.select.is_empty();
    html! {
        table.data role="table" {
            caption.hidden[table.caption_hidden] { (table.caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @if select {
                        th.tick scope="col" role="columnheader" {
                            span.hidden { (words::SELECTION.say(lang)) }
                        }
                    }
                    @for column in table.columns { (heading(column)) }
                }
            }
            tbody role="rowgroup" {
                @for row in table.rows {
                    tr role="row" {
                        @if select {
                            td.tick role="cell" {
                                label {
                                    input type="checkbox" name=(table.select) value=(row.code)
                                        checked[row.ticked]
                                        aria-label=(words::CHOOSE_ROW.fill(lang, &[("what", &row.code)]));
                                }
                            }
                        }
                        @for (cell, column) in row.cells.iter().zip(table.columns) {
                            td.number[column.number] role="cell" data-label=[(!column.action).then_some(column.label)] { (cell) }
                        }
                    }
                }
            }
        }
    }
}

fn heading(column: &Column<'_>) -> Markup {
    html! {
        th.number[column.number] scope="col" role="columnheader"
            aria-sort=[column.sort.map(|(_, sort)| sort.aria())] {
            @match column.sort {
                Some((href, sort)) => a href=(href) {
                    (column.label)
                    @match sort {
                        Sort::None => {},
                        Sort::Ascending => span aria-hidden="true" { " ↑" },
                        Sort::Descending => span aria-hidden="true" { " ↓" },
                    }
                },
                None => (column.label),
            }
        }
    }
}

/// A filter in use.
#[derive(Clone, Copy, Debug)]
pub struct Chip<'a> {
    /// What it keeps, such as "Hộ tịch".
    pub label: &'a str,
    /// The address without it.
    pub without: &'a str,
}

/// The filters in use, each a link that removes it.
pub fn filter_chips(lang: Lang, chips: &[Chip<'_>]) -> Markup {
    html! {
        @if !chips.is_empty() {
            ul.chips aria-label=(words::FILTERS.say(lang)) {
                @for chip in chips {
                    li {
                        a href=(chip.without) rel="nofollow" {
                            (words::DROP_FILTER.fill(lang, &[("what", chip.label)]))
                            " " span aria-hidden="true" { "×" }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::{Column, DataTable, Row, data_table};
    use crate::domain::words::Lang;

    #[test]
    fn a_cell_carries_its_columns_name_for_the_card() {
        let rows = [Row { code: "H40-1".into(), ..Row::new(vec![html! { "a" }, html! { "2" }]) }];
        let table = DataTable {
            caption: "Hồ sơ",
            caption_hidden: false,
            columns: &[Column::new("Mã"), Column::number("Số \"bản\"")],
            rows: &rows,
            select: "ma",
        };
        let page = data_table(Lang::Vi, &table).into_string();
        assert!(
            page.contains(r#"<td class="number" role="cell" data-label="Số &quot;bản&quot;">2"#)
        );
        assert!(page.contains(r#"name="ma" value="H40-1" aria-label="Chọn H40-1""#));
    }
}
