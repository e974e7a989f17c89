//! `licences`: what the program is made from.

use anyhow::Result;

use super::print::out;

/// Prints the licence of the program and the attributions of the data in it.
pub fn licences() -> Result<()> {
    out(|out| {
        writeln!(
            out,
            "Wirewatch {} is under the Apache License 2.0. The libraries in it are under licences that allow that (MIT, Apache 2.0, BSD,\nISC, MPL 2.0, Unicode, Zlib and the like); `deny.toml` in the sources lists all that are allowed.\n",
            env!("CARGO_PKG_VERSION")
        )?;
        writeln!(out, "{}\n", wirewatch_recognition::attribution().trim())?;
        writeln!(
            out,
            "Time zones are those of the IANA time zone database (public domain).\n\nNames and borders of places are those of these sources. Where they are disputed, Wirewatch takes the name that a text uses, and\nsays nothing of to whom a place belongs.\n"
        )?;
        writeln!(out, "{}", wirewatch_recognition::SCOWL.trim())
    })
}
