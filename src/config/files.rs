//! The files that settings are read from.

use std::path::PathBuf;

use super::dot_env::{self, DotEnv};
use super::keys::KEYS;
use super::{Environment, Flags, Setting, Source, env};

/// The configuration file that is read if it exists, and what names it; `None` where nothing does.
pub fn config_file(flags: &Flags, environment: &Environment) -> Option<Setting<PathBuf>> {
    if let Some(path) = &flags.config {
        return Some(Setting { value: path.clone(), source: Source::Flag("--config") });
    }
    if let Some(path) = environment.get(env::CALL_COACH_CONFIG) {
        return Some(Setting { value: PathBuf::from(path), source: Source::Env(env::CALL_COACH_CONFIG) });
    }
    let folder = environment.config_dir.as_ref()?;
    Some(Setting { value: folder.join("config.toml"), source: Source::Default })
}

/// The `.env` that is read if it exists.
pub fn dot_env_file(environment: &Environment) -> PathBuf {
    environment.working_dir.join(dot_env::NAME)
}

/// A `.env` with variables of ours that is not read, because only the working directory's is: in a folder above, at
/// home or beside the configuration file, or one here with another name.
pub fn unread_dot_env(environment: &Environment) -> Option<PathBuf> {
    let here = &environment.working_dir;
    let renamed = [".env.txt", "env.txt", ".env.local"].map(|name| here.join(name));
    let elsewhere = here.ancestors().skip(1).map(PathBuf::from).chain(environment.home_dir.clone());
    let elsewhere = elsewhere.chain(environment.config_dir.clone()).filter(|folder| folder != here);
    renamed.into_iter().chain(elsewhere.map(|folder| folder.join(dot_env::NAME))).find(|path| is_ours(path))
}

fn is_ours(path: &std::path::Path) -> bool {
    let Ok(Some(file)) = DotEnv::read_file(path) else { return false };
    // `DATABASE_URL` and `LOG_LEVEL` are other programs' too.
    let is_shared = |name: &str| [env::DATABASE_URL, env::LOG_LEVEL].contains(&name);
    let known = |name: &str| KEYS.iter().any(|key| key.variables.contains(&name));
    file.names().any(|name| known(name) && !is_shared(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_beats_the_variable_which_beats_the_users_folder() {
        let mut environment = Environment { config_dir: Some("/c".into()), ..Environment::default() };
        let path = |flags: &Flags, environment: &Environment| config_file(flags, environment).map(|file| file.value);
        assert_eq!(path(&Flags::default(), &environment), Some("/c/config.toml".into()));
        environment.variables.insert("CALL_COACH_CONFIG".to_owned(), "/v.toml".to_owned());
        assert_eq!(path(&Flags::default(), &environment), Some("/v.toml".into()));
        let flags = Flags { config: Some("/f.toml".into()), ..Flags::default() };
        assert_eq!(path(&flags, &environment), Some("/f.toml".into()));
        assert_eq!(path(&Flags::default(), &Environment::default()), None);
    }

    #[test]
    fn a_dot_env_in_the_wrong_folder_is_found_and_another_programs_is_not() {
        let above = tempfile::tempdir().expect("folder");
        let here = above.path().join("a/b");
        std::fs::create_dir_all(&here).expect("made");
        let environment = Environment { working_dir: here.clone(), ..Environment::default() };
        let file = above.path().join(".env");
        std::fs::write(&file, "DATABASE_URL=postgres://h/other").expect("written");
        assert_eq!(unread_dot_env(&environment), None);
        std::fs::write(&file, "GONG_API_KEY=k").expect("written");
        assert_eq!(unread_dot_env(&environment), Some(file));
        let renamed = here.join(".env.txt");
        std::fs::write(&renamed, "GONG_API_KEY=k").expect("written");
        assert_eq!(unread_dot_env(&environment), Some(renamed));
    }
}
