//! Gong's OpenAPI file: requests are checked against it, and its examples and recorded replies must be readable.

use std::collections::BTreeMap;

use call_coach::gong::{Calls, Transcripts, Users, Workspaces};
use call_coach::transcript::gong::{call, findings, with_words};
use serde_json::Value;

use crate::support::data;

/// The file; `None` where it is absent.
pub(crate) struct Contract(Value);

impl Contract {
    pub(crate) fn load() -> Option<Self> {
        let path = data::folder()?.join("gong_api/gong-openapi.json");
        Some(Contract(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()))
    }

    /// What is wrong with a request.
    pub(crate) fn check(&self, method: &str, path: &str, query: &[String], body: Option<&Value>) -> Vec<String> {
        let operation = &self.0["paths"][path][method.to_lowercase()];
        if operation.is_null() {
            return vec![format!("{method} {path} is not in the file")];
        }
        let mut wrong = Vec::new();
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        for name in query {
            if !parameters.iter().any(|parameter| parameter["name"] == name.as_str()) {
                wrong.push(format!("{path} has no parameter {name}"));
            }
        }
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        match (schema.is_null(), body) {
            (true, Some(_)) => wrong.push(format!("{path} takes no body")),
            (false, None) => wrong.push(format!("{path} needs a body")),
            (false, Some(body)) => self.check_value(schema, body, "body", &mut wrong),
            (true, None) => {}
        }
        wrong
    }

    fn check_value(&self, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap();
            return self.check_value(&self.0["components"]["schemas"][name], value, at, wrong);
        }
        // The file writes `types` where the standard has `type`.
        let types: Vec<&str> = match (&schema["types"], &schema["type"]) {
            (Value::Array(types), _) => types.iter().filter_map(Value::as_str).collect(),
            (_, Value::String(one)) => vec![one],
            _ => Vec::new(),
        };
        let fits = |wanted: &&str| match *wanted {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => false,
        };
        if !types.is_empty() && !types.iter().any(fits) {
            wrong.push(format!("{at} is no {types:?}"));
        }
        if let Some(allowed) = schema["enum"].as_array()
            && !allowed.contains(value)
        {
            wrong.push(format!("{at} is none of {allowed:?}"));
        }
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if value.get(name).is_none() {
                wrong.push(format!("{at} lacks {name}"));
            }
        }
        for (name, field) in value.as_object().into_iter().flatten() {
            match schema["properties"].get(name) {
                Some(schema) => self.check_value(schema, field, &format!("{at}.{name}"), wrong),
                None => wrong.push(format!("{at} has no field {name}")),
            }
        }
        for (n, item) in value.as_array().into_iter().flatten().enumerate() {
            self.check_value(&schema["items"], item, &format!("{at}[{n}]"), wrong);
        }
    }
}

#[test]
fn the_check_finds_what_is_wrong() {
    let Some(contract) = Contract::load() else { return };
    let check = |body: Value| contract.check("POST", "/v2/calls/extensive", &[], Some(&body));
    assert!(check(serde_json::json!({"filter": {"callIds": ["1"]}})).is_empty());
    for body in [
        serde_json::json!({}),
        serde_json::json!({"filter": {"callIds": "1"}}),
        serde_json::json!({"filter": {"callIds": [1]}}),
        serde_json::json!({"filter": {}, "contentSelector": {"context": "All"}}),
        serde_json::json!({"filter": {}, "page": 2}),
    ] {
        assert_eq!(check(body.clone()).len(), 1, "{body}");
    }
    assert_eq!(contract.check("GET", "/v2/users", &["page".to_owned()], None).len(), 1);
    assert_eq!(contract.check("GET", "/v2/calls/extensive", &[], None).len(), 1);
}

#[test]
fn the_examples_of_the_file_are_read() {
    let Some(folder) = data::folder() else { return };
    let text = std::fs::read_to_string(folder.join("gong_api/openapi_expanded_examples.json")).unwrap();
    let examples: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    let calls: Calls = serde_json::from_str(&examples["POST /v2/calls/extensive"].to_string()).unwrap();
    assert_eq!((calls.calls.entries.len(), calls.calls.unreadable), (1, 0));
    let facts = &calls.calls.entries[0];
    assert_eq!(facts.id(), Some("7782342274025937895"));
    assert!(!findings(facts).is_empty() && facts.started_at().is_some());
    let words: Transcripts = serde_json::from_str(&examples["POST /v2/calls/transcript"].to_string()).unwrap();
    assert_eq!(words.call_transcripts.unreadable, 0);
    let (_, transcript) = with_words(call(facts), words.call_transcripts.entries.into_iter().next().unwrap());
    assert_eq!(transcript.lines.len(), 1);
    for (name, example) in &examples {
        let example = example.to_string();
        match name.as_str() {
            "GET /v2/users" => {
                assert!(!serde_json::from_str::<Users>(&example).unwrap().users.unwrap().is_empty());
            }
            "GET /v2/workspaces" => {
                assert!(!serde_json::from_str::<Workspaces>(&example).unwrap().workspaces.unwrap().is_empty());
            }
            _ => {}
        }
    }
}

#[test]
fn recorded_replies_are_read() {
    let Some(folder) = data::folder() else { return };
    let mut read = 0;
    for entry in std::fs::read_dir(folder.join("gong_nango_recordings")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let recorded: BTreeMap<String, Vec<Value>> =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for (request, replies) in recorded {
            for reply in replies.iter().map(|reply| reply["response"].to_string()) {
                let unreadable = match request.as_str() {
                    "GET /v2/workspaces" => serde_json::from_str::<Workspaces>(&reply).map(|_| 0),
                    "POST /v2/calls/extensive" => {
                        serde_json::from_str::<Calls>(&reply).map(|page| page.calls.unreadable)
                    }
                    "POST /v2/calls/transcript" => {
                        serde_json::from_str::<Transcripts>(&reply).map(|page| page.call_transcripts.unreadable)
                    }
                    _ => continue,
                };
                assert_eq!(unreadable.unwrap(), 0, "{}", path.display());
                read += 1;
            }
        }
    }
    assert!(read >= 6, "{read}");
}
