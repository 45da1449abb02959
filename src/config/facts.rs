//! The user's folder of facts about the product.

use std::path::Path;

use super::ConfigError;

/// Reads every markdown file of a folder, by name, as one text with a heading each.
///
/// # Errors
/// When the folder or a file cannot be read, or no file says anything.
pub fn load_facts(folder: &Path) -> Result<String, ConfigError> {
    let mut paths: Vec<_> =
        fs_err::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut facts = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        let text = fs_err::read_to_string(path)?.replace("\r\n", "\n");
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        facts.extend(Some(text.trim()).filter(|text| !text.is_empty()).map(|text| format!("## {name}\n\n{text}")));
    }
    if facts.is_empty() {
        return Err(ConfigError::NoFacts(folder.to_owned()));
    }
    Ok(facts.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_files_are_read_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().expect("folder");
        assert!(load_facts(folder.path()).expect_err("empty").to_string().contains("no .md file"));
        for (name, text) in [("b.md", "Two.\r\n"), ("a.md", "\nOne.\n"), ("c.md", " "), ("d.txt", "Four.")] {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        assert_eq!(load_facts(folder.path()).expect("good"), "## a.md\n\nOne.\n\n## b.md\n\nTwo.");
    }
}
