//! What a start makes, finds and refuses.

use super::*;
use crate::reactions::settings::Around;
use crate::reactions::site::OnDisk;
use crate::reactions::store::testing::add_member;

#[test]
fn a_machine_without_a_name_will_do_for_trying_out() {
    for address in ["http://127.0.0.1:1111", "http://[::1]:1111/sub", "http://localhost"] {
        let root = tempfile::tempdir().unwrap();
        opened(root.path(), &serde_json::json!({"address": address}), &Environment::default()).unwrap();
    }
}

fn settings(root: &Path, table: &serde_json::Value) -> Settings {
    let around = Around {
        base_url: "http://localhost:1111".to_owned(),
        title: "Samenspel".to_owned(),
        root: root.to_owned(),
        output: root.join("public"),
    };
    Settings::read(Some(table), &around).unwrap()
}

fn opened(root: &Path, table: &serde_json::Value, environment: &Environment) -> Result<Endpoint, String> {
    open(settings(root, table), environment, Box::new(OnDisk(root.join("public"))), Log::new(|_| {}))
}

#[test]
fn the_first_start_makes_what_is_missing_and_the_next_finds_it() {
    let root = tempfile::tempdir().unwrap();
    let first = opened(root.path(), &serde_json::json!({}), &Environment::default()).unwrap();
    assert!(first.notices.iter().any(|notice| notice.contains(".eml")), "{:?}", first.notices);
    let second = opened(root.path(), &serde_json::json!({}), &Environment::default()).unwrap();
    assert_eq!(first.app.key.text(), second.app.key.text());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name: &str| {
            fs::metadata(root.path().join(".praktijk/reacties").join(name)).unwrap().permissions().mode()
                & 0o777
        };
        assert_eq!([mode("sleutel"), mode("reacties.sqlite"), mode(".")], [0o600, 0o600, 0o700]);
    }
}

#[cfg(unix)]
#[test]
fn a_secret_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    for name in ["sleutel", "reacties.sqlite"] {
        let root = tempfile::tempdir().unwrap();
        drop(opened(root.path(), &serde_json::json!({}), &Environment::default()).unwrap());
        let file = root.path().join(".praktijk/reacties").join(name);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let why = opened(root.path(), &serde_json::json!({}), &Environment::default()).err().unwrap();
        assert!(why.contains("can be read by others") && why.contains("chmod 600"), "{why}");
    }
}

#[test]
fn what_must_be_there_is_not_made() {
    let root = tempfile::tempdir().unwrap();
    let settings = settings(root.path(), &serde_json::json!({}));
    let why = existing(&settings, &Environment::default()).unwrap_err();
    assert!(why.contains("there is no database here") && why.contains("DATABASE_URL"), "{why}");
    assert!(!settings.folder.exists());
    drop(opened(root.path(), &serde_json::json!({}), &Environment::default()).unwrap());
    assert!(existing(&settings, &Environment::default()).is_ok());
}

#[test]
fn a_key_that_members_need_is_never_replaced() {
    let root = tempfile::tempdir().unwrap();
    let open = |environment: &Environment| opened(root.path(), &serde_json::json!({}), environment);
    let file = root.path().join(".praktijk/reacties/sleutel");
    drop(open(&Environment::default()).unwrap());
    // Nobody needs it yet.
    fs::remove_file(&file).unwrap();
    let first = open(&Environment::default()).unwrap().app;
    add_member(&first.store, "A", "Noor", "deelnemer", &[]);
    drop(first.store);
    let kept = fs::read_to_string(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let why = open(&Environment::default()).err().unwrap();
    assert!(why.contains("is not there") && why.contains("Put the file `sleutel`"), "{why}");
    assert!(!file.exists(), "one that was made all the same would be in the way of the right one");
    let other = Environment { key: Some(Key::new().unwrap().text()), ..Environment::default() };
    let why = open(&other).err().unwrap();
    assert!(why.contains("REACTIES_KEY is another key"), "{why}");
    open(&Environment { key: Some(kept.clone()), ..Environment::default() }).unwrap();
    private::write(&file, kept.as_bytes()).unwrap();
    assert_eq!(open(&Environment::default()).unwrap().app.key.text(), kept);
}

#[test]
fn what_cannot_be_is_said() {
    let root = tempfile::tempdir().unwrap();
    for (table, environment, part) in [
        (serde_json::json!({"folder": "public/x"}), Environment::default(), "lies within the site"),
        (serde_json::json!({"mail_from": "Wij <geen adres>"}), Environment::default(), "mail_from"),
        (
            serde_json::json!({}),
            Environment { database: Some("mysql://x".to_owned()), ..Environment::default() },
            "DATABASE_URL",
        ),
        (
            serde_json::json!({}),
            Environment { smtp: Some("smtp://mail.example.org".to_owned()), ..Environment::default() },
            "SMTP_URL",
        ),
        (
            serde_json::json!({}),
            Environment { key: Some("kort".to_owned()), ..Environment::default() },
            "REACTIES_KEY",
        ),
    ] {
        let why = opened(root.path(), &table, &environment).err().unwrap();
        assert!(why.contains(part), "{part}: {why}");
    }
}
