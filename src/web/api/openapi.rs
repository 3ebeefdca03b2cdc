//! The OpenAPI 3.1 document, generated from the calls themselves, and what the generator cannot know:
//! one schema an action, the problem document of every failure, the idempotency key of every POST.

use std::sync::OnceLock;

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::{OneOf, Ref, Schema};
use utoipa::openapi::{Discriminator, RefOr};
use utoipa::{OpenApi, PartialSchema, ToSchema};

use super::problem::{Outcome, Problem};
use super::tracking::applicants;
use super::{BASE, Calls, action_bodies, examples};
use crate::domain::calendar::local;
use crate::domain::dossier::{Action, Who};
use crate::web::Site;

/// The body of an action: one of those of [`action_bodies`], by its `action`.
pub struct DossierAction;

/// The body of an applicant's action.
pub struct ApplicantAction;

/// The actions that a desk has: all but those that only an applicant does.
fn desks(action: Action) -> bool {
    action.who().iter().any(|who| matches!(who, Who::Desk(..) | Who::AnyDesk))
}

/// The schemas of the bodies, each with its `action`.
fn bodies() -> Vec<(Action, String, RefOr<Schema>)> {
    let mut bodies = action_bodies::schemas();
    for (action, _, schema) in &mut bodies {
        add(schema, "action", Some(action.id()));
    }
    bodies
}

/// The same for applicants, each with the `secret` too.
fn applicants_bodies() -> Vec<(Action, String, RefOr<Schema>)> {
    let own = bodies().into_iter().filter(|(action, _, _)| applicants(*action).is_some());
    own.map(|(action, name, mut schema)| {
        add(&mut schema, "secret", None);
        (action, format!("Applicant{name}"), schema)
    })
    .collect()
}

/// Adds a text to an object: a constant that is required, or any.
fn add(schema: &mut RefOr<Schema>, name: &str, constant: Option<&str>) {
    use utoipa::openapi::schema::{ObjectBuilder, Type};
    let RefOr::T(Schema::Object(object)) = schema else { return };
    let text = ObjectBuilder::new().schema_type(Type::String);
    let text = match constant {
        Some(constant) => {
            object.required.insert(0, name.to_owned());
            text.enum_values(Some([constant]))
        }
        None => text.description(Some("The receipt's secret; absent when `X-Proof` is sent.")),
    };
    object.properties.insert(name.to_owned(), text.build().into());
}

fn one_of(bodies: &[(Action, String, RefOr<Schema>)]) -> RefOr<Schema> {
    let refs = bodies.iter().map(|(action, name, _)| {
        (action.id().to_owned(), Ref::from_schema_name(name).ref_location)
    });
    let discriminator = Discriminator::with_mapping("action", refs);
    let mut one_of = OneOf::new();
    one_of.items =
        bodies.iter().map(|(_, name, _)| RefOr::Ref(Ref::from_schema_name(name))).collect();
    one_of.discriminator = Some(discriminator);
    RefOr::T(Schema::OneOf(one_of))
}

fn desk_bodies() -> Vec<(Action, String, RefOr<Schema>)> {
    bodies().into_iter().filter(|(action, ..)| desks(*action)).collect()
}

impl PartialSchema for DossierAction {
    fn schema() -> RefOr<Schema> {
        one_of(&desk_bodies())
    }
}

impl ToSchema for DossierAction {
    fn schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
        action_bodies::named_schemas(named);
        named.extend(desk_bodies().into_iter().map(|(_, name, schema)| (name, schema)));
    }
}

impl PartialSchema for ApplicantAction {
    fn schema() -> RefOr<Schema> {
        one_of(&applicants_bodies())
    }
}

impl ToSchema for ApplicantAction {
    fn schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
        action_bodies::named_schemas(named);
        named.extend(applicants_bodies().into_iter().map(|(_, name, schema)| (name, schema)));
    }
}

/// Shows this document
#[utoipa::path(
    tag = "about",
    security(()),
    responses((status = 200, description = "The OpenAPI 3.1 document", body = Object)),
)]
#[get("/openapi.json")]
pub async fn show_openapi(site: Data<Site>) -> Outcome {
    let today = local(site.office.now()).date();
    Ok(HttpResponse::Ok().json(document(today)))
}

/// The document, with examples that work on `today`.
pub fn document(today: Date) -> Value {
    let mut named = Vec::new();
    Problem::schemas(&mut named);
    named.push((Problem::name().into_owned(), Problem::schema()));
    let described = utoipa::openapi::OpenApi::default().nest(BASE, Calls::openapi());
    let mut document = serde_json::to_value(described).unwrap_or_default();
    document["info"] = json!({
        "title": "Motcua", "version": env!("CARGO_PKG_VERSION"),
        "description": "Cổng dịch vụ công và một cửa điện tử: REST API. Times are RFC 3339, money is \
            whole VND, unknown fields are refused, failures are problem documents (RFC 9457) in the \
            language of `Accept-Language` (vi, en).",
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    });
    document["servers"] = json!([{"url": "/"}]);
    document["components"]["securitySchemes"] = json!({
        "token": {
            "type": "http", "scheme": "bearer",
            "description": "An API token, or the token of a desk session (`POST sessions`).",
        },
        "proof": {
            "type": "apiKey", "in": "header", "name": "X-Proof",
            "description": "The proof of a phone or email (`POST otp/verify`).",
        },
    });
    for (name, schema) in named {
        document["components"]["schemas"][name] = serde_json::to_value(schema).unwrap_or_default();
    }
    for item in document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            describe(method, operation);
        }
    }
    add_examples(&mut document, today);
    document
}

/// Adds what every call has.
fn describe(method: &str, operation: &mut Value) {
    let problem = |description: &str| {
        json!({
            "description": description,
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
            },
        })
    };
    operation["responses"]["default"] = problem("A problem document");
    let mut busy = problem("Read only for now (a full disk), or overloaded: nothing has changed");
    busy["headers"]["Retry-After"] = json!({
        "description": "After so many seconds it may go on.",
        "schema": {"type": "integer", "minimum": 1},
    });
    operation["responses"]["503"] = busy;
    if method == "post" {
        let key = json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
            "description": "The same request sent again under the same key, within 30 days, gets its \
                first answer; the same key with another body is refused (422).",
        });
        match operation["parameters"].as_array_mut() {
            Some(parameters) => parameters.push(key),
            None => operation["parameters"] = json!([key]),
        }
    }
}

fn add_examples(document: &mut Value, today: Date) {
    let mut actions = Map::new();
    let mut own = Map::new();
    for action in Action::ALL {
        let (who, body) = examples::action(*action, today);
        let summary = format!("{}: {who}", action.name().en);
        if applicants(*action).is_some() {
            let mut body = body.clone();
            body["secret"] = json!("K7M29PXD");
            own.insert(action.id().to_owned(), json!({"summary": action.name().en, "value": body}));
        }
        if desks(*action) {
            actions.insert(action.id().to_owned(), json!({"summary": summary, "value": body}));
        }
    }
    let submission = json!({"paternity": {
        "summary": "The recognition of a child, with a proof or a token", "value": examples::submission(),
    }});
    for (path, examples) in [
        ("/dossiers/{code}/actions", Value::Object(actions)),
        ("/tracking/{code}/actions", Value::Object(own)),
        ("/dossiers", submission),
    ] {
        let operation = &mut document["paths"][format!("{BASE}{path}")]["post"];
        operation["requestBody"]["content"]["application/json"]["examples"] = examples;
    }
}

/// The methods that an address below the base takes; none when it is no call's.
pub fn methods_of(path: &str) -> Option<Vec<&'static str>> {
    static CALLS: OnceLock<Vec<(String, Vec<&'static str>)>> = OnceLock::new();
    let calls = CALLS.get_or_init(|| {
        let paths = Calls::openapi().paths.paths.into_iter();
        paths
            .map(|(path, item)| {
                let methods = [
                    ("GET", item.get.is_some()),
                    ("POST", item.post.is_some()),
                    ("PUT", item.put.is_some()),
                    ("PATCH", item.patch.is_some()),
                    ("DELETE", item.delete.is_some()),
                ];
                let taken = methods.into_iter().filter(|(_, taken)| *taken);
                (path, taken.map(|(method, _)| method).collect())
            })
            .collect()
    });
    let fits = |pattern: &str| {
        let (mut ours, mut asked) = (pattern.split('/'), path.split('/'));
        loop {
            match (ours.next(), asked.next()) {
                (None, None) => return true,
                (Some(part), Some(_)) if part.starts_with('{') => {}
                (Some(part), Some(given)) if part == given => {}
                _ => return false,
            }
        }
    };
    calls.iter().find(|(pattern, _)| fits(pattern)).map(|(_, methods)| methods.clone())
}
