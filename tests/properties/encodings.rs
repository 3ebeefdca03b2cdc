//! Stored bytes: what goes in comes out, and whatever else is read is an error, never a panic.

use std::collections::BTreeMap;

use jiff::Timestamp;
use motcua::domain::catalogue::Channel;
use motcua::domain::dossier::linking::{Carried, Opens, Source};
use motcua::domain::dossier::{
    Attachment, Basis, CertifiedLine, Dossier, Event, Evidence, FeeKind, FeeLine, FileKey,
    FormValue, Holder, Instead, Leader, Link, Paper, PaperForm, PaymentMethod, Settlement,
    Submitted, SupplementItem,
};
use motcua::domain::fee::{Step, Unit};
use motcua::domain::ids::{
    AgencyCode, AttachmentId, ComponentId, DossierCode, DossierId, ProcedureCode, UnitCode,
    UserName,
};
use motcua::domain::person::{Mandate, MandateKind, Person};
use motcua::store::codec::wire::{Wire, instant_bytes, instant_from};
use motcua::store::event_log::Logged;
use motcua::store::places::{Block, Place, Refs};
use motcua::store::reader::Head;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

fn instant() -> impl Strategy<Value = Timestamp> {
    (-62_000_000_000_000_000_i64..253_000_000_000_000_000)
        .prop_map(|micros| Timestamp::from_microsecond(micros).unwrap())
}

fn text() -> impl Strategy<Value = String> {
    "\\PC{0,24}"
}

fn person() -> impl Strategy<Value = Person> {
    let day = (1_900_i16..2_100, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| jiff::civil::date(year, month, day));
    let texts = (text(), option::of(text()), option::of(text()), option::of(text()));
    (texts, option::of(day), option::of(text())).prop_map(
        |((name, id_number, phone, email), birth_date, address)| Person {
            name,
            id_number,
            birth_date,
            phone,
            email,
            address,
        },
    )
}

fn form_value() -> impl Strategy<Value = FormValue> {
    let leaf = prop_oneof![
        Just(FormValue::Null),
        any::<bool>().prop_map(FormValue::Bool),
        "-?[0-9]{1,20}".prop_map(FormValue::Number),
        text().prop_map(FormValue::Text),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(FormValue::List),
            vec((text(), inner), 0..6)
                .prop_map(|fields| { FormValue::Group(fields.into_iter().collect()) }),
        ]
    })
}

fn attachment() -> impl Strategy<Value = Attachment> {
    (any::<[u8; 16]>(), option::of(text()), text(), any::<u64>(), any::<[u8; 32]>(), instant())
        .prop_map(|(id, component, name, size, digest, added_at)| Attachment {
            id: AttachmentId(id),
            component: component.map(ComponentId::new),
            name,
            media_type: "application/pdf".to_owned(),
            size,
            sha256: digest,
            cipher_sha256: digest,
            key: (size % 2 == 0).then(|| FileKey::new(format!("AGE-SECRET-KEY-{size}"))),
            is_result: size.is_multiple_of(2),
            added_at,
            origin: None,
        })
}

fn paper() -> impl Strategy<Value = Paper> {
    (text(), text(), any::<(u32, u32, bool, bool)>()).prop_map(
        |(component, name, (originals, copies, on_paper, checked))| Paper {
            component: ComponentId::new(component),
            name,
            originals,
            copies,
            on_paper,
            checked,
            evidence: Evidence {
                form: checked.then_some(PaperForm::Shown),
                number: on_paper.then(|| "12/2026".to_owned()),
                issued_on: on_paper.then(|| jiff::civil::date(2026, 11, 23)),
                issuer: None,
            },
        },
    )
}

fn submitted() -> impl Strategy<Value = Submitted> {
    let names = (any::<[u8; 16]>(), text(), vec(text(), 0..3), text());
    let people = (person(), person(), option::of(text()));
    let contents: (_, _, _) =
        (btree_map(text(), form_value(), 0..8), vec(paper(), 0..4), vec(attachment(), 0..3));
    (names, people, contents, option::of(instant())).prop_map(
        |((id, code, external_codes, secret), (owner, submitter, mandate), contents, due)| {
            let (form, components, attachments): (BTreeMap<_, _>, _, _) = contents;
            Submitted {
                id: DossierId(id),
                code: DossierCode::new(code.clone()),
                external_codes,
                lookup_secret: secret.clone(),
                procedure: ProcedureCode::new(code),
                procedure_name: secret.clone(),
                field: secret.clone(),
                receiving_agency: AgencyCode::from("H1"),
                competent_agency: AgencyCode::from("H2"),
                channel: Channel::Post,
                return_channel: Channel::Online,
                owner,
                submitter,
                mandate: mandate.map(|paper| Mandate {
                    kind: MandateKind::LegalRepresentative,
                    paper: Some(paper),
                }),
                form: form.into(),
                components,
                attachments,
                rule_pack: "thu".to_owned(),
                answer_due_at: due,
                led_by: due.map(|_| Leader {
                    id: DossierId(id),
                    code: DossierCode::from("H1-261123-0001"),
                    procedure_name: secret.clone(),
                    agency: AgencyCode::from("H1"),
                }),
                is_assisted: due.is_none(),
                form_version: None,
            }
        },
    )
}

fn fee_line() -> impl Strategy<Value = FeeLine> {
    let step = (text(), any::<u32>(), any::<i64>(), option::of(any::<u32>())).prop_map(
        |(name, percent, adds, copies)| match copies {
            Some(cap) => Step::Cap { cap: u64::from(cap), copies, adds },
            None => Step::Exempt { name, percent, adds },
        },
    );
    let basis = (text(), vec(step, 0..3)).prop_map(|(rule, mut steps)| {
        let (unit, price) = (Unit::Page, u64::MAX);
        steps.push(Step::Units {
            first: 1,
            last: 2,
            unit,
            copies: None,
            price,
            tiered: true,
            adds: i64::MIN,
        });
        Basis { source: rule.clone(), rule, steps }
    });
    (text(), any::<u64>(), option::of(basis)).prop_map(|(name, amount, basis)| FeeLine {
        basis,
        ..FeeLine::free(name, amount, FeeKind::Obligation)
    })
}

fn link() -> impl Strategy<Value = Link> {
    (1_u32..4, text(), option::of(any::<[u8; 16]>()), any::<bool>()).prop_map(
        |(number, name, open, late)| Link {
            number,
            procedure: ProcedureCode::new(name.clone()),
            procedure_name: name.clone(),
            agency: AgencyCode::from("H2"),
            opens: if late { Opens::AfterResult } else { Opens::AtReception },
            papers: vec![Carried { from: Source::Result, to: ComponentId::new(name.clone()) }],
            answers: vec![(name.clone(), name)],
            dossier: open.map(|id| (DossierId(id), DossierCode::from("H2-261123-0001"))),
        },
    )
}

fn money_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        vec(fee_line(), 0..4).prop_map(|fees| Event::PaymentRequested { fees }),
        (option::of(any::<u32>()), option::of(text())).prop_map(|(request, receipt_number)| {
            let method = PaymentMethod::Card;
            Event::PaymentRecorded { method, receipt_number, due_at: None, request }
        }),
        (any::<u32>(), text(), option::of(option::of(text()))).prop_map(
            |(number, reason, instead)| {
                let method = PaymentMethod::Transfer;
                let instead = instead.map(|receipt_number| Instead { method, receipt_number });
                Event::PaymentReversed { number, reason, instead }
            }
        ),
        (any::<u32>(), text(), option::of(instant())).prop_map(|(request, reason, due_at)| {
            Event::PaymentRequestCancelled { request, reason, due_at }
        }),
        any::<u64>().prop_map(|amount| Event::TransferDeclared { amount }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let item = (option::of(text()), text()).prop_map(|(component, reason)| SupplementItem {
        component: component.map(ComponentId::new),
        reason,
    });
    prop_oneof![
        submitted().prop_map(|submitted| Event::Submitted(Box::new(submitted))),
        text().prop_map(|reason| Event::Refused { reason }),
        (vec(item, 0..4), option::of(instant()))
            .prop_map(|(items, due_at)| Event::SupplementRequested { items, due_at }),
        (vec(attachment(), 0..3), option::of(text()), option::of(instant())).prop_map(
            |(attachments, text, due_at)| Event::Supplemented { attachments, text, due_at }
        ),
        (option::of(text()), option::of(text())).prop_map(|(unit, user)| Event::Assigned {
            to: Holder { unit: unit.map(UnitCode::new), user: user.map(UserName::new) }
        }),
        money_event(),
        (text(), any::<bool>(), vec(attachment(), 0..2)).prop_map(
            |(name, favourable, attachments)| {
                let reason = (!favourable).then(|| name.clone());
                let outcome = Settlement {
                    favourable,
                    name,
                    number: None,
                    collect_reason: reason.clone(),
                    reason,
                    at_section: false,
                };
                Event::Finished { outcome, attachments }
            }
        ),
        Just(Event::Approved),
        text().prop_map(|text| Event::Noted { text }),
        attachment().prop_map(|attachment| Event::AttachmentAdded { attachment }),
        (text(), instant(), vec(any::<[u8; 16]>(), 0..3)).prop_map(|(question, due_at, shares)| {
            let (agency, shares) = (AgencyCode::from("H2"), shares.into_iter().map(AttachmentId));
            let shares = shares.collect();
            Event::Consulted { agency, unit: None, question, due_at, shares }
        }),
        (text(), vec(attachment(), 0..2)).prop_map(|(answer, attachments)| {
            Event::ConsultationAnswered { number: 1, answer, attachments }
        }),
        vec(link(), 0..3).prop_map(|links| Event::LinksPlanned { links }),
        any::<[u8; 16]>().prop_map(|id| Event::LinkOpened {
            number: 1,
            dossier: DossierId(id),
            code: DossierCode::from("H1-261123-0002"),
        }),
        (text(), any::<(u32, u32, u64)>(), option::of(any::<u32>())).prop_map(
            |(name, (pages, copies, fee), number)| {
                let line = CertifiedLine {
                    procedure: ProcedureCode::from("2.000815"),
                    book: "SCT/BS".to_owned(),
                    name: name.clone(),
                    pages,
                    copies,
                    fee,
                    number,
                };
                let on = jiff::civil::date(2026, 11, 23);
                Event::Certified { lines: vec![line], signer: name, on }
            }
        ),
    ]
}

/// Reads bytes as everything that is ever stored; none of it may panic.
fn read_as_anything(bytes: &[u8]) {
    let _ = Event::from_bytes(bytes);
    let _ = Dossier::from_bytes(bytes);
    let _ = FormValue::from_bytes(bytes);
    let _ = Block::from_bytes(bytes);
    let _ = Refs::from_bytes(bytes);
    let _ = Head::split(bytes);
    let _ = Logged::from_bytes(Place { commit: 1, index: 0 }, bytes);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_come_back_as_they_went_in(event in event()) {
        let bytes = event.to_bytes();
        prop_assert_eq!(Event::from_bytes(&bytes), Ok(event));
    }

    #[test]
    fn states_come_back_as_they_went_in(
        first in submitted(),
        later in vec((event(), instant()), 0..6),
        at in instant(),
    ) {
        let mut dossier = Dossier::open(first, at);
        for (event, at) in later {
            dossier.apply(at, &event);
        }
        prop_assert_eq!(Dossier::from_bytes(&dossier.to_bytes()), Ok(dossier));
    }

    #[test]
    fn a_cut_or_altered_encoding_is_an_error_or_another_value(
        event in event(),
        cut in any::<prop::sample::Index>(),
        bit in 0_u8..8,
    ) {
        let mut bytes = event.to_bytes();
        let cut = cut.index(bytes.len());
        prop_assert!(Event::from_bytes(&bytes[..cut]).is_err());
        bytes[cut] ^= 1 << bit;
        read_as_anything(&bytes);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..400)) {
        read_as_anything(&bytes);
    }

    #[test]
    fn instants_sort_as_their_bytes(a in instant(), b in instant()) {
        prop_assert_eq!(a.cmp(&b), instant_bytes(a).cmp(&instant_bytes(b)));
        prop_assert_eq!(instant_from(instant_bytes(a)), Ok(a));
    }
}
