//! Plays the demo's stories in the order of time, through the use cases.

use jiff::{SignedDuration, Timestamp};

use super::DemoError;
use super::cast::Cast;
use super::clock::DemoClock;
use super::sample_files::{self, Sample};
use super::stories::{self, Deed, Story};
use super::timing::Today;
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::catalogue::{Channel, Component, Level, Procedure};
use crate::domain::dossier::{
    Asking, Command, Delivery, Directory, Evidence, FeeKind, FeeLine, FormValue, MissingItem,
    PaperForm, Paying, PaymentMethod, Request,
};
use crate::domain::fee::{Count, Unit};
use crate::domain::ids::{AgencyCode, AttachmentId, DossierCode, UnitCode};
use crate::domain::person::Person;
use crate::office::acting::Files;
use crate::office::filing::{FiledPaper, Filing};
use crate::office::tracking::Proof;
use crate::office::{Caller, Failure, Office};
use crate::ops::demo_data::DemoData;

/// A dossier of the demo, before and after it is filed.
struct Part<'a> {
    story: Story,
    turn: usize,
    receiving: AgencyCode,
    competent: AgencyCode,
    procedure: &'a Procedure,
    person: Person,
    filed: Option<(DossierCode, String, u64)>,
}

/// One deed at its time.
struct Cue {
    at: Timestamp,
    part: usize,
    deed: Deed,
}

/// Plays everything, moving the clock from deed to deed.
pub(super) async fn play(
    office: &Office,
    data: &DemoData,
    clock: &DemoClock,
    today: &Today<'_>,
) -> Result<(), DemoError> {
    let cast = Cast { data };
    let mut parts = Vec::new();
    let department = cast.agencies(Level::Province).first().map(|agency| agency.code.clone());
    for commune in cast.agencies(Level::Commune) {
        let own = (&commune.code, &commune.code);
        cast_parts(&cast, stories::COMMUNE, own, Level::Commune, &mut parts);
        if let Some(department) = &department {
            let passed_on = (&commune.code, department);
            cast_parts(&cast, stories::PASSED_ON, passed_on, Level::Province, &mut parts);
        }
    }
    if let Some(department) = &department {
        let own = (department, department);
        cast_parts(&cast, stories::DEPARTMENT, own, Level::Province, &mut parts);
    }
    let mut cues: Vec<Cue> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let days = cast_days(part);
        let span = today.span(part.story.clock, days);
        let deeds = part.story.deeds();
        let reception = deeds.iter().position(|deed| *deed == Deed::Accept).unwrap_or(0);
        let instants = today.instants(span, (reception, deeds.len()), part.turn);
        cues.extend(deeds.into_iter().zip(instants).map(|(deed, at)| Cue {
            at,
            part: index,
            deed,
        }));
    }
    cues.sort_by_key(|cue| cue.at);
    for cue in cues {
        clock.set(cue.at);
        let stage = Stage { office, cast: &cast };
        stage.perform(&mut parts[cue.part], cue.deed).await.map_err(DemoError::Story)?;
    }
    Ok(())
}

fn cast_parts<'a>(
    cast: &Cast<'a>,
    stories: &[Story],
    (receiving, competent): (&AgencyCode, &AgencyCode),
    level: Level,
    parts: &mut Vec<Part<'a>>,
) {
    for story in stories {
        let turn = parts.len();
        let Some((procedure, _)) = cast.procedure(level, story, turn) else { continue };
        parts.push(Part {
            story: *story,
            turn,
            receiving: receiving.clone(),
            competent: competent.clone(),
            procedure,
            person: cast.person(turn),
            filed: None,
        });
    }
}

fn cast_days(part: &Part<'_>) -> u32 {
    crate::domain::dossier::published(part.procedure, Channel::Counter).map_or(1, |d| d.amount)
}

/// Where deeds are done.
struct Stage<'a> {
    office: &'a Office,
    cast: &'a Cast<'a>,
}

impl Stage<'_> {
    async fn perform(&self, part: &mut Part<'_>, deed: Deed) -> Result<(), Failure> {
        if deed == Deed::File {
            let (caller, filing) = self.filing(part)?;
            let filed = self.office.file(&caller, filing, None).await?;
            part.filed = Some((filed.code, filed.lookup_secret, filed.version));
            return Ok(());
        }
        let Some((code, secret, version)) = part.filed.clone() else { return Ok(()) };
        let Some(command) = self.command(part, deed) else { return Ok(()) };
        let request = Request { version, command, note: None };
        let dossier = match self.caller(part, deed) {
            Some(caller) => {
                let files = match deed {
                    Deed::Finish { favourable: true } => {
                        Files(vec![(None, self.upload(&caller, sample_files::result())?)])
                    }
                    _ => Files::default(),
                };
                self.office.act(&caller, &code, request, files, None).await?
            }
            None => {
                let caller = citizen(part);
                let file = self.upload(&caller, sample_files::sample(part.turn))?;
                let component = part.procedure.components.first();
                let component = component.map(|component| component.id.as_str().to_owned());
                let files = match deed {
                    Deed::Supplement => Files(vec![(component, file)]),
                    _ => Files::default(),
                };
                let proof = Proof::Secret { typed: secret, from: String::new() };
                self.office.act_as_applicant(&caller, &code, &proof, request, files, None).await?
            }
        };
        let mut version = dossier.version;
        // Every other dossier was signed for by whom it was given to.
        if deed == Deed::Assign && part.turn.is_multiple_of(2) {
            let holder = self.at_desk(part, Role::Processor, &part.competent);
            if let Some(holder) = holder {
                for (_, taken) in self.office.take_over(&holder, &[code]).await? {
                    version += u64::from(taken.is_ok());
                }
            }
        }
        if let Some(filed) = &mut part.filed {
            filed.2 = version;
        }
        Ok(())
    }

    fn upload(&self, caller: &Caller, sample: Sample) -> Result<AttachmentId, Failure> {
        let size = sample.bytes.len() as u64;
        let mut writer =
            self.office.begin_upload(sample.name, Some(sample.media_type), Some(size))?;
        writer.push(&sample.bytes)?;
        Ok(self.office.keep_upload(writer, caller)?.id)
    }

    fn filing(&self, part: &Part<'_>) -> Result<(Caller, Filing), Failure> {
        let channel = part.story.channel;
        let caller = match channel {
            Channel::Counter => self.at_desk(part, Role::Receptionist, &part.receiving),
            Channel::Online | Channel::Post => None,
        };
        let caller = caller.unwrap_or_else(|| citizen(part));
        let mut papers = Vec::new();
        for (position, component) in part.procedure.components.iter().enumerate() {
            if !component.mandatory && position > 1 {
                continue;
            }
            let is_online = channel == Channel::Online;
            let uploads = match is_online && position < 2 {
                true => vec![self.upload(&caller, sample_files::sample(part.turn + position))?],
                false => Vec::new(),
            };
            papers.push(FiledPaper {
                component: component.id.as_str().to_owned(),
                originals: component.originals,
                copies: component.copies,
                on_paper: uploads.is_empty(),
                uploads,
                evidence: match channel {
                    Channel::Online => Evidence::default(),
                    Channel::Counter | Channel::Post => shown(component, position),
                },
            });
        }
        let answer = match part.story.ending.follows_process() {
            true => ("mien_nghia_vu", "có"),
            false => ("so_ban", "1"),
        };
        let form = [(answer.0.to_owned(), FormValue::Text(answer.1.to_owned()))];
        let world = self.office.world();
        let declared = world.form_versions(&part.procedure.code).first().copied();
        // The first test case of a form is one that is filled in rightly.
        let filled = declared.and_then(|published| published.form.declaration.cases.first());
        let form = filled.map_or_else(|| form.into_iter().collect(), |case| case.answers.clone());
        let filing = Filing {
            procedure: part.procedure.code.as_str().to_owned(),
            agency: Some(part.receiving.as_str().to_owned()),
            channel,
            return_channel: way_out(part),
            owner: None,
            applicant: part.person.clone(),
            mandate: None,
            form,
            papers,
            external_codes: Vec::new(),
            competent: None,
            linked: Vec::new(),
            is_assisted: false,
            form_version: None,
        };
        Ok((caller, filing))
    }

    fn at_desk(&self, part: &Part<'_>, role: Role, agency: &AgencyCode) -> Option<Caller> {
        let staff = self.cast.staff(role, agency, &part.procedure.field)?;
        Some(Caller::Staff(staff.clone()))
    }

    /// Who does a deed; none for the applicant.
    fn caller(&self, part: &Part<'_>, deed: Deed) -> Option<Caller> {
        let competent = |role| self.at_desk(part, role, &part.competent);
        let receiving = |role| self.at_desk(part, role, &part.receiving);
        match deed {
            Deed::Supplement | Deed::RequestWithdrawal | Deed::AskCorrection => None,
            Deed::File | Deed::Accept | Deed::Refuse | Deed::ReceiveResult | Deed::Deliver => {
                receiving(Role::Receptionist)
            }
            Deed::AskSupplement(Role::Receptionist) => receiving(Role::Receptionist),
            Deed::Assign => competent(Role::Coordinator),
            Deed::Approve | Deed::Stop => competent(Role::Approver),
            Deed::Number => competent(Role::Clerk),
            Deed::RecordFee => receiving(Role::Cashier).or_else(|| competent(Role::Processor)),
            Deed::Opine(place) => {
                let unit = stories::ASKED.get(place)?;
                Some(Caller::Staff(self.cast.of_unit(&part.competent, unit)?.clone()))
            }
            Deed::AnswerConsultation => {
                let asking =
                    self.cast.staff(Role::Processor, &part.competent, &part.procedure.field)?;
                let asked = self.cast.consulted(&part.competent, asking)?;
                Some(Caller::Staff(asked.clone()))
            }
            _ => competent(Role::Processor),
        }
    }

    fn command(&self, part: &Part<'_>, deed: Deed) -> Option<Command> {
        let now = self.office.now();
        let processor = self.cast.staff(Role::Processor, &part.competent, &part.procedure.field)?;
        let text = |words: &str| words.to_owned();
        Some(match deed {
            Deed::File => return None,
            Deed::Accept => Command::Accept { components: Vec::new() },
            Deed::Refuse => Command::Refuse { reason: text(WRONG_PLACE) },
            Deed::AskSupplement(_) => Command::RequestSupplement {
                items: vec![MissingItem {
                    component: part.procedure.components.first().map(|c| text(c.id.as_str())),
                    reason: text(UNREADABLE),
                }],
                due_at: None,
            },
            Deed::Supplement => {
                Command::Supplement { attachments: Vec::new(), text: None, promised: Vec::new() }
            }
            Deed::Assign => Command::Assign { to: Some(processor.name.clone()), unit: None },
            Deed::Consult => {
                ask(self.cast.consulted(&part.competent, processor)?.unit.clone(), now, 4)?
            }
            Deed::CompleteStep => Command::CompleteStep { step: None },
            Deed::Ask(place) => {
                ask(stories::ASKED.get(place).map(|unit| UnitCode::from(*unit)), now, 7)?
            }
            Deed::Opine(place) => Command::AnswerConsultation {
                number: u32::try_from(place + 1).ok()?,
                answer: text(ANSWER),
                attachments: Vec::new(),
            },
            Deed::AnswerConsultation => {
                let answer = text(ANSWER);
                Command::AnswerConsultation { number: 1, answer, attachments: Vec::new() }
            }
            Deed::RequestFee => Command::RequestPayment(self.asked(part)),
            Deed::RecordFee => Command::RecordPayment(Paying {
                receipt_number: Some(format!("BL{:06}", 1_200 + part.turn)),
                ..Paying::all(PaymentMethod::ALL[part.turn % 3])
            }),
            Deed::RequestObligation => Command::RequestPayment(Asking {
                fees: vec![FeeLine::free(OBLIGATION, 1_250_000, FeeKind::Obligation)],
                ..Asking::default()
            }),
            Deed::Submit => {
                Command::SubmitForApproval { draft: Some(text(DRAFT)), attachments: Vec::new() }
            }
            Deed::Approve => Command::Approve,
            Deed::Number => Command::IssueNumber {
                number: format!("{}/UBND", 100 + part.turn),
                date: local(now).date(),
            },
            Deed::RequestWithdrawal => Command::RequestWithdrawal { reason: text(WITHDRAWAL) },
            Deed::AskCorrection => Command::RequestCorrection {
                changes: vec![("owner.address".to_owned(), FormValue::Text(text(RIGHT_ADDRESS)))],
                reason: text(MISTYPED),
            },
            Deed::ApproveWithdrawal => Command::ApproveWithdrawal,
            Deed::Stop => Command::Stop { reason: text(STOPPED), decision_number: None },
            Deed::Finish { favourable } => self.finish(part, favourable),
            Deed::ReceiveResult => Command::ReceiveResult,
            Deed::Deliver => Command::Deliver(Delivery {
                tracking_number: Some(format!("EE{:09}VN", 402_118_300 + part.turn)),
                ..Delivery::by(way_out(part))
            }),
        })
    }

    /// What the fee rules ask for; seven pages in two copies where pages count, and what the demo
    /// always asks where nothing is charged.
    fn asked(&self, part: &Part<'_>) -> Asking {
        let schedule = self.office.world().fees(&part.competent, &part.procedure.code);
        let day = local(self.office.now()).date();
        let rules: Vec<_> = schedule.rules_for(part.story.channel, day).collect();
        let counted = rules.iter().filter(|rule| rule.unit != Unit::Dossier);
        let counts: Vec<Count> = counted
            .map(|rule| Count {
                rule: rule.id.clone(),
                what: String::new(),
                units: if rule.unit == Unit::Page { 7 } else { 1 },
                copies: 2,
            })
            .collect();
        let fees = match rules.is_empty() {
            true => vec![FeeLine::free("Lệ phí giải quyết thủ tục", 8_000, FeeKind::Fee)],
            false => Vec::new(),
        };
        Asking { fees, counts, ..Asking::default() }
    }

    fn finish(&self, part: &Part<'_>, favourable: bool) -> Command {
        let result = part.procedure.results.first();
        let name = result.map_or_else(|| part.procedure.name.clone(), |result| result.name.clone());
        Command::Finish {
            favourable,
            name,
            number: None,
            reason: (!favourable).then(|| NOT_MET.to_owned()),
            form: None,
            collect_reason: None,
            attachments: Vec::new(),
        }
    }
}

fn citizen(part: &Part<'_>) -> Caller {
    part.person.phone.clone().map_or(Caller::Anybody, Caller::Citizen)
}

/// Some want their result by post.
fn way_out(part: &Part<'_>) -> Channel {
    let by_post = part.turn % 7 == 3 && part.story.channel == Channel::Counter;
    if by_post { Channel::Post } else { Channel::Counter }
}

/// In what form a paper usually comes: what is asked for as an original is one, some copies are
/// certified, and the rest is shown beside its original.
pub(super) fn shown(component: &Component, position: usize) -> Evidence {
    let form = match (component.originals, component.copies) {
        (1.., _) => PaperForm::Original,
        (0, 1..) if position.is_multiple_of(2) => PaperForm::CertifiedCopy,
        _ => PaperForm::Shown,
    };
    Evidence { form: Some(form), ..Evidence::default() }
}

const WRONG_PLACE: &str =
    "Việc này thuộc thẩm quyền của Ủy ban nhân dân nơi Ông/Bà đăng ký thường trú.";
const UNREADABLE: &str = "Bản chụp bị mờ ở trang đầu, chưa đọc được số và ngày cấp.";
const QUESTION: &str = "Đề nghị cho ý kiến về thông tin người nộp đã kê khai.";
const ANSWER: &str = "Thông tin kê khai khớp với dữ liệu đang quản lý, nhất trí giải quyết.";
const DRAFT: &str = "Hồ sơ đủ giấy tờ, thông tin đã đối chiếu. Đề nghị đồng ý giải quyết.";
const OBLIGATION: &str = "Lệ phí trước bạ theo thông báo của cơ quan thuế";
const RIGHT_ADDRESS: &str = "Số 27, đường Trần Hưng Đạo, phường Nam Định, tỉnh Ninh Bình";
const MISTYPED: &str = "Gõ nhầm số nhà, khác với nơi cư trú đã đăng ký.";
const WITHDRAWAL: &str = "Tôi cần xem lại giấy tờ trước khi nộp lại.";
const STOPPED: &str =
    "Hồ sơ đã có quyết định giải quyết ở nơi khác, không còn đối tượng giải quyết.";
const NOT_MET: &str = "Chưa đủ điều kiện theo quy định: giấy tờ chứng minh đã hết hiệu lực.";

/// A question to a unit of the same agency, to be answered within so many days.
fn ask(unit: Option<UnitCode>, now: Timestamp, days: i64) -> Option<Command> {
    Some(Command::Consult {
        agency: None,
        unit,
        question: QUESTION.to_owned(),
        due_at: now.saturating_add(SignedDuration::from_hours(24 * days)).ok()?,
        shares: Vec::new(),
    })
}
