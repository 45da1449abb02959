//! What is generated and checked in: `UPDATE_GENERATED=1 cargo test generated` writes it anew.

use std::path::Path;

use call_coach::output::report::Report;

use crate::support;
use crate::support::binary::{Home, file};

#[test]
fn the_json_schema_of_a_report_is_the_one_in_docs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/analyze.schema.json");
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Report)).unwrap() + "\n";
    if support::variable("UPDATE_GENERATED").is_some() {
        fs_err::write(&path, &schema).unwrap();
    }
    let written = fs_err::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == schema, "docs/analyze.schema.json is out of date: UPDATE_GENERATED=1 cargo test generated");
}

#[test]
fn the_report_in_the_readme_is_what_the_program_prints() {
    let run = Home::new().run(&["analyze", &file("samples/01-discovery.json")]);
    let readme = fs_err::read_to_string(file("README.md")).unwrap().replace("\r\n", "\n");
    assert!(readme.contains(run.stdout.trim_end()), "README.md shows another report than this one:\n{}", run.stdout);
}
