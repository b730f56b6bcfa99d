//! Who builds a site. In: a folder. Out: the generators that can build it, how each is called, what it leaves behind.

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A generator and a site that it can build.
pub(crate) struct Contender {
    /// Its name and version.
    pub(crate) name: String,
    /// Whether it is the one that the others are compared with.
    pub(crate) ours: bool,
    /// The folder of the site.
    pub(crate) site: PathBuf,
    program: OsString,
    arguments: Vec<OsString>,
    output: PathBuf,
    caches: Vec<PathBuf>,
}

impl Contender {
    /// What is to be run: the program and its arguments, in the folder of the site.
    pub(crate) fn command(&self) -> (&OsString, &[OsString]) {
        (&self.program, &self.arguments)
    }

    /// Where its outputs are.
    pub(crate) fn output(&self) -> &Path {
        &self.output
    }

    /// Puts aside all it made, so that the next build starts from nothing. Nothing is removed before all has been measured:
    /// some file systems are slow to make files for a while after many were removed, which a site that is built once a day
    /// never meets.
    pub(crate) fn forget(&self) -> Result<(), Box<dyn Error>> {
        let aside = self.aside();
        fs::create_dir_all(&aside)?;
        for folder in self.caches.iter().chain([&self.output]).filter(|folder| folder.exists()) {
            let number = fs::read_dir(&aside)?.count();
            fs::rename(folder, aside.join(number.to_string()))?;
        }
        Ok(())
    }

    /// Removes all it ever made.
    pub(crate) fn clean(&self) -> Result<(), Box<dyn Error>> {
        self.forget()?;
        Ok(fs::remove_dir_all(self.aside())?)
    }

    fn aside(&self) -> PathBuf {
        self.output.with_extension("aside")
    }
}

/// Everybody here who can build this site: Praktijk, and the peers that the environment names.
pub(crate) fn contenders(site: &Path) -> Result<Vec<Contender>, Box<dyn Error>> {
    let site = site.canonicalize()?;
    let peers: &[&str] = if site.join("hugo.toml").exists() {
        &["HUGO"]
    } else if site.join("zola.toml").exists() {
        &["PRAKTIJK", "ZOLA023"]
    } else if site.join("config.toml").exists() {
        &["PRAKTIJK", "ZOLA"]
    } else {
        return Err(format!("{} is no site: it has no settings", site.display()).into());
    };
    let programs = peers.iter().filter_map(|peer| program(peer).map(|program| (*peer, program)));
    programs.map(|(peer, program)| contender(peer, program, &site)).collect()
}

/// The program a variable names. Praktijk is the one that was built with this program, unless the variable says else.
fn program(variable: &str) -> Option<OsString> {
    let ours = (variable == "PRAKTIJK").then(|| env!("CARGO_BIN_EXE_praktijk").into());
    std::env::var_os(variable).or(ours)
}

fn contender(peer: &str, program: OsString, site: &Path) -> Result<Contender, Box<dyn Error>> {
    // Each has its own output folder beside the site, on the same disk.
    let name = site.file_name().unwrap_or_default().to_string_lossy();
    let output = site.with_file_name(format!("output-of-{}-for-{name}", peer.to_lowercase()));
    let mut arguments: Vec<OsString> = Vec::new();
    let mut caches = Vec::new();
    match peer {
        "HUGO" => {
            let cache = site.with_file_name("cache-of-hugo");
            let quiet = ["build", "--quiet", "--cacheDir"];
            arguments.extend(quiet.map(Into::into));
            arguments.extend([cache.clone().into(), "--destination".into()]);
            caches.extend([cache, site.join("resources")]);
        }
        _ => {
            arguments.extend(["build", "--force", "--output-dir"].map(Into::into));
            caches.push(site.join(".praktijk"));
        }
    }
    arguments.push(output.clone().into());
    let mut name = version(&program, if peer == "HUGO" { "version" } else { "--version" })?;
    if peer == "PRAKTIJK" {
        name += if site.join("zola.toml").exists() { ", dialect 0.23" } else { ", dialect 0.22" };
    }
    Ok(Contender {
        name,
        ours: peer == "PRAKTIJK",
        site: site.to_owned(),
        program,
        arguments,
        output,
        caches,
    })
}

/// What a program says it is, as short as it can be said.
pub(crate) fn version(program: &OsString, word: &str) -> Result<String, Box<dyn Error>> {
    let said = Command::new(program).arg(word).output()?;
    let said = String::from_utf8(said.stdout)?;
    let words: Vec<&str> = said.lines().last().unwrap_or_default().split_whitespace().take(2).collect();
    let version = words.join(" ");
    Ok(version.split('-').next().unwrap_or_default().replace(" v", " "))
}
