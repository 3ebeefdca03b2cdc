//! The stories of dossiers: what happens, and how long after what came before.

use jiff::Timestamp;

use super::SeedOptions;
use super::cast::Cast;
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Actor, Command, Delivery, Dossier, MissingItem};

/// Positions from the end at which every step of a story is a visit of its own, so that dossiers
/// stand at every stage.
const RECENT: u64 = 4_000;

/// A deterministic sequence (SplitMix64).
#[derive(Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, number: u64) -> Self {
        Self(seed ^ number.wrapping_mul(0xd134_2543_de82_ef95))
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }
}

/// Something somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Accept,
    Refuse,
    AskSupplement,
    Supplement,
    Withdraw,
    Assign,
    Propose,
    Approve,
    Number,
    Finish,
    Deliver,
}

use Step::{
    Accept, Approve, AskSupplement, Assign, Deliver, Finish, Number, Propose, Refuse, Supplement,
    Withdraw,
};

/// One dossier's story.
pub(super) struct Plan {
    pub channel: Channel,
    /// What is done while the applicant waits: certification is settled in one visit.
    pub at_once: Vec<Step>,
    /// How many positions after the one before each visit comes, and what is done in it.
    pub visits: Vec<(u64, Vec<Step>)>,
    /// Decides names, papers and answers.
    pub dice: Dice,
}

impl Plan {
    /// The story of a dossier by its number.
    pub fn of(options: SeedOptions, number: u64, per_day: u64) -> Self {
        let mut dice = Dice::new(options.seed, number);
        let work: &[&[Step]] = &[&[Assign, Propose, Approve, Number, Finish], &[Deliver]];
        let mut at_once = Vec::new();
        let (channel, groups): (Channel, Vec<&[Step]>) = match dice.below(100) {
            0..=1 => (Channel::Online, vec![&[Refuse]]),
            2 => (Channel::Online, vec![&[Withdraw]]),
            3..=5 => {
                let begin: [&[Step]; 2] = [&[Accept, AskSupplement], &[Supplement]];
                (Channel::Online, [&begin, work].concat())
            }
            6..=40 => (Channel::Online, [&[&[Accept] as &[Step]], work].concat()),
            41..=43 => (Channel::Post, work.to_vec()),
            44..=84 => {
                at_once = work.concat();
                (Channel::Counter, Vec::new())
            }
            _ => (Channel::Counter, work.to_vec()),
        };
        let is_recent = number + RECENT.max(4 * per_day) > options.dossiers;
        let groups: Vec<Vec<Step>> = if is_recent {
            groups.concat().into_iter().map(|step| vec![step]).collect()
        } else {
            groups.into_iter().map(<[Step]>::to_vec).collect()
        };
        let longest = if is_recent { per_day } else { 3 * per_day };
        let after = |dice: &mut Dice| 1 + dice.roll() % longest.max(1);
        let visits = groups.into_iter().map(|steps| (after(&mut dice), steps)).collect();
        Self { channel, at_once, visits, dice }
    }
}

impl Step {
    /// The command with its actor; none when nobody can give it.
    pub fn command(
        self,
        dossier: &Dossier,
        cast: &Cast,
        plan: &Plan,
        now: Timestamp,
    ) -> Option<(Actor, Command)> {
        let (receiving, competent) = (&dossier.receiving_agency, &dossier.competent_agency);
        let mut dice = plan.dice.clone();
        let is_favourable = dice.below(100) < 97;
        let reason = || "Hồ sơ không thuộc đối tượng giải quyết của thủ tục này.".to_owned();
        let (actor, command) = match self {
            Accept => (
                cast.desk(Role::Receptionist, receiving),
                Command::Accept { components: Vec::new() },
            ),
            Refuse => {
                (cast.desk(Role::Receptionist, receiving), Command::Refuse { reason: reason() })
            }
            AskSupplement => {
                let reason = "Bản chụp chưa rõ, cần chụp lại đủ các trang.".to_owned();
                let component = dossier.components.first().map(|c| c.component.to_string());
                let items = vec![MissingItem { component, reason }];
                let command = Command::RequestSupplement { items, due_at: None };
                (cast.desk(Role::Processor, competent), command)
            }
            Supplement => {
                let (attachments, promised) = (Vec::new(), Vec::new());
                let command = Command::Supplement { attachments, text: None, promised };
                (cast.desk(Role::Receptionist, receiving), command)
            }
            Withdraw => {
                let reason = "Người nộp không còn nhu cầu.".to_owned();
                (Actor::Applicant, Command::RequestWithdrawal { reason })
            }
            Assign => {
                let (to, unit) = cast.holder(competent, &mut dice)?;
                (cast.desk(Role::Coordinator, competent), Command::Assign { to, unit })
            }
            Propose => (
                cast.desk(Role::Processor, competent),
                Command::SubmitForApproval { draft: None, attachments: Vec::new() },
            ),
            Approve => (cast.desk(Role::Approver, competent), Command::Approve),
            Number => {
                let date = local(now).date();
                let tail = dossier.code.as_str().rsplit('-').next().unwrap_or_default();
                let number = format!("{tail}/{}-KQ", date.year());
                (cast.desk(Role::Clerk, competent), Command::IssueNumber { number, date })
            }
            Finish => {
                let command = Command::Finish {
                    favourable: is_favourable,
                    name: cast.result_name(dossier),
                    number: None,
                    reason: (!is_favourable).then(reason),
                    form: None,
                    collect_reason: None,
                    attachments: Vec::new(),
                };
                (cast.desk(Role::Processor, competent), command)
            }
            Deliver => {
                let command = Command::Deliver(Delivery::by(Channel::Counter));
                (cast.desk(Role::Receptionist, receiving), command)
            }
        };
        Some((actor, command))
    }
}
