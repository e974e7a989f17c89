//! Mistakes in queries, weights and tables of watches, as a person reads them; and what is read of sound ones.

use super::{Folder, sheet, told};

fn query(name: &str, written: &str) -> String {
    let lists = "[words.attack]\nlist = [\"attack*\", \"attaqu*\"]\n";
    let feeds = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n";
    told(
        &format!("query-{name}"),
        &format!("{feeds}{lists}[watch.bamako]\nquery = '{written}'\n"),
    )
}

fn watch(name: &str, keys: &str) -> String {
    let feeds = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n";
    told(name, &format!("{feeds}[watch.bamako]\n{keys}\n"))
}

#[test]
fn mistakes_in_queries() {
    assert_sheet!(sheet(&[
        (
            "and and or without parentheses",
            query("mixed", "Mali AND attack* OR ambush*")
        ),
        (
            "or and not without parentheses, longer",
            query("mixed-not", "@jnim AND Mali OR \"Burkina Faso\" NOT football")
        ),
        (
            "mixed inside of parentheses",
            query("mixed-inside", "@jnim (Mali AND a1 OR b1)")
        ),
        ("side by side", query("side", "Burkina Faso AND @jnim")),
        ("operators in small letters", query("small", "Mali and attack*")),
        ("another language's", query("ou", "Mali ou Niger")),
        (
            "signs of search engines",
            query("signs", "Mali && attack* -football +Bamako")
        ),
        ("an operator first", query("first", "AND Mali")),
        ("an operator last", query("last", "Mali AND")),
        ("two operators", query("two", "Mali AND OR Niger")),
        ("near without a number", query("near", "Mali NEAR attack*")),
        ("near with another number", query("near-far", "Mali NEAR/1000 attack*")),
        ("nothing after near", query("near-end", "Mali NEAR/5")),
        ("and beside near", query("near-and", "(Mali AND Niger) NEAR/5 attack*")),
        ("not beside near", query("near-not", "Mali NEAR/5 NOT attack*")),
        (
            "a sentence inside of near",
            query("near-sent", "(Mali SENT Niger) NEAR/5 attack*")
        ),
        ("a feed beside near", query("near-feed", "feed:desk NEAR/5 attack*")),
        ("only a language", query("lang", "lang:fr")),
        (
            "only a language and what is left out",
            query("lang-not", "lang:fr AND feed:desk NOT football")
        ),
        ("a language or a term", query("lang-or", "Mali OR lang:fr")),
        ("a language beside near", query("near-lang", "lang:fr NEAR/5 attack*")),
        ("a language that is none", query("lang-none", "Mali AND lang:frnch")),
        (
            "places that are none, or of two dozen",
            query(
                "place-none",
                "attack* AND (place:Mlai OR near:Banankabougou OR near:Newport/20)"
            )
        ),
        (
            "a name of two words without quotes",
            query("place-two", "attack* AND place:Ivory Coast")
        ),
        (
            "a country as a centre, and distances that are none",
            query("near-wide", "near:Mali/60 OR near:Bamako/far OR near:\"Ségou\"/0")
        ),
        (
            "fields under other names",
            query(
                "field-names",
                "attack* AND language:fr AND country:Mali AND plcae:Niger"
            )
        ),
        (
            "nothing after these fields",
            query("place-end", "attack* AND place: AND near: AND lang:")
        ),
        (
            "several names for one field",
            query("place-names", "attack* AND place:(Mali OR Niger)")
        ),
        ("all that happens in a country", query("place-alone", "place:Mali")),
        ("only not", query("not", "NOT football")),
        ("only a feed", query("feed", "feed:desk")),
        ("or not", query("or-not", "Mali OR NOT football")),
        (
            "parentheses",
            query("parentheses", "(Mali AND (Niger OR Bamako) football()) )")
        ),
        ("a quote that is not closed", query("quote", "Mali AND \"Burkina Faso")),
        ("a pattern that is not closed", query("pattern", "Mali AND /fama")),
        ("a pattern that is wrong", query("wrong-pattern", "Mali AND /fama[/")),
        ("a star inside", query("star", "Mali AND att*ck")),
        (
            "an unknown group, feed and field",
            query("names", "@jmin AND feed:dekk AND titel:Mali")
        ),
        ("a field inside another", query("fields", "title:(Mali AND text:Niger)")),
        ("nothing after a field", query("field-end", "title: Mali AND feed:")),
        ("empty quotes", query("empty-quotes", "Mali AND \"\"")),
        (
            "several mistakes at once",
            query("several", "Mali NEAR Niger AND @jmin AND \"a1 b1\" c1 OR é*")
        ),
        (
            "lists beside a query",
            watch(
                "query-lists",
                "query = 'Mali'\nfind = [\"Niger\"]\nlook_in = \"title\"\nhow_close = \"same sentence\""
            )
        ),
    ]));
}

#[test]
fn mistakes_in_weights() {
    assert_sheet!(sheet(&[
        ("no sum", watch("no-sum", "weights = { Mali = 4 }")),
        (
            "a sum of nothing",
            watch("sum-of-nothing", "find = [\"Mali\"]\nat_least = 4")
        ),
        (
            "a sum that is never made",
            watch("never", "weights = { Mali = 4, football = -3 }\nat_least = 8")
        ),
        (
            "weights that are none",
            watch(
                "none",
                "weights = { Mali = \"4\", Niger = 1.5, Gao = true, Kidal = 0, Kati = 5 }\nat_least = 4"
            )
        ),
        (
            "terms that are none",
            watch("terms", "weights = { \"att*ck\" = 4, \"@jmin\" = 4 }\nat_least = 4")
        ),
        (
            "places that are none",
            watch(
                "places",
                "weights = { \"place:Burkina Fasso\" = 4, \"near:Mali/60\" = 2, \"near:Gao/far\" = 2, \"place:\" = 1, \"lang:fr\" = 1 }\nat_least = 4"
            )
        ),
        ("no table", watch("no-table", "weights = [\"Mali\"]\nat_least = 4")),
        (
            "a sum below one",
            watch("below", "weights = { Mali = 4 }\nat_least = 0")
        ),
    ]));
}

fn table(name: &str, csv: &str) -> String {
    let toml = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watches.desk]\ncsv = \"desk.csv\"\n[watch.bamako]\nfind = [\"Bamako\"]\n";
    Folder::new(
        name,
        &[("watchlist.toml", toml.as_bytes()), ("desk.csv", csv.as_bytes())],
    )
    .told(&[])
}

#[test]
fn mistakes_in_tables_of_watches() {
    assert_sheet!(sheet(&[
        (
            "no such file",
            told(
                "no-file",
                "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watches.desk]\ncsv = \"desk.csv\"\n"
            )
        ),
        (
            "no file named",
            told(
                "no-csv",
                "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watches.desk]\ncvs = \"desk.csv\"\n"
            )
        ),
        ("no name", table("no-name", "find,level\nMali,urgent\n")),
        (
            "an unknown column",
            table("column", "name,find,togther_with\na,Mali,attack*\n")
        ),
        (
            "a name twice",
            table("twice", "name,find\nkati,Kati\nbamako,Mali\nkati,Gao\n")
        ),
        (
            "terms and words that are wrong",
            table(
                "wrong",
                "name,find,level,query\nkati,\"Kati; att*ck; @jmin\",urgnt,\ngao,,,Gao AND Kidal OR Ansongo\n"
            )
        ),
        (
            "a where that is wrong",
            table(
                "where",
                "name,find,inside,within_km,of,urgent,demonyms\nkati,Kati,Mlai,,,,\ngao,Gao,,far,Gao,,\nkidal,Kidal,,,Kidal,,maybe\n"
            )
        ),
        ("more cells than columns", table("cells", "name,find\nkati,Kati,Gao\n")),
        ("nothing to look for", table("nothing", "name;find\nkati;\n")),
    ]));
}

#[test]
fn a_table_of_watches_is_read_as_if_it_were_written_out() {
    let csv = "\u{FEFF}Name;Find;Together with;how_close;level;Query\r\n\
               kati;\"Kati | Faladié\";attack*;same paragraph;urgent;\r\n\
               ;;;;;\r\n\
               gao;;;;;\"\"\"Burkina Faso\"\" AND Gao\"\r\n";
    let toml = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watches.desk]\ncsv = \"desk.csv\"\n";
    let folder = Folder::new(
        "table",
        &[("watchlist.toml", toml.as_bytes()), ("desk.csv", csv.as_bytes())],
    );
    let configuration = folder.load(&[]).unwrap();
    assert!(configuration.warnings.is_empty(), "{}", configuration.warnings);
    let read: Vec<String> = configuration
        .watchlist
        .watches()
        .iter()
        .map(|watch| {
            let find: Vec<String> = watch.find.iter().map(wirewatch_recognition::Term::written).collect();
            let query = watch.query.as_deref().map_or("", wirewatch_recognition::Query::written);
            format!(
                "{} {find:?} {:?} {:?} {query}",
                watch.name, watch.how_close, watch.level
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            "kati [\"Kati\", \"Faladié\"] SameParagraph Urgent ",
            "gao [] SameArticle Normal \"Burkina Faso\" AND Gao",
        ]
    );
    let csv = "name,find,inside,within_km,of,demonyms,min_confidence,how_close,together_with\n\
               mali,attack*,Mali | Niger,,,no,,,\n\
               ségou,,,\"60,5\",Ségou; Bamako,,0.7,,\n\
               gao,Gao,,,,,,10 words,attack*\n";
    let written = "[watch.mali]\nfind = [\"attack*\"]\nwhere = { inside = [\"Mali\", \"Niger\"] }\ndemonyms = false\n\
                   [watch.ségou]\nwhere = { within_km = 60.5, of = [\"Ségou\", \"Bamako\"] }\nmin_confidence = 0.7\n\
                   [watch.gao]\nfind = [\"Gao\"]\nhow_close = \"10 words\"\ntogether_with = [\"attack*\"]\n"
        .replace("watch.ségou", "watch.\"ségou\"");
    let watches = |name: &str, files: &[(&str, &[u8])]| {
        let configuration = Folder::new(name, files)
            .load(&[])
            .unwrap_or_else(|problems| panic!("{problems}"));
        configuration.watchlist.watches().to_vec()
    };
    let feeds = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n";
    let from_table = watches(
        "table-where",
        &[("watchlist.toml", toml.as_bytes()), ("desk.csv", csv.as_bytes())],
    );
    let from_toml = watches(
        "toml-where",
        &[("watchlist.toml", format!("{feeds}{written}").as_bytes())],
    );
    assert_eq!(from_table, from_toml);
    assert!(
        configuration.files.iter().any(|file| file.ends_with("desk.csv")),
        "its changes are noticed"
    );
}

/// Tables as spreadsheets save them: the sign between cells, the encoding.
#[test]
fn tables_are_read_as_spreadsheets_save_them() {
    let latin = |text: &str| text.chars().map(|char| u32::from(char) as u8).collect::<Vec<u8>>();
    let utf_16: Vec<u8> = "\u{feff}name\tfind\tlevel\r\nsegou\tS\u{e9}gou\tlow\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let table: &[(&str, Vec<u8>)] = &[
        (
            "a line with the sign",
            "sep=;\r\nname;find;level\r\nsegou;S\u{e9}gou;low\r\n".into(),
        ),
        (
            "with quotes",
            "\"sep=;\"\r\nname;find;level\r\nsegou;S\u{e9}gou;low\r\n".into(),
        ),
        (
            "in capitals, with a mark",
            "\u{feff}SEP=,\nname,find,level\nsegou,S\u{e9}gou,low\n".into(),
        ),
        (
            "a sign that nothing else shows",
            "sep=|\nname|find|level\nsegou|S\u{e9}gou|low\n".into(),
        ),
        ("tabs", "sep=\t\nname\tfind\tlevel\nsegou\tS\u{e9}gou\tlow\n".into()),
        ("a sign of its own", "name|find|level\nsegou|S\u{e9}gou|low\n".into()),
        ("Latin 1", latin("name;find;level\nsegou;S\u{e9}gou;low\n")),
        ("UTF-16", utf_16),
    ];
    let toml = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watches.desk]\ncsv = \"desk.csv\"\n";
    for (at, (case, csv)) in table.iter().enumerate() {
        let folder = Folder::new(
            &format!("spreadsheet-{at}"),
            &[("watchlist.toml", toml.as_bytes()), ("desk.csv", csv)],
        );
        let configuration = folder.load(&[]).unwrap();
        let watches = configuration.watchlist.watches();
        let read: Vec<_> = watches
            .iter()
            .map(|watch| (watch.name.to_string(), watch.find[0].written()))
            .collect();
        assert_eq!(read, [("segou".to_owned(), "S\u{e9}gou".to_owned())], "{case}");
    }
}
