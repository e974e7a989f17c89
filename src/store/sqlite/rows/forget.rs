//! Forgetting one receiver or one feed, with all that names it.

use rusqlite::{Connection, Result, TransactionBehavior, params};

/// What is forgotten for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forget {
    /// All deliveries to a receiver or mailbox, and the notices that name it.
    Recipient(String),
    /// A feed, with its entries, stories and alerts.
    Feed(String),
}

/// Gives the number of rows forgotten.
pub(crate) fn forget(conn: &mut Connection, what: &Forget) -> Result<usize> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let forgotten = match what {
        Forget::Recipient(name) => recipient(&tx, name)?,
        Forget::Feed(url) => feed(&tx, url)?,
    };
    tx.commit()?;
    Ok(forgotten)
}

/// Deliveries to a mailbox (whatever its capitals, also behind a name) or to a receiver of this name, and notices that name
/// it.
fn recipient(tx: &Connection, name: &str) -> Result<usize> {
    let mut forgotten = tx.execute(
        "DELETE FROM delivery WHERE receiver = ?1 OR instr(lower(address), lower(?1)) > 0",
        [name],
    )?;
    forgotten += tx.execute(
        "DELETE FROM delivery WHERE notice IN (SELECT id FROM notice WHERE instr(lower(notice), lower(?1)) > 0)",
        [name],
    )?;
    forgotten += tx.execute("DELETE FROM notice WHERE instr(lower(notice), lower(?1)) > 0", [name])?;
    // What servers said of others may name it.
    forgotten += tx.execute("DELETE FROM attempt WHERE instr(lower(outcome), lower(?1)) > 0", [name])?;
    forgotten += tx.execute(
        "UPDATE delivery SET why = NULL WHERE instr(lower(why), lower(?1)) > 0",
        [name],
    )?;
    Ok(forgotten)
}

/// A feed by its address, its entries, and the stories, alerts and notices in which it stands.
fn feed(tx: &Connection, url: &str) -> Result<usize> {
    let mut forgotten = 0;
    let named = "instr(alert, ?1) > 0 OR story IN (SELECT id FROM story WHERE instr(record, ?1) > 0)";
    let statements = [
        format!("DELETE FROM delivery WHERE alert IN (SELECT id FROM alert WHERE {named})"),
        format!("DELETE FROM alert WHERE {named}"),
        "DELETE FROM story WHERE instr(record, ?1) > 0".to_owned(),
        "DELETE FROM delivery WHERE notice IN (SELECT id FROM notice WHERE instr(notice, ?1) > 0)".to_owned(),
        "DELETE FROM notice WHERE instr(notice, ?1) > 0".to_owned(),
    ];
    // As the records hold it: in JSON, between quotes.
    let quoted = serde_json::Value::from(url).to_string();
    for statement in &statements {
        forgotten += tx.execute(
            statement,
            params![if statement.contains("notice") { url } else { &quoted }],
        )?;
    }
    for table in ["entry", "seen", "article", "subscription", "turn"] {
        forgotten += tx.execute(
            &format!("DELETE FROM {table} WHERE feed IN (SELECT id FROM feed WHERE url = ?1)"),
            [url],
        )?;
    }
    forgotten += tx.execute("DELETE FROM feed WHERE url = ?1", [url])?;
    Ok(forgotten)
}
