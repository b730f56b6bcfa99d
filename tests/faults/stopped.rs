//! Builds that are stopped in the middle. In: a site that takes long to build, and a signal. Out: everything as it was,
//! and a next build that makes what a first one would have made.

#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Site, standing};
use crate::support;

const PAGES: usize = 150;
const STAGE: &str = ".praktijk-stage";

/// A site whose pages take long to render, built, and then changed everywhere.
fn slow() -> Site {
    let site = Site::new();
    for number in 0..PAGES {
        let text = format!("+++\ntitle = \"Pagina {number}\"\n+++\nTekst {number}.\n");
        let path = format!("content/veel/pagina-{number}.md");
        support::write_all(site.path(), &[(&path, &text)]);
    }
    let mut site = site.put("content/veel/_index.md", "+++\ntitle = \"Veel\"\n+++\n");
    site.builds();
    site.put(
        "templates/page.html",
        "{% for i in range(end=20000) %}{% if i == 1 %}nieuw {{ page.title }}{% endif %}{% endfor %}",
    )
}

fn start(site: &Site) -> Child {
    site.praktijk(&["build"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs")
}

/// Waits until some outputs wait on the stage.
fn wait_for_the_middle(site: &Site) {
    let stage = site.public().join(STAGE).join("veel");
    let begun = Instant::now();
    while !stage.read_dir().is_ok_and(|entries| entries.count() > 3) {
        assert!(begun.elapsed() < Duration::from_secs(60), "the build never came to its outputs");
        sleep(Duration::from_millis(1));
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).status();
    assert!(sent.expect("kill runs").success());
}

#[test]
fn ctrl_c_in_the_middle() {
    let mut site = slow();
    let child = start(&site);
    wait_for_the_middle(&site);
    signal(&child, "INT");
    let output = child.wait_with_output().expect("ends");
    site.judge("interrupted", 3, &output);
    assert!(!site.public().join(STAGE).exists());
    heals(&mut site);
}

#[test]
fn killed_in_the_middle() {
    let mut site = slow();
    let mut child = start(&site);
    wait_for_the_middle(&site);
    child.kill().expect("killed");
    child.wait().expect("ends");
    assert!(site.public().join(STAGE).exists(), "nobody could tidy up");
    let mut now = standing(&site.public());
    now.retain(|path, _| !path.starts_with(STAGE));
    assert!(now == site.before, "only the stage was written to");
    heals(&mut site);
}

#[test]
fn killed_at_any_moment() {
    let mut site = slow();
    let whole = Instant::now();
    site.builds();
    let whole = whole.elapsed();
    for moment in 0..8 {
        let template = format!(
            "{{% for i in range(end=2000) %}}{{% if i == 1 %}}{moment} {{{{ page.title }}}}{{% endif %}}{{% endfor %}}"
        );
        site = site.put("templates/page.html", template);
        let mut child = start(&site);
        sleep(whole * moment / 16);
        child.kill().ok();
        child.wait().expect("ends");
    }
    heals(&mut site);
}

/// Expects that the next build makes what a first one would have made.
fn heals(site: &mut Site) {
    site.builds();
    let healed = support::tree(&site.public());
    for folder in ["public", ".praktijk"] {
        std::fs::remove_dir_all(site.path().join(folder)).expect("removed");
    }
    site.builds();
    assert!(healed == support::tree(&site.public()), "the healed outputs are those of a cold build");
}
