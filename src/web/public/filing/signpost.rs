//! The answers are those of another procedure: said before anything is sent, with the way there.

use maud::{Markup, html};

use super::case::Case;
use super::declared;
use crate::domain::dossier::Directory;
use crate::web::components::{BannerKind, banner};
use crate::web::words::public_filing as words;

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
                Some(known) => a href={ "/thu-tuc/" (known.code) } {
                    (words::OTHER_PROCEDURE_SEE.say(lang))
                },
                None => (words::OTHER_PROCEDURE_AWAY.fill(lang, &[("code", post.to.as_str())])),
            }
        },
    )
}
