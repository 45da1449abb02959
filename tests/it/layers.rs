//! Nothing imports upward: the table of ARCHITECTURE.md against the `use` lines of the code.

use std::path::{Path, PathBuf};

/// Each module's layer, and which modules of the same layer it may use.
const MODULES: [(&str, u8, &[&str]); 25] = [
    ("dates", 0, &[]),
    ("model", 0, &[]),
    ("transcript", 0, &["model", "speech"]),
    ("speech", 0, &["model"]),
    ("spelling", 0, &[]),
    ("rubric", 0, &["model", "speech"]),
    ("scoring", 0, &["model", "rubric", "speech"]),
    ("config", 1, &[]),
    ("claude", 2, &[]),
    ("gong", 2, &[]),
    ("store", 2, &[]),
    ("analyze", 3, &[]),
    ("demo", 3, &["analyze", "import"]),
    ("doctor", 3, &["sync"]),
    ("import", 3, &[]),
    ("insights", 3, &[]),
    ("named", 3, &[]),
    ("roster", 3, &[]),
    ("search", 3, &[]),
    ("sync", 3, &["import"]),
    ("output", 4, &[]),
    ("render", 4, &["output"]),
    ("server", 4, &["output", "render"]),
    ("cli", 4, &["output", "render", "server"]),
    ("main", 5, &[]),
];

fn module(name: &str) -> Option<(u8, &'static [&'static str])> {
    MODULES.iter().find(|(known, ..)| *known == name).map(|(_, layer, beside)| (*layer, *beside))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The modules that a text names as `crate::NAME`. Links in doc comments are not imports.
fn imports(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for path in code.split("crate::").skip(1) {
        match path.strip_prefix('{') {
            // `crate::{config::Settings, store::{Store, Target}}`: what stands after the brace or a comma outside others.
            Some(group) => {
                let mut depth = 0;
                let mut begins = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => begins = true,
                        _ if begins && !c.is_whitespace() => {
                            begins = false;
                            names.push(name(&group[at..]));
                        }
                        _ => {}
                    }
                }
            }
            None => names.push(name(path)),
        }
    }
    names.retain(|name| module(name).is_some());
    names
}

#[test]
fn nothing_imports_upward() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 50);
    let mut wrong = Vec::new();
    for path in files {
        let inside = path.strip_prefix(&root).unwrap();
        let own = inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        if own == "lib" {
            continue;
        }
        let (layer, beside) = module(&own).unwrap_or_else(|| panic!("{own} stands in no layer: add it to the table"));
        for used in imports(&fs_err::read_to_string(&path).unwrap()) {
            let (used_layer, _) = module(&used).unwrap();
            let fits = used == own || used_layer < layer || (used_layer == layer && beside.contains(&used.as_str()));
            if !fits {
                wrong.push(format!("{} uses {used}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_search_sees_imports_and_no_comments() {
    assert_eq!(imports("use crate::store::Store;\n/// [`crate::cli`]\nlet x = crate::model::y();"), ["store", "model"]);
    assert_eq!(
        imports("use crate::{\n    cli,\n    store::{Store, output},\n    render::x,\n};"),
        ["cli", "store", "render"]
    );
}
