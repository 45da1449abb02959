//! What clients and the log are told about failures of the services.

use serde_json::{Value, json};

use super::support::{Client, coached};
use crate::support::anthropic::{Answer, KEY, Plan, good_reply};
use crate::support::binary::Run;

#[test]
fn an_answer_is_no_longer_than_an_assistant_reads_at_once() {
    let home = coached();
    let plan = Plan::new(|_, seen| {
        let mut reply: Value = serde_json::from_str(&good_reply(seen)).unwrap();
        for check in reply["checks"].as_array_mut().unwrap() {
            check["note"] = json!("a long story ".repeat(20));
            check["evidence"] = vec![check["evidence"][0].clone(); 6].into();
        }
        Answer::Text(reply.to_string())
    });
    let claude = plan.start();
    let mut command = home.process();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &claude.url);
    let mut client = Client::greeted(&mut command, &[]);
    client.call(1, "analyze_call", &json!({ "call_id": "c1" }));
    let report = client.answer(1).0["result"]["structuredContent"].clone();
    assert!(report["truncated"] == true && report.to_string().len() <= 50_000, "{}", report.to_string().len());
    let mut command = home.command();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &claude.url);
    let whole = Run::of(command.args(["analyze", "c1", "--json"])).json();
    assert!(whole.to_string().len() > 50_000 && whole.get("truncated").is_none(), "{}", whole.to_string().len());
    assert_eq!((&report["overall"], &report["verdict"]), (&whole["overall"], &whole["verdict"]));
}

#[test]
fn what_could_not_be_asked_is_told_with_the_reason() {
    let home = coached();
    let refusal = r#"{"error":{"type":"invalid_request_error","message":"account 4711 may not"}}"#;
    let plan = Plan::new(move |_, seen| match seen.first_check() {
        "buyer_asks_about_own_use" => Answer::Refuse(400, vec![], refusal.to_owned()),
        _ => Answer::Text(good_reply(seen)),
    });
    let claude = plan.start();
    let mut command = home.process();
    command.env("ANTHROPIC_API_KEY", KEY).env("ANTHROPIC_BASE_URL", &claude.url);
    let mut client = Client::greeted(&mut command, &[]);
    client.call(1, "analyze_call", &json!({ "call_id": "c1" }));
    let (answer, _) = client.answer(1);
    let dimensions = answer["result"]["structuredContent"]["dimensions"].as_array().unwrap();
    let failed = dimensions.iter().find(|dimension| dimension["status"] == "failed").unwrap();
    let reason = failed["reason"].as_str().unwrap();
    assert!(reason.starts_with("could not be asked: ") && reason.ends_with("HTTP 400"), "{reason}");
    let text = answer["result"]["content"][0]["text"].as_str().unwrap();
    for expected in ["Engagement: could not be asked: ", "Running it again asks only for: Engagement."] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("is free") && !answer.to_string().contains("4711"), "{answer}");
    // Without a level a server logs what it does not tell.
    let (_, printed, said) = client.end();
    assert_eq!(printed, "");
    assert!(said.contains("Engagement of c1 could not be asked: ") && said.contains("4711"), "{said}");
}
