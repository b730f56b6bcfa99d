//! What holds for PostgreSQL alone. Without `PRAKTIJK_POSTGRES` there is none to ask.

use super::*;

#[test]
fn who_waited_in_vain_had_nothing_to_give_back() {
    let Ok(address) = std::env::var("PRAKTIJK_POSTGRES") else { return };
    let pool = Postgres::open(&address).unwrap();
    let held: Vec<Lent<'_>> = (0..MOST)
        .map(|_| {
            let open = pool.take().unwrap();
            Lent { of: &pool, open }
        })
        .collect();
    assert!(matches!(pool.with(|_| Ok(())), Err(StoreError::Away(_))));
    assert_eq!(pool.idle().out, MOST);
    drop(held);
    assert_eq!(pool.idle().out, 0);
    assert!(pool.with(|_| Ok(())).is_ok());
}
