//! Files of the endpoint that nobody else on the machine may read. In: a file, or what is to stand in it. Out: one that is
//! whole and private, or why there is none.

use std::fs;
use std::io::Write as _;
use std::path::Path;

/// Writes a file that only its owner may read, whole or not at all.
pub fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", file.display());
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("bestand");
    let beside = folder(file).join(format!(".{name}.{}", std::process::id()));
    let written = options().create(true).truncate(true).open(&beside).and_then(|mut made| {
        made.write_all(bytes)?;
        made.sync_all()?;
        fs::rename(&beside, file)?;
        fs::File::open(folder(file))?.sync_all()
    });
    if written.is_err() {
        // What is half there helps nobody.
        let _ = fs::remove_file(&beside);
    }
    written.map_err(told)
}

/// Makes an empty file that only its owner may read, and has the folder know it. One that is there stays as it is.
pub(super) fn make(file: &Path) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", file.display());
    match options().create_new(true).open(file) {
        Ok(made) => made.sync_all().and_then(|()| fs::File::open(folder(file))?.sync_all()).map_err(told),
        // Another endpoint began at the same moment.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(told(error)),
    }
}

/// Refuses a file that others on the machine may read.
pub(super) fn refuse_shared(file: &Path) -> Result<(), String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode =
            fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(format!(
                "{0} can be read by others on this machine.\n  help: chmod 600 {0}",
                file.display()
            ));
        }
    }
    Ok(())
}

fn options() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The folder that a file is in.
pub(super) fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
