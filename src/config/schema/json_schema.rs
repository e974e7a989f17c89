//! The JSON Schema of the configuration, for editors that complete and check while one types.

use serde_json::{Map, Value, json};

use super::keys::TABLES;
use super::list_keys::{EXAMPLE, WHERE};
use super::shape::Shape;
use super::table::{Key, Table};
use crate::config::watches::HOW_CLOSE;

/// JSON Schema (draft 2020-12) of every table and key, from the same list that the files are read by.
pub fn schema() -> Value {
    let tables: Map<String, Value> = TABLES.iter().map(|one| (one.name.to_owned(), table(one))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Wirewatch configuration",
        "description": "Any table may stand in any *.toml file of the configuration folder.",
        "type": "object",
        "properties": tables,
        "additionalProperties": false,
    })
}

fn table(table: &Table) -> Value {
    let properties: Map<String, Value> = table
        .keys
        .iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    let one = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    let mut schema = if table.named {
        json!({ "type": "object", "additionalProperties": one })
    } else {
        one
    };
    schema["description"] = json!(table.about);
    schema
}

/// A place to read a secret from.
fn secret() -> Value {
    let way = |name: &str| {
        json!({
            "type": "object",
            "properties": { name: { "type": "string", "minLength": 1 } },
            "required": [name],
            "additionalProperties": false,
        })
    };
    json!({ "anyOf": [way("file"), way("credential"), way("environment")] })
}

fn property(key: &Key) -> Value {
    const DURATION: &str = "^\\s*([0-9.]+\\s*[A-Za-z]+[\\s,.]*)+$";
    let mut schema = match key.shape {
        Shape::Text => json!({ "type": "string", "minLength": 1 }),
        Shape::Texts => json!({ "anyOf": [
            { "type": "string", "minLength": 1 },
            { "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1 },
        ] }),
        Shape::Examples => {
            let one = json!({ "anyOf": [{ "type": "string", "minLength": 1 }, table(&EXAMPLE)] });
            json!({ "anyOf": [one.clone(), { "type": "array", "items": one, "minItems": 1 }] })
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Duration => {
            json!({ "type": "string", "pattern": DURATION, "examples": ["15 min", "3 hours", "18 months"] })
        }
        Shape::Size => json!({ "type": "string", "pattern": "^\\s*[0-9]+\\s*[A-Za-z]+\\s*$", "examples": ["20 MB"] }),
        Shape::Time => json!({ "type": "string", "examples": ["07:05"] }),
        Shape::QuietHours => json!({ "type": "string", "examples": ["22:00-06:00"] }),
        Shape::TimeZone => json!({ "type": "string", "examples": ["Africa/Bamako"] }),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::HowClose => json!({ "anyOf": [
            { "enum": HOW_CLOSE },
            { "type": "string", "pattern": "^[0-9]{1,3} words?$", "examples": ["10 words"] },
        ] }),
        Shape::Secret => secret(),
        Shape::Backfill => json!({ "anyOf": [{ "enum": ["all", "none"] }, { "type": "string", "pattern": DURATION }] }),
        Shape::FullText => json!({ "enum": [true, false, "when short"] }),
        Shape::Country => json!({ "type": "string", "pattern": "^[A-Za-z]{2}$", "examples": ["ML"] }),
        Shape::Language => {
            json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", "examples": ["fr"] })
        }
        Shape::Weights => json!({
            "type": "object",
            "minProperties": 1,
            "additionalProperties": { "type": "integer" },
            "examples": [{ "attack*": 4, "@jnim": 6, "football": -8 }],
        }),
        Shape::Headers => json!({
            "type": "object",
            "additionalProperties": { "anyOf": [secret(), { "type": "string", "minLength": 1 }] },
        }),
        Shape::Titles => json!({
            "type": "object",
            "additionalProperties": { "type": "string", "minLength": 1 },
        }),
        Shape::Point => json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 }),
        Shape::Kilometres => json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 20038 }),
        Shape::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Shape::Where => table(&WHERE),
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), json!(key.about));
    }
    schema
}
