use call_coach::store::{Store, StoreError, Target};
use sqlx::{Executor as _, Row as _};

use crate::support::database::{empty_postgres, every_database, sqlite};
use crate::support::dump::{connect_postgres, execute};

/// How many migrations there are.
pub(super) fn steps() -> usize {
    std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).unwrap().count()
}

#[tokio::test]
async fn sqlite_is_created_for_its_owner_on_first_use() {
    let database = sqlite();
    let status = Store::status(&database.target).await.unwrap();
    assert_eq!((status.applied.len(), status.pending.len(), status.size_bytes), (0, steps(), 0));
    assert!(!database.path().exists(), "looking changes nothing");
    Store::open(&database.target).await.unwrap().close().await;
    let status = Store::status(&database.target).await.unwrap();
    assert_eq!((status.applied.len(), status.pending.len()), (steps(), 0));
    assert_eq!((status.applied[0].version, status.applied[0].name.as_str()), (1, "first"));
    assert!(status.engine_version.unwrap().starts_with("3.") && status.size_bytes > 10_000);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(database.path()).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(!database.path().with_extension("db.bak-0").exists(), "there was nothing to copy");
}

#[tokio::test]
async fn postgres_is_changed_only_when_asked() {
    let Some(database) = empty_postgres().await else { return };
    let error = Store::open(&database.target).await.unwrap_err();
    assert!(matches!(error, StoreError::OutOfDate { pending, .. } if pending == steps()));
    assert!(error.to_string().contains("call-coach db migrate"), "{error}");
    let status = Store::status(&database.target).await.unwrap();
    assert_eq!((status.applied.len(), status.pending.len()), (0, steps()));
    let migrated = Store::migrate(&database.target, false).await.unwrap();
    assert_eq!((migrated.applied, migrated.backup), (status.pending, None));
    assert_eq!(Store::migrate(&database.target, false).await.unwrap().applied, []);
    Store::open(&database.target).await.unwrap().close().await;
    let status = Store::status(&database.target).await.unwrap();
    assert!(status.size_bytes > 1_000_000 && status.pending.is_empty());
}

#[tokio::test]
async fn another_programs_tables_are_left_alone_unless_asked() {
    for database in every_database(false).await {
        if let Target::Sqlite(path) = &database.target {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        execute(&database.target, "CREATE TABLE bookmarks (url TEXT)").await;
        let error = Store::migrate(&database.target, false).await.unwrap_err();
        assert!(matches!(error, StoreError::ForeignSchema(_)), "{error:?} on {}", database.name);
        if let Target::Sqlite(_) = database.target {
            let error = Store::open(&database.target).await.unwrap_err();
            assert!(matches!(error, StoreError::ForeignSchema(_)), "{error:?}");
        }
        let migrated = Store::migrate(&database.target, true).await.unwrap();
        Store::open(&database.target).await.unwrap().close().await;
        if let Target::Sqlite(path) = &database.target {
            let backup = migrated.backup.unwrap();
            assert_eq!(backup, path.with_extension("db.bak-0"));
            execute(&Target::Sqlite(backup), "INSERT INTO bookmarks VALUES ('it is the file as it was')").await;
        }
    }
}

#[tokio::test]
async fn a_changed_and_a_newer_migration_are_told_apart() {
    for database in every_database(true).await {
        Store::open(&database.target).await.unwrap().close().await;
        execute(
            &database.target,
            "INSERT INTO _call_coach_migrations (version, description, installed_on, success, checksum, execution_time)
                SELECT 9000, 'from the future', installed_on, success, checksum, 0 FROM _call_coach_migrations
                WHERE version = 1",
        )
        .await;
        for error in both_errors(&database.target).await {
            assert!(matches!(error, StoreError::NewerSchema { version: 9000, .. }), "{error:?} on {}", database.name);
        }
        execute(&database.target, "DELETE FROM _call_coach_migrations WHERE version = 9000").await;
        execute(&database.target, "UPDATE _call_coach_migrations SET checksum = '\\x00'").await;
        for error in both_errors(&database.target).await {
            assert!(matches!(error, StoreError::ChangedMigration { version: 1, .. }), "{error:?} on {}", database.name);
        }
    }
}

async fn both_errors(target: &Target) -> [StoreError; 2] {
    [Store::open(target).await.unwrap_err(), Store::migrate(target, true).await.unwrap_err()]
}

/// A database in another language is one, and what is a key there is sorted as everywhere else.
#[tokio::test]
async fn keys_are_sorted_alike_in_every_language() {
    let not_by_bytes = "SELECT class.relname || '.' || attname FROM pg_attribute
            JOIN pg_class class ON class.oid = attrelid JOIN pg_namespace space ON space.oid = relnamespace
        WHERE class.relkind = 'i' AND space.nspname = 'public'
            AND attcollation NOT IN (0, 'pg_catalog.\"C\"'::regcollation)";
    for database in every_database(true).await {
        if let Target::Postgres(_) = database.target {
            let mut db = connect_postgres(&database.target).await;
            let is_english: bool = db.fetch_one("SELECT 'a' < 'B'").await.unwrap().get(0);
            assert_eq!(is_english, database.name.contains("English"));
            let keys = db.fetch_all(not_by_bytes).await.unwrap();
            let keys: Vec<String> = keys.iter().map(|row| row.get(0)).collect();
            assert!(keys.is_empty(), "{keys:?} on {}", database.name);
        }
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let database = sqlite();
    std::fs::create_dir_all(database.path().parent().unwrap()).unwrap();
    let text = "WEBVTT\n\n".repeat(100);
    std::fs::write(database.path(), &text).unwrap();
    let error = Store::open(&database.target).await.unwrap_err();
    assert!(matches!(error, StoreError::NotADatabase(_)), "{error:?}");
    assert_eq!(std::fs::read_to_string(database.path()).unwrap(), text);
}

#[tokio::test]
async fn what_cannot_be_reached_is_named_without_its_password() {
    let target = Target::parse("postgres://ann:hunter2@127.0.0.1:1/team").unwrap();
    let error = Store::open(&target).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().contains("127.0.0.1:1/team") && !format!("{error} {error:?}").contains("hunter2"));
    let folder = tempfile::tempdir().unwrap();
    let error = Store::open(&Target::Sqlite(folder.path().to_owned())).await.unwrap_err();
    assert!(matches!(error, StoreError::File { .. }), "a folder is no file: {error:?}");
}
