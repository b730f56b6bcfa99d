//! What holds for SQLite alone: its file, and the copies beside it.

use super::*;

#[test]
fn several_that_begin_at_once_make_the_tables_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("reacties.sqlite");
    let all: Vec<Sqlite> = (0..6).map(|_| Sqlite::open(&file).unwrap()).collect();
    std::thread::scope(|scope| {
        let going: Vec<_> = all.iter().map(|one| scope.spawn(|| one.migrate())).collect();
        for one in going {
            one.join().unwrap().unwrap();
        }
    });
    assert_eq!(all[0].version().unwrap(), schema::NEWEST);
}

#[test]
fn a_copy_from_before_a_change_is_private_in_nobodys_way_and_goes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("reacties.sqlite");
    let database = Sqlite::open(&file).unwrap();
    database.migrate().unwrap();
    let kept: Vec<PathBuf> = [100, 200].map(|now| database.keep_copy(1, now).unwrap()).into();
    for copy in &kept {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(Sqlite::open_to_read(copy).unwrap().version().unwrap(), schema::NEWEST);
    }
    database.tidy_copies(200).unwrap();
    assert!(!kept[0].exists() && kept[1].exists() && file.exists());
}
