//! `submit_for_approval`: the processor lays the dossier before the approver, with what is proposed.

use super::decide::optional;
use super::event::Event;
use super::state::Attachment;
use crate::domain::refusal::Refusal;

pub(super) fn decide(draft: Option<&str>, attachments: &[Attachment]) -> Result<Event, Refusal> {
    let draft = optional("draft.text", draft)?;
    Ok(Event::SubmittedForApproval { draft, attachments: attachments.to_vec() })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, approver, file, invalid, plain, processor, submit_for_approval, wrong_status,
    };
    use crate::domain::dossier::{Command, Draft, MAX_TEXT, Stage};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn once_until_it_comes_back() {
        let case = Case::submitted_for_approval();
        assert_eq!(case.dossier.stage, Stage::AwaitingApproval);
        let again = case.refused(processor(), submit_for_approval());
        assert_eq!(again, plain(RefusalKind::Impossible));
        assert_eq!(Case::counter().refused(processor(), submit_for_approval()), wrong_status());
    }

    #[test]
    fn every_draft_is_kept_and_none_is_the_applicants() {
        let draft = |text: &str, files| Command::SubmitForApproval {
            draft: Some(text.to_owned()),
            attachments: files,
        };
        let again = Command::ReturnForRework { reason: "Sửa".to_owned() };
        let case = Case::processing()
            .after(processor(), draft(" Đồng ý ", vec![file(false)]))
            .after(approver(), again)
            .after(processor(), draft("", Vec::new()));
        let kept = Draft { text: Some("Đồng ý".to_owned()), files: vec![file(false)] };
        assert_eq!(case.dossier.drafts, [kept], "what says nothing is no draft");
        assert!(case.dossier.attachments.is_empty());
        assert_eq!(case.dossier.desk_file(file(false).id), Some(&file(false)));
        let long = draft(&"x".repeat(MAX_TEXT + 1), Vec::new());
        assert_eq!(Case::processing().refused(processor(), long), invalid("draft.text"));
    }
}
