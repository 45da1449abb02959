//! What is asked of Gong.

use jiff::Timestamp;
use serde_json::{Value, json};

/// A span of time in which calls began: from its start, inclusive, to its end, exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first moment in it.
    pub from: Timestamp,
    /// The first moment behind it.
    pub to: Timestamp,
}

/// One request, ready to be sent as often as need be.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The path below the base address.
    pub path: &'static str,
    /// The permission that it needs.
    pub scope: &'static str,
    /// `POST` with this body, else `GET`.
    pub(super) body: Option<Value>,
    /// Where a `GET` goes on.
    pub(super) cursor: Option<String>,
}

impl Request {
    /// All workspaces.
    pub fn workspaces() -> Self {
        Request { path: "/v2/workspaces", scope: "api:workspaces:read", body: None, cursor: None }
    }

    /// A page of the company's users.
    pub fn users() -> Self {
        Request { path: "/v2/users", scope: "api:users:read", body: None, cursor: None }
    }

    /// A page of the calls that began in a period, oldest first, without their words.
    pub fn calls(period: Period, workspace: Option<&str>) -> Self {
        let mut filter = json!({ "fromDateTime": period.from.to_string(), "toDateTime": period.to.to_string() });
        if let (Some(workspace), Some(filter)) = (workspace, filter.as_object_mut()) {
            filter.insert("workspaceId".to_owned(), workspace.into());
        }
        Request::extensive(filter)
    }

    /// These calls, without their words. An empty list is not accepted.
    pub fn calls_by_id(ids: &[String]) -> Self {
        Request::extensive(json!({ "callIds": ids }))
    }

    fn extensive(filter: Value) -> Self {
        // Only what is kept is asked for.
        let body = json!({
            "filter": filter,
            "contentSelector": {
                "context": "None",
                "exposedFields": {
                    "parties": true,
                    "content": { "topics": true, "trackers": true, "brief": true },
                    "interaction": { "personInteractionStats": true },
                    "media": false,
                },
            },
        });
        Request { path: "/v2/calls/extensive", scope: "api:calls:read:extensive", body: Some(body), cursor: None }
    }

    /// The words of these calls. An empty list is not accepted.
    pub fn transcripts(ids: &[String]) -> Self {
        let body = json!({ "filter": { "callIds": ids } });
        Request { path: "/v2/calls/transcript", scope: "api:calls:read:transcript", body: Some(body), cursor: None }
    }

    /// The same list where a reply's cursor says that it goes on.
    pub fn at(&self, cursor: &str) -> Self {
        let mut next = self.clone();
        match next.body.as_mut().and_then(Value::as_object_mut) {
            Some(body) => drop(body.insert("cursor".to_owned(), cursor.into())),
            None => next.cursor = Some(cursor.to_owned()),
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_stands_beside_the_filter_and_changes_nothing_else() {
        let period =
            Period { from: "2026-01-01T00:00:00Z".parse().unwrap(), to: "2026-02-01T00:00:00Z".parse().unwrap() };
        let first = Request::calls(period, Some("623457276584334"));
        let second = first.at("next");
        let body = second.body.unwrap();
        assert_eq!(body["cursor"], "next");
        assert_eq!(body["filter"], first.body.unwrap()["filter"]);
        assert_eq!(body["filter"]["fromDateTime"], "2026-01-01T00:00:00Z");
        assert_eq!(body["filter"]["workspaceId"], "623457276584334");
        assert_eq!(Request::users().at("next").cursor.as_deref(), Some("next"));
    }
}
