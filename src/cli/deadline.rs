//! `motcua deadline`: due dates with their explanation, a line of JSON each.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Common;
use super::output::Trouble;
use super::target::perform;
use crate::domain::calendar::Calendar;
use crate::domain::words::Lang;
use crate::office::calendars::{shipped, wire};
use crate::ops::deadlines::Explainer;
use crate::ops::operations::Operation;

/// What to explain.
#[derive(Debug, Args)]
pub(super) struct Deadline {
    /// The file with the lines, or - for standard input.
    #[arg(long, value_name = "FILE", default_value = "-")]
    batch: PathBuf,
    /// The agency of the data folder whose calendar counts where a line brings none; else the
    /// calendar that ships.
    #[arg(long, value_name = "CODE")]
    agency: Option<String>,
    /// The language of the explanation.
    #[arg(long, value_name = "LANG", default_value = "vi", value_parser = ["vi", "en"])]
    lang: String,
}

impl Deadline {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let lang = Lang::from_tag(&self.lang).unwrap_or_default();
        let calendar = match self.agency {
            Some(agency) => of_agency(common, agency)?,
            None => shipped().clone(),
        };
        let lines: Box<dyn BufRead> = if self.batch == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            let file = File::open(&self.batch)
                .map_err(|error| Trouble::new(format!("{}: {error}", self.batch.display())))?;
            Box::new(BufReader::new(file))
        };
        match explain(lines, Explainer::new(calendar, lang), io::stdout().lock()) {
            // Whoever read the answers has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(Trouble::new),
        }
    }
}

/// The calendar of an agency of the data folder.
fn of_agency(common: &Common, agency: String) -> Result<Calendar, Trouble> {
    let done = perform(common, Operation::ExportCalendar { agency: Some(agency) }, &[])?;
    let value = serde_json::from_slice(&done.attached).map_err(Trouble::new)?;
    wire::calendar(&value).map_err(Trouble::new)
}

/// Answers line by line; blank lines are no questions. Each answer is out before the next question
/// is read.
fn explain(mut lines: impl BufRead, mut explainer: Explainer, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        if !text.trim().is_empty() {
            serde_json::to_writer(&mut out, &explainer.answer(text.trim()))?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
        line.clear();
    }
    Ok(())
}
