//! Layouts that an administrator adapts: tried on invented papers, kept only when every paper can
//! still be set.

use jiff::Timestamp;

use super::{Deed, Layout, MAX_LAYOUT, Pdf, sheets, words};
use crate::documents::papers::{self, Layouts, PaperFault, Sheet};
use crate::domain::refusal::Refusal;
use crate::domain::words::Text;
use crate::office::settings::{self, LayoutRow};
use crate::office::{Caller, Office};
use crate::store::ledger::Failure;

/// A layout that was adapted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adapted {
    /// Which one.
    pub layout: Layout,
    /// By which account.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Office {
    /// The layouts that were adapted.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn adapted_layouts(&self) -> Result<Vec<Adapted>, Failure> {
        let rows = settings::all::<LayoutRow>(&self.ledger.reader()?)?;
        let adapted = rows.into_iter().filter_map(|row| {
            let layout = Layout::from_id(&row.layout)?;
            Some(Adapted { layout, by: row.by, at: row.at })
        });
        Ok(adapted.collect())
    }

    /// An invented paper under a layout that is not kept yet. Call it on a blocking pool.
    ///
    /// # Errors
    /// The layout is too long or cannot be set: the field `text`, with line and column.
    pub fn preview_layout(
        &self,
        caller: &Caller,
        layout: Layout,
        text: &str,
    ) -> Result<Pdf, Failure> {
        let layouts = self.tried(layout, text)?;
        let deed = match layout {
            Layout::Paper(deed) => deed,
            Layout::Parts => Deed::Receipt,
        };
        let paper = papers::sample(deed, self.sample_sheet(caller, deed));
        let bytes = papers::render(&layouts, &paper).map_err(|fault| refused(layout, &fault))?;
        Ok(Pdf::of(Vec::new(), bytes, format!("{}.pdf", layout.id().replace('_', "-"))))
    }

    /// Keeps a layout; the text that ships resets it. Call it on a blocking pool.
    ///
    /// # Errors
    /// As [`Office::preview_layout`]; nothing is kept then.
    pub fn adapt_layout(&self, caller: &Caller, layout: Layout, text: &str) -> Result<(), Failure> {
        let layouts = self.tried(layout, text)?;
        self.check_layouts(caller, layout, &layouts)?;
        let is_shipped = layouts.text(layout).trim() == layout.shipped().trim();
        let row = LayoutRow {
            layout: layout.id().to_owned(),
            text: layouts.text(layout).to_owned(),
            by: caller.actor().label().into_owned(),
            at: self.now(),
        };
        self.ledger.run_blocking(move |txn| {
            if is_shipped {
                settings::delete::<LayoutRow>(txn, layout.id());
                return Ok(());
            }
            settings::put(txn, &row)
        })?;
        self.refresh_world()
    }

    /// The layouts with one of them tried.
    fn tried(&self, layout: Layout, text: &str) -> Result<Layouts, Refusal> {
        if text.trim().is_empty() {
            return Err(Refusal::field("text", words::LAYOUT_EMPTY));
        }
        if text.len() > MAX_LAYOUT {
            let text = words::LAYOUT_LONG.text(&[("max", &MAX_LAYOUT.to_string())]);
            return Err(Refusal::field("text", text));
        }
        Ok(self.world().layouts().with(layout, text.replace("\r\n", "\n")))
    }

    /// Sets every paper that a layout concerns.
    fn check_layouts(
        &self,
        caller: &Caller,
        layout: Layout,
        layouts: &Layouts,
    ) -> Result<(), Refusal> {
        let concerned = Deed::ALL.into_iter().filter(|deed| match layout {
            Layout::Paper(own) => own == *deed,
            Layout::Parts => true,
        });
        for deed in concerned {
            let paper = papers::sample(deed, self.sample_sheet(caller, deed));
            papers::render(layouts, &paper).map_err(|fault| refused(layout, &fault))?;
        }
        Ok(())
    }

    /// The head that the caller's agency gives its papers.
    fn sample_sheet(&self, caller: &Caller, deed: Deed) -> Sheet {
        use crate::domain::dossier::Directory;
        let (world, now) = (self.world(), self.now());
        let own = caller.staff().and_then(|staff| world.agency(&staff.agency));
        let Some(agency) = own.or_else(|| world.home()) else { return Sheet::default() };
        let pack = world.pack_for(&agency.code, now);
        let mark = pack.paper(deed.id()).map(|form| form.mark.as_str());
        Sheet {
            number: mark.filter(|mark| !mark.is_empty()).map(|mark| format!("0001/{mark}")),
            dossier_code: Some(format!("{}-261123-0001", agency.code)),
            ..sheets::sheet(deed, pack, agency, now, self.is_demo)
        }
    }
}

/// A fault of a layout, said to who wrote it: where, and what the typesetter says.
fn refused(layout: Layout, fault: &PaperFault) -> Refusal {
    let parts: Vec<&str> = fault.place.split(':').collect();
    let text: Text = match parts.as_slice() {
        [file, line, column] if *file == format!("{}.typ", layout.id()) => words::LAYOUT_BROKEN
            .text(&[("line", line), ("column", column), ("why", &fault.message)]),
        _ => {
            let (name, values) = (
                fault.deed.name(),
                [("place", fault.place.as_str()), ("why", fault.message.as_str())],
            );
            let said = |lang| {
                let paper = [("paper", name.say(lang))];
                words::LAYOUT_BROKEN_IN.fill(lang, &[&paper[..], &values[..]].concat())
            };
            use crate::domain::words::Lang;
            Text { vi: said(Lang::Vi), en: said(Lang::En) }
        }
    };
    Refusal::field("text", text)
}
