//! HTML through the real program, read with an HTML parser.

use scraper::{Html, Selector};

use crate::support::binary::{Home, file};

/// A written page; whatever a browser would have to guess about is an error.
fn page(home: &Home, name: &str) -> Html {
    let text = fs_err::read_to_string(home.folder.path().join(name)).unwrap();
    assert!(text.starts_with("<!DOCTYPE html>") && text.ends_with("</html>\n"));
    let page = Html::parse_document(&text);
    assert_eq!(page.errors, Vec::<String>::new(), "{text}");
    assert_eq!(all(&page, "script, img, iframe, link, base, form, [src], [onclick]"), Vec::<String>::new());
    page
}

fn all(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect()).collect()
}

#[test]
fn a_call_is_a_page_to_mail() {
    let home = Home::new();
    let title = "</title><script>alert(1)</script>";
    let run = home.run(&["analyze", &file("samples/01-discovery.json"), "--title", title, "-o", "call.html"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let one = page(&home, "call.html");
    assert!(all(&one, "title")[0].contains(title), "{:?}", all(&one, "title"));
    let json = home.run(&["analyze", "c1", "--json"]).json();
    assert_eq!(all(&one, ".verdict"), [json["verdict"].as_str().unwrap()]);
    assert_eq!(all(&one, ".what"), [json["action"]["text"].as_str().unwrap()]);
    assert_eq!(all(&one, ".score"), [format!("{:.0}", json["overall"]["score"].as_f64().unwrap())]);
    assert!(all(&one, ".checks").is_empty());
    let url = json["call"]["url"].as_str().unwrap();
    let links = Selector::parse("a").unwrap();
    assert!(one.select(&links).count() > 5 && one.select(&links).all(|link| link.attr("href") == Some(url)));
    assert_eq!(home.run(&["insights", "mara", "-o", "mara.html"]).code, 0);
    let mara = page(&home, "mara.html");
    assert!(mara.select(&links).next().is_some() && mara.select(&links).all(|link| link.attr("href") == Some(url)));

    assert_eq!(home.run(&["analyze", "c1", "--full", "--no-snippets", "-o", "full.html"]).code, 0);
    let full = page(&home, "full.html");
    let checks = json["dimensions"].as_array().unwrap().iter().flat_map(|one| one["criteria"].as_array().unwrap());
    let checks: usize = checks.map(|one| one["checks"].as_array().unwrap().len()).sum();
    assert_eq!(all(&full, ".checks li").len(), checks);
    assert!(!all(&full, "main").concat().contains('“'), "no words of the call");
}

#[test]
fn a_rep_and_the_team_are_pages() {
    let home = Home::new();
    assert_eq!(home.run(&["demo", "--file", "demo.db"]).code, 0);
    let ask = |arguments: &[&str]| {
        let run = home.run(&[arguments, &["--database-url", "demo.db"]].concat());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        run
    };
    let name = "<b onclick=\"x()\">Mara</b> & Söhne";
    ask(&["roster", "set", "mara", "--name", name]);
    ask(&["insights", "mara@brightpath.example", "-o", "mara.html"]);
    let mara = page(&home, "mara.html");
    let json = ask(&["insights", "mara@brightpath.example", "--json"]).json();
    assert_eq!(all(&mara, "h1"), [name]);
    assert_eq!(all(&mara, ".verdict"), [json["headline"].as_str().unwrap()]);
    let marks = json["marks"].as_array().unwrap();
    let drawn = Selector::parse(".strip").unwrap();
    let strips: Vec<_> = mara.select(&drawn).map(|strip| strip.attr("aria-label").unwrap()).collect();
    let scored = |id: &str| marks.iter().any(|mark| mark["scores"][id].is_number());
    let ids = ["discovery", "objection_handling", "engagement", "product_knowledge", "overall"];
    assert_eq!(strips.len(), ids.into_iter().filter(|id| scored(id)).count(), "{strips:?}");
    assert_eq!(all(&mara, ".strip title").len(), strips.len() * marks.len());
    for heading in ["Focus", "Each call, oldest first", "Concerns", "Until the next one-to-one"] {
        assert!(all(&mara, "h2").iter().any(|one| one == heading), "{heading}");
    }

    ask(&["insights", "--weekly", "--period", "90d", "-o", "team.html"]);
    let team = page(&home, "team.html");
    assert_eq!(all(&team, "h2")[..2], ["Worth your hour", "Everybody"]);
    assert_eq!(all(&team, ".stacked tbody tr").len(), 6);
    ask(&["insights", "--team", "--from", "2020-01-01", "--to", "2020-02-01", "-o", "none.html"]);
    assert!(all(&page(&home, "none.html"), "main").concat().contains("No scored call in this time."));
}

#[test]
fn a_page_holds_one_call() {
    let home = Home::new();
    for arguments in [
        &["analyze", "--unscored", "--format", "html"][..],
        &["analyze", &file("samples/01-discovery.json"), &file("samples/04-renewal.srt"), "-o", "calls.html"],
        &["analyze", &file("samples/01-discovery.json"), "--dry-run", "-o", "calls.html"],
    ] {
        let run = home.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains("an HTML page holds the report of one call"), "{}", run.stderr);
    }
    assert!(!home.folder.path().join("calls.html").exists());
}
