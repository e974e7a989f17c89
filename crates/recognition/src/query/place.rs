//! `place:Mali` and `near:Ségou/60` on their own, as in `weights`: quoted as a whole they need no quotes inside.

use super::fault::QueryError;
use super::token::{NEAR_KM, kilometres};

/// Returns the name and the distance in km; `None` if the text asks for no place.
pub fn parse_place(written: &str) -> Option<Result<(&str, Option<u16>), QueryError>> {
    let (field, value) = written.trim().split_once(':')?;
    let (field, name, km) = match field {
        "place" => ("place", value, None),
        "near" => match value.rsplit_once('/') {
            Some((name, km)) => ("near", name, Some(kilometres(km))),
            None => ("near", value, Some(Some(NEAR_KM))),
        },
        _ => return None,
    };
    let name = name.trim().trim_matches(['"', '“', '”', '«', '»']).trim();
    Some(match km {
        _ if name.is_empty() => Err(QueryError::EmptyField(field)),
        None => Ok((name, None)),
        Some(Some(km)) => Ok((name, Some(km))),
        Some(None) => Err(QueryError::too_far(name)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_alone() {
        let table = [
            ("a country", "place:Mali", Some(Ok(("Mali", None)))),
            ("several words", "place:Burkina Faso", Some(Ok(("Burkina Faso", None)))),
            ("in quotes", " place:\"Burkina Faso\"", Some(Ok(("Burkina Faso", None)))),
            (
                "a town and its country",
                "near:Newport, Wales/20",
                Some(Ok(("Newport, Wales", Some(20)))),
            ),
            (
                "in quotes, with a unit",
                "near:“Ségou”/60km",
                Some(Ok(("Ségou", Some(60)))),
            ),
            ("the usual distance", "near:Ségou", Some(Ok(("Ségou", Some(NEAR_KM))))),
            ("nothing", "place: ", Some(Err(QueryError::EmptyField("place")))),
            ("no number", "near:Ségou/far", Some(Err(QueryError::too_far("Ségou")))),
            ("too far", "near:Ségou/20001", Some(Err(QueryError::too_far("Ségou")))),
            ("a term", "attack*", None),
            ("another field", "lang:fr", None),
        ];
        for (what, written, expected) in table {
            assert_eq!(parse_place(written), expected, "{what}");
        }
    }
}
