//! A parcel as a mail: headers, identity and the two parts. Pure.

use jiff::Timestamp;
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message as Mail, MultiPart, SinglePart};
use thiserror::Error;

use super::html::html;
use crate::alert::{Alert, StoryId};
use crate::deliver::outgoing_message::OutgoingMessage;
use crate::deliver::text::{level_word, text};
use crate::text::{one_line, shorten};
use wirewatch_recognition::Level;

/// Fragments that complete "failed to write the mail: …".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LetterError {
    #[error("“{written}” is not an e-mail address; write it as name@example.org or Name <name@example.org>")]
    Mailbox { written: String },
    #[error("the mail cannot be put together: {why}")]
    Build { why: String },
}

/// Characters of a subject: what a mail program shows of it in a list, with room to spare.
const LONGEST_SUBJECT: usize = 150;

/// Reads a mailbox as people write it; the domain becomes ASCII (RFC 5891), control characters cannot pass.
pub(super) fn mailbox(written: &str) -> Result<Mailbox, LetterError> {
    let refused = || LetterError::Mailbox {
        written: one_line(written),
    };
    let parsed: Mailbox = one_line(written).parse().map_err(|_| refused())?;
    let domain = match url::Host::parse(parsed.email.domain()) {
        Ok(url::Host::Domain(ascii)) => ascii,
        _ => parsed.email.domain().to_owned(),
    };
    let address = Address::new(parsed.email.user(), domain).map_err(|_| refused())?;
    let name = parsed.name.map(|name| one_line(&name)).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address))
}

/// The same for every attempt, so that a mail that was accepted and not known to be is recognised when it comes again.
fn message_id(outgoing: &OutgoingMessage, domain: &str) -> String {
    format!("<{}@{domain}>", outgoing.id)
}

/// The root of a story's thread. No mail has this id; mail programs gather what refers to it (RFC 5256, REFERENCES).
fn thread(story: StoryId, domain: &str) -> String {
    format!("<{story}.story@{domain}>")
}

/// The letters, digits and hyphens of a name, as a label of a List-Id (RFC 2919 section 3).
fn label(name: &str) -> String {
    let label: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    match label.trim_matches('-') {
        "" => "watch".to_owned(),
        label => label.chars().take(63).collect(),
    }
}

fn header(mail: &mut Mail, name: &'static str, value: impl Into<String>) {
    mail.headers_mut()
        .insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value.into()));
}

/// The part, quoted-printable whatever it holds: no line is too long for a server, and no text can imitate the boundary.
fn part(content_type: ContentType, body: String) -> SinglePart {
    SinglePart::builder()
        .header(content_type)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(body)
}

/// The whole mail to one address.
pub(super) fn letter(outgoing: &OutgoingMessage, from: &Mailbox, to: &Mailbox) -> Result<Mail, LetterError> {
    let domain = from.email.domain();
    let parts = MultiPart::alternative()
        // `=_` cannot stand in quoted-printable text (RFC 2045 section 6.7).
        .boundary(format!("=_{}", outgoing.id))
        .singlepart(part(ContentType::TEXT_PLAIN, text(outgoing)))
        .singlepart(part(ContentType::TEXT_HTML, html(outgoing)));
    let mut mail = Mail::builder()
        .from(from.clone())
        .to(to.clone())
        .subject(shorten(&one_line(&outgoing.message.subject), LONGEST_SUBJECT))
        .date(outgoing.raised.max(Timestamp::UNIX_EPOCH).into())
        .message_id(Some(message_id(outgoing, domain)))
        .multipart(parts)
        .map_err(|why| LetterError::Build { why: why.to_string() })?;
    // A person is not answered by a machine: RFC 3834 for those that heed it, the other for Exchange, which does not.
    // No `Precedence`: RFC 2076 discourages it, and some filters take "bulk" at its word.
    header(&mut mail, "Auto-Submitted", "auto-generated");
    header(&mut mail, "X-Auto-Response-Suppress", "OOF, AutoReply");
    if outgoing.message.level == Some(Level::Urgent) {
        header(&mut mail, "Importance", "high");
        header(&mut mail, "X-Priority", "1");
    }
    if let Some(level) = outgoing.message.level {
        header(&mut mail, "X-Wirewatch-Level", level_word(level).to_lowercase());
    }
    header(&mut mail, "X-Wirewatch-Delivery", outgoing.id.to_string());
    match &outgoing.alerts[..] {
        [] => list_id(&mut mail, "Wirewatch notices", "notices", domain),
        [(alert, _)] => of_alert(&mut mail, alert, domain),
        many => {
            let ids: Vec<String> = many.iter().map(|(alert, _)| alert.id.to_string()).collect();
            header(&mut mail, "X-Wirewatch-Alert", ids.join(" "));
            list_id(&mut mail, "Wirewatch digests", "digests", domain);
        }
    }
    Ok(mail)
}

fn of_alert(mail: &mut Mail, alert: &Alert, domain: &str) {
    let thread = thread(alert.story, domain);
    header(mail, "In-Reply-To", thread.clone());
    header(mail, "References", thread);
    header(mail, "X-Wirewatch-Alert", alert.id.to_string());
    header(mail, "X-Wirewatch-Story", alert.story.to_string());
    header(
        mail,
        "X-Wirewatch-Watch",
        shorten(&one_line(&alert.watch), LONGEST_SUBJECT),
    );
    list_id(mail, &alert.watch_title, &label(&alert.watch), domain);
}

/// RFC 2919: filters sort by it. One list a watch. The title is left out where it is not plain enough to be quoted.
fn list_id(mail: &mut Mail, title: &str, label: &str, domain: &str) {
    let title = shorten(&one_line(title), 80);
    let plain = title
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b" -_,.:!?()'".contains(&b));
    match plain && !title.is_empty() {
        true => header(mail, "List-Id", format!("\"{title}\" <{label}.wirewatch.{domain}>")),
        false => header(mail, "List-Id", format!("<{label}.wirewatch.{domain}>")),
    }
}
