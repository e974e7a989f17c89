//! Prints every folded name of the gazetteer with its senses, one name a line: `data/build_words.py` reads them.

use std::io::{self, BufWriter, Write};

use wirewatch_recognition::Gazetteer;

fn main() -> io::Result<()> {
    let gazetteer = Gazetteer::built_in();
    let mut names = gazetteer.keys();
    let mut out = BufWriter::new(io::stdout().lock());
    while names.advance() {
        write!(out, "{}", names.key())?;
        for sense in names.senses() {
            let Some(place) = gazetteer.numbered(sense.place) else {
                continue;
            };
            let country = place.country.unwrap_or("-");
            let (kind, name_kind) = (place.kind, sense.name_kind);
            write!(out, "\t{kind:?} {name_kind:?} {country} {}", place.population)?;
        }
        writeln!(out)?;
    }
    out.flush()
}
