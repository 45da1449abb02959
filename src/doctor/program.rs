//! The program itself, and the terminal it runs in.

use std::path::{Path, PathBuf};

use super::{Examination, Verdict};

pub(super) fn version() -> Verdict {
    Verdict::ok(env!("CALL_COACH_VERSION"))
}

pub(super) fn platform() -> Verdict {
    Verdict::ok(format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH))
}

pub(super) fn terminal(examination: &Examination<'_>) -> Verdict {
    /// Below this bars and weights are left out of reports.
    const NARROW: usize = 70;
    let Some(terminal) = examination.place.terminal else {
        return Verdict::skip("the output goes to a file or another program");
    };
    let variable = |name: &str| examination.place.environment.get(name);
    let width = terminal.width;
    if variable("TERM").is_none_or(|kind| kind == "dumb") {
        let means = "colours, bars and prompts may not show as they should";
        return Verdict::warn("TERM is not set, or dumb", means, "export TERM=xterm-256color");
    }
    if !terminal.unicode {
        let means = "bars and rules are drawn with plain characters, and names may not show";
        return Verdict::warn("the locale is not UTF-8", means, "export LC_ALL=C.UTF-8");
    }
    if width < NARROW {
        let means = "reports leave out their bars and weights";
        return Verdict::warn(format!("{width} columns"), means, format!("make the window {NARROW} columns wide"));
    }
    Verdict::ok(format!("{width} columns, UTF-8"))
}

/// Where each shell looks for completions, below the home folder and in the system's folders.
const COMPLETIONS: [(&str, &[&str]); 3] = [
    (
        "bash",
        &[
            "~/.local/share/bash-completion/completions/call-coach",
            "/usr/local/share/bash-completion/completions/call-coach",
            "/usr/share/bash-completion/completions/call-coach",
            "/etc/bash_completion.d/call-coach",
        ],
    ),
    (
        "zsh",
        &[
            "~/.zfunc/_call-coach",
            "~/.local/share/zsh/site-functions/_call-coach",
            "/usr/local/share/zsh/site-functions/_call-coach",
            "/usr/share/zsh/site-functions/_call-coach",
            "/usr/share/zsh/vendor-completions/_call-coach",
        ],
    ),
    (
        "fish",
        &[
            "~/.config/fish/completions/call-coach.fish",
            "/usr/local/share/fish/vendor_completions.d/call-coach.fish",
            "/usr/share/fish/vendor_completions.d/call-coach.fish",
        ],
    ),
];

pub(super) fn completions(examination: &Examination<'_>) -> Verdict {
    let environment = examination.place.environment;
    let shell = environment.get("SHELL").and_then(|shell| Path::new(shell).file_name()?.to_str());
    let Some((shell, places)) = COMPLETIONS.iter().find(|(name, _)| Some(*name) == shell) else {
        return Verdict::skip("which shell this is is not known; for yours: call-coach completions --help");
    };
    let path = |place: &&str| match (place.strip_prefix("~/"), &environment.home_dir) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(place),
    };
    match (places.iter().map(path).find(|path| path.exists()), places.first()) {
        (Some(found), _) => Verdict::ok(format!("{shell}: {}", found.display())),
        (None, first) => {
            let to = first.copied().unwrap_or_default();
            let folder = to.rsplit_once('/').map_or("~", |(folder, _)| folder);
            let reads = if *shell == "zsh" { ", and in ~/.zshrc before compinit: fpath+=~/.zfunc" } else { "" };
            Verdict::skip(format!(
                "none for {shell} where it looks; to have them: mkdir -p {folder} && call-coach completions {shell} > \
                 {to}{reads}"
            ))
        }
    }
}
