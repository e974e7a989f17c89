//! Secrets: where they are read, never what they are.

use std::path::Path;

use super::check::Check;
use super::fields::{Fields, kind};
use crate::config::source::{At, Node, Place, Severity, Written};
use crate::net::Secret;

impl Fields<'_> {
    /// A secret, which must be there and readable. Never shown.
    pub(crate) fn secret(&self, check: &mut Check<'_>, key: &str) -> Option<Secret> {
        self.node(key).and_then(|node| secret_of(check, key, node))
    }
}

/// The secret that a value says where to read. `key` names it in messages.
pub(crate) fn secret_of(check: &mut Check<'_>, key: &str, node: &Node) -> Option<Secret> {
    let at = At::Value(node.at);
    let ways = format!("write {key} = {{ file = \"/etc/wirewatch/{key}\" }}");
    let children = match &node.value {
        Written::Text(text) if check.is_variable(node.at) => return Some(Secret::Value(text.clone())),
        Written::Text(written) => {
            let what = format!("the {key} itself does not belong in a file that people show around");
            let place = masked(check.place(&at), written);
            check.say(Severity::Error, place, what, Some(ways));
            return None;
        }
        Written::Table(children) => children,
        _ => {
            // What is written there may be the secret; it is not repeated.
            check.error(&at, format!("`{key}` is the place to read it from"), Some(ways));
            return None;
        }
    };
    let [(way, value)] = children.as_slice() else {
        check.error(&at, format!("`{key}` is read from one place"), Some(ways));
        return None;
    };
    let Written::Text(written) = &value.value else {
        check.error(
            &At::Value(value.at),
            format!("`{way}` should be a text in quotes, and this is {}", kind(&value.value)),
            None,
        );
        return None;
    };
    let at = At::Value(value.at);
    let path = match way.as_str() {
        "file" => check.outside.folder().join(written),
        "credential" => match check.outside.variable("CREDENTIALS_DIRECTORY") {
            Some(folder) => Path::new(&folder).join(written),
            None => {
                let mend = format!("under systemd, add LoadCredential={written}:/path/to/it to the service");
                check.error(
                    &at,
                    "there are no credentials: $CREDENTIALS_DIRECTORY is not set",
                    Some(mend),
                );
                return None;
            }
        },
        "environment" => match check.outside.variable(written) {
            Some(value) if !value.is_empty() => return Some(Secret::Value(value)),
            _ => {
                let mend = "set it where Wirewatch is started, or read it from a file: { file = \"…\" }".to_owned();
                check.error(
                    &at,
                    format!("the environment variable {written} is not set"),
                    Some(mend),
                );
                return None;
            }
        },
        other => {
            let near = check.suggest.nearest(other, ["file", "credential", "environment"]);
            let mend = near.map_or(ways, |near| format!("did you mean `{near}`?"));
            check.error(
                &At::Key(value.at),
                format!("unknown key `{other}` in `{key}`"),
                Some(mend),
            );
            return None;
        }
    };
    match check.outside.read(&path) {
        Ok(bytes) if bytes.trim_ascii().is_empty() => {
            check.error(
                &at,
                format!("the {key} file {} is empty", path.display()),
                Some(format!("write the {key} into it")),
            );
            None
        }
        Ok(_) => Some(Secret::File(path)),
        Err(why) => {
            let mend = "the user that Wirewatch runs as must be able to read it".to_owned();
            check.error(
                &at,
                format!("the {key} cannot be read from {}: {why}", path.display()),
                Some(mend),
            );
            None
        }
    }
}

/// The place without the secret that stands there: what is wrong is printed and logged.
pub(crate) fn masked(place: Place, secret: &str) -> Place {
    match place {
        Place::File {
            path,
            line,
            column,
            text,
            ..
        } => {
            let before: String = text.chars().take(column - 1).collect();
            let after = text.chars().skip(column - 1).collect::<String>();
            let after = after
                .rsplit_once(secret)
                .map_or("", |(_, after)| after.trim_start_matches(['"', '\'']));
            Place::File {
                path,
                line,
                column,
                text: format!("{before}\"…\"{after}"),
                width: 3,
            }
        }
        other => other,
    }
}
