//! Where artifacts wait until the whole build has gone well.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{STAGE, WriteError, at};
use crate::base::{Artifact, Content, OutPath, SourcePath};

/// Artifacts that wait. Dropped without [`Stage::publish`](super::publish), everything is as it was.
pub struct Stage {
    pub(super) output: PathBuf,
    pub(super) folder: PathBuf,
    pub(super) link_copies: bool,
    /// Whether the output folder was made for the stage.
    made_output: bool,
    folders: Mutex<BTreeSet<String>>,
}

impl Stage {
    /// A stage for an output folder, which is made when it does not exist. With `link_copies`, copies of sources become
    /// hard links.
    pub fn new(output: &Path, link_copies: bool) -> Result<Stage, WriteError> {
        let made_output = !output.exists();
        std::fs::create_dir_all(output).map_err(at("The output folder cannot be made:", output))?;
        let folder = output.join(STAGE);
        if folder.exists() {
            // Left behind by a build that was killed.
            std::fs::remove_dir_all(&folder)
                .map_err(at("What an earlier build left behind cannot be removed:", &folder))?;
        }
        std::fs::create_dir(&folder).map_err(at("The output folder cannot be written to:", &folder))?;
        Ok(Stage {
            output: output.to_path_buf(),
            folder,
            link_copies,
            made_output,
            folders: Mutex::default(),
        })
    }

    /// Puts an artifact on the stage. `on_disk` says where a source lies.
    pub fn put(
        &self,
        artifact: &Artifact,
        on_disk: &dyn Fn(&SourcePath) -> Option<PathBuf>,
    ) -> Result<(), WriteError> {
        let path = artifact.path.on_disk(&self.folder);
        self.make_folder(&artifact.path)?;
        match &artifact.content {
            Content::Bytes(bytes) => {
                let mut file = std::fs::File::create(&path)
                    .map_err(at("A file cannot be made:", self.seen(&artifact.path)))?;
                file.write_all(bytes).map_err(at("A file cannot be written:", self.seen(&artifact.path)))
            }
            Content::Copy(source) => {
                let from = on_disk(source).unwrap_or_default();
                if self.link_copies && std::fs::hard_link(&from, &path).is_ok() {
                    return Ok(());
                }
                std::fs::copy(&from, &path)
                    .map(|_| ())
                    .map_err(at("A file cannot be copied to:", self.seen(&artifact.path)))
            }
        }
    }

    /// What is in an output that waits here.
    pub fn waiting(&self, path: &OutPath) -> Option<Vec<u8>> {
        std::fs::read(path.on_disk(&self.folder)).ok()
    }

    /// What is in an output: on the stage, else in its place since an earlier build.
    pub fn read(&self, path: &OutPath) -> Option<Vec<u8>> {
        let read = |folder: &Path| std::fs::read(path.on_disk(folder)).ok();
        read(&self.folder).or_else(|| read(&self.output))
    }

    /// Where an artifact will stand: what people know, unlike the stage.
    fn seen(&self, path: &OutPath) -> PathBuf {
        path.on_disk(&self.output)
    }

    fn make_folder(&self, path: &OutPath) -> Result<(), WriteError> {
        let folder = path.parent();
        if folder.as_str().is_empty() || self.lock().contains(folder.as_str()) {
            return Ok(());
        }
        let full = folder.on_disk(&self.folder);
        std::fs::create_dir_all(&full)
            .map_err(at("A folder cannot be made:", folder.on_disk(&self.output)))?;
        self.lock().insert(folder.as_str().to_owned());
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Nothing more can be done about a stage that cannot be removed; the next build tries again.
        let _ = std::fs::remove_dir_all(&self.folder);
        if self.made_output {
            let _ = std::fs::remove_dir(&self.output);
        }
    }
}
