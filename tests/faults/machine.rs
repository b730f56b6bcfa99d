//! What can be wrong with the machine. In: a sound site, and no place to write it. Out: exit code 3, a message that says
//! what to do, and everything as it was.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{EEN, Site, standing};

/// A page that is larger than what the tests leave room for.
fn large() -> String {
    format!("{EEN}{}", "Een lange regel tekst die veel plaats inneemt op de schijf.\n".repeat(4000))
}

#[test]
fn a_file_where_the_output_folder_belongs() {
    let site = Site::new().remove("public").put("public", "ik ben geen map");
    let output = site.praktijk(&["build"]).output().expect("runs");
    assert_eq!(output.status.code(), Some(3));
    site.compare("output-is-a-file", &String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_to_string(site.public()).expect("there"), "ik ben geen map");
}

#[test]
fn an_output_folder_that_cannot_be_made() {
    let site = Site::new();
    let output = site.praktijk(&["build", "-o", "/proc/praktijk"]).output().expect("runs");
    site.judge("output-cannot-be-made", 3, &output);
}

#[test]
#[cfg(unix)]
fn an_output_folder_without_rights() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new().put("content/blog/een.md", large());
    let locked = |locked: bool| {
        let mode = if locked { 0o555 } else { 0o755 };
        fs::set_permissions(site.public(), fs::Permissions::from_mode(mode)).expect("set");
    };
    locked(true);
    // Nothing is locked for the superuser.
    if fs::write(site.public().join("proef"), "").is_ok() {
        fs::remove_file(site.public().join("proef")).expect("removed");
        eprintln!("skipped: this user may write anywhere");
        return locked(false);
    }
    let output = site.praktijk(&["build"]).output().expect("runs");
    locked(false);
    site.judge("output-locked", 3, &output);
}

#[test]
fn an_output_folder_on_a_disk_that_is_only_read() {
    let site = Site::new().put("content/blog/een.md", large());
    let public = site.public();
    let bound = mounted(&["--bind"], &public, &public);
    let Some(_bound) = bound.filter(|_| mount(&["-o", "remount,bind,ro"], None, &public)) else {
        eprintln!("skipped: this user may not mount");
        return;
    };
    let output = site.praktijk(&["build"]).output().expect("runs");
    site.judge("output-read-only", 3, &output);
}

#[test]
#[cfg(unix)]
fn files_that_may_not_grow() {
    let mut site = Site::new().put("content/blog/een.md", large());
    let program = env!("CARGO_BIN_EXE_praktijk");
    let limited = |trap: &str| {
        let mut command = Command::new("bash");
        let inherited = site.praktijk(&[]);
        command
            .current_dir(site.path())
            .envs(inherited.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.args(["-c", &format!("{trap} ulimit -f 8; exec {program} build")]);
        command.output().expect("bash runs")
    };
    let output = limited("trap '' XFSZ;");
    site.judge("file-too-large", 3, &output);
    // Without the trap the system kills the program on the spot; the outputs are as they were all the same.
    let killed = limited("");
    assert!(!killed.status.success());
    fs::remove_dir_all(site.public().join(".praktijk-stage")).ok();
    site.is_as_it_was();
    site.builds();
    assert!(!site.public().join(".praktijk-stage").exists());
}

#[test]
fn a_disk_that_is_full() {
    let mut site = Site::new();
    let public = site.public();
    let Some(_disk) = mounted(&["-t", "tmpfs", "-o", "size=64k"], Path::new("tmpfs"), &public) else {
        eprintln!("skipped: this user may not mount");
        return;
    };
    site.builds();
    let site = site.put("content/blog/een.md", large());
    site.fails("disk-full", 3);
    // There is room for the old outputs or the new ones, but not for half of each.
    assert_eq!(standing(&public).len(), site.before.len());
    let mut site = site.put("content/blog/een.md", format!("{EEN}Kort.\n"));
    site.builds();
}

/// A mount that goes away with this value.
struct Mounted(std::path::PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.0).status().ok();
    }
}

fn mounted(words: &[&str], what: &Path, place: &Path) -> Option<Mounted> {
    mount(words, Some(what), place).then(|| Mounted(place.to_path_buf()))
}

fn mount(words: &[&str], what: Option<&Path>, place: &Path) -> bool {
    let done = Command::new("mount").args(words).args(what).arg(place).output();
    done.is_ok_and(|output| output.status.success())
}
