//! The store: the contract that every implementation keeps, and what SQLite's files promise beside it.

mod claims;
mod contract;
mod files;
mod forgetting;
mod sample;

use wirewatch::store::Sqlite;

use sample::Folder;

#[test]
fn sqlite_keeps_the_contract() {
    let folder = Folder::new("contract");
    let stores = std::cell::Cell::new(0);
    contract::contract(|| {
        stores.set(stores.get() + 1);
        Box::new(Sqlite::open(&folder.path().join(stores.get().to_string())).unwrap())
    });
}
