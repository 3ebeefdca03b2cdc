//! The answers are those of another procedure: said before anything is sent, with the way there.

use actix_web::HttpResponse;
use maud::{Markup, html};

use super::case::Case;
use super::{declared, elsewhere};
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::office::Failure;
use crate::web::asking;
use crate::web::components::{BannerKind, banner};
use crate::web::visitor::see_other;
use crate::web::words::public_filing as words;

/// The button that goes on in the other procedure with what was answered.
pub(super) const CARRY: &str = "_other";

/// The procedure that the answers lead to.
fn leads_to(case: &Case<'_>) -> Option<ProcedureCode> {
    let answers = declared::form_of(case).map(|form| declared::evaluation(case, form).answers)?;
    case.world.signpost(&case.procedure.code, &answers).map(|post| post.to.clone())
}

/// A draft of the other procedure with every answer that both ask for; this one stays as it is. None
/// when the answers lead nowhere else.
///
/// # Errors
/// The relaxed store fails.
pub(super) fn carried_on(case: &Case<'_>) -> Result<Option<HttpResponse>, Failure> {
    let Some(to) = leads_to(case) else { return Ok(None) };
    let form = case.world.form(&to, None).map(|form| &form.declaration);
    let goes_along = |name: &str| match name.split('.').next().unwrap_or(name) {
        "form" | "rows" => form.is_some_and(|form| asking::asks(form, name)),
        // Papers, agencies and the version are those of this procedure.
        "who" | "applicant" | "owner" | "mandate" | "return" | "seen" => true,
        _ => false,
    };
    let answers = case.draft.answers.iter().filter(|(name, _)| goes_along(name));
    let answers = answers.map(|(name, value)| (name.clone(), value.clone())).collect();
    let draft = case.site.office.begin_draft(&case.keeper, to.as_str(), answers)?;
    Ok(Some(see_other(&elsewhere::way_on(&draft))))
}

/// What the answers lead to, when that is another procedure.
pub(super) fn other(case: &Case<'_>) -> Markup {
    let lang = case.lang();
    let answers = declared::form_of(case).map(|form| declared::evaluation(case, form).answers);
    let post = answers.and_then(|answers| case.world.signpost(&case.procedure.code, &answers));
    let Some(post) = post else { return html! {} };
    let known = case.world.procedure(&post.to);
    let name = known.map_or(post.to.as_str(), |known| known.name.as_str());
    banner(
        lang,
        BannerKind::Note,
        &html! {
            (words::OTHER_PROCEDURE.fill(lang, &[("name", name), ("why", post.why.say(lang))])) " "
            @match known {
                Some(known) => {
                    a href={ "/thu-tuc/" (known.code) } { (words::OTHER_PROCEDURE_SEE.say(lang)) }
                    @if case.world.form(&known.code, None).is_some() {
                        br; button.link type="submit" name=(CARRY) value="1" {
                            (words::OTHER_PROCEDURE_CARRY.say(lang))
                        }
                    }
                },
                None => (words::OTHER_PROCEDURE_AWAY.fill(lang, &[("code", post.to.as_str())])),
            }
        },
    )
}
