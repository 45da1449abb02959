//! What the README tells to type works: each line of a block that is marked `recipe`, on the sample team.

use std::process::Command;

use crate::support::binary::{Home, file};
use crate::support::skipped;

fn recipes(readme: &str) -> Vec<&str> {
    let blocks = readme.split("```console recipe\n").skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.flat_map(|(block, _)| block.lines().filter_map(|line| line.strip_prefix("$ "))).collect()
}

#[test]
#[cfg(unix)]
fn every_recipe_of_the_readme_works() {
    for program in ["bash", "jq"] {
        if Command::new(program).arg("--version").output().is_err() {
            return skipped(&format!("recipes: there is no {program}"));
        }
    }
    let home = Home::new();
    assert_eq!(home.run(&["demo"]).code, 0);
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_call-coach"));
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", program.parent().unwrap().display());
    let readme = std::fs::read_to_string(file("README.md")).unwrap();
    let recipes = recipes(&readme);
    assert!(recipes.len() > 20, "{recipes:?}");
    for recipe in recipes {
        let shell = home.process();
        let environment: Vec<_> =
            shell.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect();
        let mut command = Command::new("bash");
        command
            .env_clear()
            .envs(environment)
            .env("PATH", &path)
            .args(["-o", "pipefail", "-c", recipe])
            .current_dir(home.folder.path());
        if recipe.starts_with("call-coach demo") {
            command.env_remove("CALL_COACH_DATABASE_URL");
        } else {
            command.env("CALL_COACH_DATABASE_URL", home.folder.path().join(".local/share/call-coach/demo.db"));
        }
        let output = command.output().unwrap();
        let (printed, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{recipe}: {:?}\n{printed}{said}", output.status);
        let writes = ["-o ", ">", "export", "doctor --json"].iter().any(|sign| recipe.contains(sign));
        assert!(writes || !printed.trim().is_empty(), "{recipe} prints nothing: {said}");
    }
}
