//! Where a dossier stands in its process: a function of what happened, and when.

use jiff::Timestamp;

use super::{EndsWith, Process, Step, groups};
use crate::domain::dossier::Form;
use crate::domain::ids::{AgencyCode, StepId, UnitCode};

/// The way of one dossier through the version that it began with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The version.
    pub process: Process,
    /// Each time that a step was opened or left out, oldest first.
    pub passages: Vec<Passage>,
    /// Whether the dossier went to its unit.
    pub is_assigned: bool,
}

/// One time that a step was gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The place of the step in the process.
    pub step: u32,
    /// When it began.
    pub opened_at: Timestamp,
    /// Until when it is to be done; none while paused, and where no hours are allotted.
    pub due_at: Option<Timestamp>,
    /// From when it is nearly due.
    pub warn_at: Option<Timestamp>,
    /// The number of the consultation that was asked for it.
    pub consultation: Option<u32>,
    /// How it ended.
    pub ended: Option<Ended>,
    /// Whether the dossier came back and the step is gone through again.
    pub is_past: bool,
}

/// The end of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// By which of the dossier's events: the log knows who.
    pub version: u64,
    /// How.
    pub how: How,
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It was done.
    Done,
    /// Its condition left it out.
    Skipped,
    /// The dossier went on without it.
    Passed,
    /// The dossier was sent back from it.
    Returned,
    /// The dossier ended before it was done.
    Stopped,
}

/// Until when an open step is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepDue {
    /// The step.
    pub step: StepId,
    /// Until when.
    pub due_at: Timestamp,
    /// From when it is nearly due.
    pub warn_at: Timestamp,
}

/// What a process takes note of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What<'a> {
    /// Given to a unit or person.
    Assigned,
    /// Somebody was asked.
    Asked {
        /// The consultation's number.
        number: u32,
        /// The agency.
        agency: &'a AgencyCode,
        /// The unit.
        unit: Option<&'a UnitCode>,
        /// The agency that decides.
        competent: &'a AgencyCode,
    },
    /// The consultation of this number was answered.
    Answered(u32),
    /// This step is done.
    Completed(&'a StepId),
    /// Laid before the approver.
    Submitted,
    /// Approved.
    Approved,
    /// Numbered.
    Numbered,
    /// Its result is recorded.
    Finished,
    /// The work begins again: sent back, or papers are missing.
    SentBack,
    /// The clock stands still.
    Paused,
    /// It ended otherwise.
    Stopped,
}

/// When something happened, and the answers by which steps are left out.
#[derive(Clone, Copy)]
struct Moment<'a> {
    at: Timestamp,
    version: u64,
    form: &'a Form,
}

impl Run {
    /// The run of a dossier that begins now, with its first steps open.
    pub fn begin(process: Process, at: Timestamp, version: u64, form: &Form) -> Self {
        let mut run = Self { process, passages: Vec::new(), is_assigned: false };
        run.open_next(Moment { at, version, form });
        run
    }

    /// Goes on by what happened. Total: what fits no step changes nothing.
    pub fn happened(&mut self, at: Timestamp, version: u64, what: What<'_>, form: &Form) {
        let moment = Moment { at, version, form };
        match what {
            What::Assigned => self.assigned(moment),
            What::Asked { number, agency, unit, competent } => {
                self.asked(number, agency, unit, competent);
            }
            What::Answered(number) => {
                let open = self.open().find(|(_, passage)| passage.consultation == Some(number));
                let place = open.map(|(_, passage)| passage.step as usize);
                self.done(place, moment);
            }
            What::Completed(id) => {
                let place = self.completable().find(|step| step.id == *id);
                let place = place.and_then(|step| self.process.place(&step.id));
                self.done(place, moment);
            }
            What::Submitted => self.reach(EndsWith::Submit, moment),
            What::Approved => self.reach(EndsWith::Approve, moment),
            What::Numbered => self.reach(EndsWith::Number, moment),
            What::Finished => self.finish(moment),
            What::SentBack => self.send_back(moment),
            What::Paused => self.open_mut().for_each(|passage| {
                passage.due_at = None;
                passage.warn_at = None;
            }),
            What::Stopped => {
                let ended = Ended { at, version, how: How::Stopped };
                self.open_mut().for_each(|passage| passage.ended = Some(ended));
            }
        }
    }

    /// Sets until when open steps are to be done.
    pub fn set_due(&mut self, due: &[StepDue]) {
        for due in due {
            let Some(place) = self.process.place(&due.step) else { continue };
            for passage in self.open_mut().filter(|passage| passage.step as usize == place) {
                passage.due_at = Some(due.due_at);
                passage.warn_at = Some(due.warn_at);
            }
        }
    }

    /// The present passage of a step: none before it is reached.
    pub fn passage(&self, place: usize) -> Option<&Passage> {
        self.passages.iter().rfind(|passage| passage.step as usize == place && !passage.is_past)
    }

    /// The open steps.
    pub fn open(&self) -> impl Iterator<Item = (&Step, &Passage)> {
        let open = self.passages.iter().filter(|passage| passage.ended.is_none());
        open.filter_map(|passage| Some((self.process.steps.get(passage.step as usize)?, passage)))
    }

    /// The open steps that end when whoever does them says so.
    pub fn completable(&self) -> impl Iterator<Item = &Step> {
        self.open().map(|(step, _)| step).filter(|step| step.ends_with == EndsWith::Complete)
    }

    /// The steps that come before an action and are neither over nor left out, with how far each is.
    pub fn before<'a>(
        &'a self,
        ends_with: EndsWith,
        form: &'a Form,
    ) -> impl Iterator<Item = (&'a Step, Option<&'a Passage>)> {
        let is_over = |place| self.passage(place).is_some_and(|passage| passage.ended.is_some());
        let steps = self.process.steps.iter().enumerate();
        let mut fitting = steps.filter(move |(_, step)| step.ends_with == ends_with);
        let place = fitting.find(|(place, _)| !is_over(*place)).map_or(0, |(place, _)| place);
        let begins = groups(&self.process.steps).into_iter().find(|group| group.contains(&place));
        (0..begins.map_or(0, |group| group.start))
            .filter(move |place| !is_over(*place) && !self.is_skipped(*place, form))
            .filter_map(|place| Some((self.process.steps.get(place)?, self.passage(place))))
    }

    /// The place of the first step that is not done yet; none at the end.
    pub fn current(&self) -> Option<usize> {
        let is_over = |place| self.passage(place).is_some_and(|passage| passage.ended.is_some());
        (0..self.process.steps.len()).find(|place| !is_over(*place))
    }

    fn open_mut(&mut self) -> impl Iterator<Item = &mut Passage> {
        self.passages.iter_mut().filter(|passage| passage.ended.is_none())
    }

    fn assigned(&mut self, moment: Moment<'_>) {
        let is_first = !std::mem::replace(&mut self.is_assigned, true);
        let open = self.open().find(|(step, _)| step.ends_with == EndsWith::Assign);
        match open.map(|(_, passage)| passage.step as usize) {
            Some(place) => self.done(Some(place), moment),
            None if is_first => self.reach(EndsWith::Assign, moment),
            None => {}
        }
    }

    fn asked(
        &mut self,
        number: u32,
        agency: &AgencyCode,
        unit: Option<&UnitCode>,
        competent: &AgencyCode,
    ) {
        let waits = |(step, passage): &(&Step, &Passage)| {
            let is_meant = |asked: &super::Asked| asked.is(agency, unit, competent);
            passage.consultation.is_none() && step.consults.as_ref().is_some_and(is_meant)
        };
        let place = self.open().find(waits).map(|(_, passage)| passage.step);
        let passage = self.open_mut().find(|passage| Some(passage.step) == place);
        if let Some(passage) = passage {
            passage.consultation = Some(number);
        }
    }

    /// Ends an open step, and opens what comes then.
    fn done(&mut self, place: Option<usize>, moment: Moment<'_>) {
        let passage = self.open_mut().find(|passage| Some(passage.step as usize) == place);
        let Some(passage) = passage else { return };
        passage.ended = Some(moment.ended(How::Done));
        self.open_next(moment);
    }

    /// Goes on to the step that an action ends, past whatever comes before it, and ends it.
    fn reach(&mut self, ends_with: EndsWith, moment: Moment<'_>) {
        let is_over = |place| self.passage(place).is_some_and(|passage| passage.ended.is_some());
        let steps = self.process.steps.iter().enumerate();
        let mut fitting = steps.filter(|(_, step)| step.ends_with == ends_with);
        let Some(place) = fitting.find(|(place, _)| !is_over(*place)).map(|(place, _)| place)
        else {
            return;
        };
        let groups = groups(&self.process.steps);
        let begins = groups.iter().find(|group| group.contains(&place)).map_or(0, |g| g.start);
        for before in 0..begins {
            self.leave(before, moment);
        }
        self.open_next(moment);
        self.done(Some(place), moment);
    }

    /// Ends a step that the dossier goes past. What somebody works on is done with it; an answer that
    /// has not come has not.
    fn leave(&mut self, place: usize, moment: Moment<'_>) {
        match self.passage(place) {
            Some(passage) if passage.ended.is_some() => {}
            Some(_) => {
                let ends_with = self.process.steps.get(place).map(|step| step.ends_with);
                let how = match ends_with {
                    Some(EndsWith::Assign | EndsWith::Complete) => How::Done,
                    _ => How::Passed,
                };
                let passage = self.open_mut().find(|passage| passage.step as usize == place);
                if let Some(passage) = passage {
                    passage.ended = Some(moment.ended(how));
                }
            }
            None => {
                let is_skipped = self.is_skipped(place, moment.form);
                let how = if is_skipped { How::Skipped } else { How::Passed };
                self.enter(place, moment, Some(how));
            }
        }
    }

    fn finish(&mut self, moment: Moment<'_>) {
        self.reach(EndsWith::Finish, moment);
        for place in 0..self.process.steps.len() {
            self.leave(place, moment);
        }
    }

    /// Back to the step that ends before the approver, when the dossier is past it.
    fn send_back(&mut self, moment: Moment<'_>) {
        let place = self.process.steps.iter().position(|step| step.ends_with == EndsWith::Submit);
        let Some(place) = place else { return };
        if self.passage(place).is_none_or(Passage::is_open) {
            return;
        }
        let groups = groups(&self.process.steps);
        let after = groups.iter().find(|group| group.contains(&place)).map_or(0, |g| g.end);
        for passage in self.passages.iter_mut().filter(|passage| !passage.is_past) {
            let step = passage.step as usize;
            if step == place || step >= after {
                passage.is_past = true;
                passage.ended.get_or_insert(moment.ended(How::Returned));
            }
        }
        self.open_next(moment);
    }

    /// Opens the steps of the first group that is not over.
    fn open_next(&mut self, moment: Moment<'_>) {
        for group in groups(&self.process.steps) {
            for place in group.clone() {
                if self.passage(place).is_none() {
                    let how = self.is_skipped(place, moment.form).then_some(How::Skipped);
                    self.enter(place, moment, how);
                }
            }
            if group.into_iter().any(|place| self.passage(place).is_some_and(Passage::is_open)) {
                return;
            }
        }
    }

    fn is_skipped(&self, place: usize, form: &Form) -> bool {
        let step = self.process.steps.get(place);
        step.and_then(|step| step.skip_when.as_ref()).is_some_and(|when| when.holds(form))
    }

    fn enter(&mut self, place: usize, moment: Moment<'_>, how: Option<How>) {
        self.passages.push(Passage {
            step: u32::try_from(place).unwrap_or(u32::MAX),
            opened_at: moment.at,
            due_at: None,
            warn_at: None,
            consultation: None,
            ended: how.map(|how| moment.ended(how)),
            is_past: false,
        });
    }
}

impl Moment<'_> {
    const fn ended(self, how: How) -> Ended {
        Ended { at: self.at, version: self.version, how }
    }
}

impl Passage {
    /// Whether somebody is to do it now.
    pub const fn is_open(&self) -> bool {
        self.ended.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::land;
    use super::{How, Run, What};
    use crate::domain::dossier::{Form, FormValue};
    use jiff::Timestamp;

    fn exempt() -> Form {
        Form::from_iter([("mien_thue".to_owned(), FormValue::Bool(true))])
    }

    fn open(run: &Run) -> Vec<&str> {
        run.open().map(|(step, _)| step.id.as_str()).collect()
    }

    fn ends(run: &Run) -> Vec<(&str, Option<How>)> {
        let name = |step: u32| run.process.steps[step as usize].id.as_str();
        run.passages.iter().map(|p| (name(p.step), p.ended.map(|e| e.how))).collect()
    }

    fn go(run: &mut Run, form: &Form, whats: &[What<'_>]) {
        let at = Timestamp::UNIX_EPOCH;
        whats.iter().for_each(|what| run.happened(at, 1, *what, form));
    }

    #[test]
    fn steps_side_by_side_are_open_together_and_one_is_left_out() {
        let (form, competent) = (exempt(), "H40.01".into());
        let mut run = Run::begin(land(), Timestamp::UNIX_EPOCH, 1, &form);
        assert_eq!(open(&run), ["give"]);
        go(&mut run, &form, &[What::Assigned, What::Completed(&"check".into())]);
        assert_eq!(open(&run), ["map", "law"]);
        let (map, law) = ("dia-chinh".into(), "tu-phap".into());
        let ask = |number, unit| What::Asked {
            number,
            agency: &competent,
            unit: Some(unit),
            competent: &competent,
        };
        go(&mut run, &form, &[ask(1, &law), ask(2, &map), What::Answered(1)]);
        assert_eq!(open(&run), ["map"], "the other answer is still awaited");
        go(&mut run, &form, &[What::Answered(2)]);
        assert_eq!(open(&run), ["lay"]);
        assert_eq!(ends(&run)[4], ("tax", Some(How::Skipped)));
        go(&mut run, &form, &[What::Submitted, What::Approved, What::Finished]);
        assert_eq!((open(&run).len(), run.current()), (0, None));
    }

    #[test]
    fn an_action_goes_past_what_was_not_waited_for() {
        let form = Form::default();
        let mut run = Run::begin(land(), Timestamp::UNIX_EPOCH, 1, &form);
        go(&mut run, &form, &[What::Assigned, What::Submitted]);
        let done = |id| (id, Some(How::Done));
        let passed = |id| (id, Some(How::Passed));
        let wanted =
            [done("give"), done("check"), passed("map"), passed("law"), passed("tax"), done("lay")];
        assert_eq!(ends(&run)[..6], wanted);
        assert_eq!(open(&run), ["sign"]);
        // A late answer changes nothing any more.
        go(&mut run, &form, &[What::Answered(1), What::Completed(&"check".into())]);
        assert_eq!(open(&run), ["sign"]);
    }

    #[test]
    fn what_is_sent_back_is_gone_through_again() {
        let form = Form::default();
        let mut run = Run::begin(land(), Timestamp::UNIX_EPOCH, 1, &form);
        go(&mut run, &form, &[What::SentBack, What::Assigned, What::Submitted, What::SentBack]);
        assert_eq!(open(&run), ["lay"]);
        assert_eq!(ends(&run)[6], ("sign", Some(How::Returned)));
        go(&mut run, &form, &[What::SentBack]);
        assert_eq!(open(&run), ["lay"], "once is enough");
        go(&mut run, &form, &[What::Submitted, What::Approved, What::Stopped]);
        assert_eq!(ends(&run).last(), Some(&("end", Some(How::Stopped))));
    }
}
