//! The HTML part of a mail. Pure.
//!
//! One table, styles on the elements and colours that also stand in `bgcolor`, because Outlook renders with Word; a
//! style sheet only for what may be lost (dark colours, narrow screens). Nothing is loaded from anywhere: a remote image
//! would tell the sender of a feed who watches what.

use std::fmt::Write;

use crate::alert::{Alert, Paragraph};
use crate::deliver::outgoing_message::OutgoingMessage;
use crate::deliver::text::{level_word, origin_line, pieces, source_line, web_link, why, with_alerts};
use crate::text::one_line;
use wirewatch_recognition::Level;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" content=\"light dark\">\n";

/// Dark colours keep a contrast of at least 7:1 (WCAG 2.2, 1.4.6).
const STYLE: &str = "<style>\n:root{color-scheme:light dark}\n\
    @media (prefers-color-scheme:dark){\n\
    .page{background:#16181b!important}.card{background:#1f2226!important}\n\
    .ink,.ink a{color:#f1f1ef!important}.soft,.soft a{color:#b9bec6!important}\n\
    .line{border-color:#3a3f45!important}mark{background:#6b5200!important;color:#fff!important}\n\
    }\n@media (max-width:480px){.card{padding:16px!important}}\n</style>\n";

const FONT: &str = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// Escapes for text and for attributes in double quotes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for c in one_line(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// What comes from a feed is in a language that we do not know (`lang=""`) and may run from right to left.
const FOREIGN: &str = "lang=\"\" dir=\"auto\"";

pub(super) fn html(outgoing: &OutgoingMessage) -> String {
    let mut page = String::with_capacity(8_192);
    let _ = write!(
        page,
        "{HEAD}<title>{}</title>\n{STYLE}</head>\n",
        escaped(&outgoing.message.subject)
    );
    let _ = write!(
        page,
        "<body class=\"page\" style=\"margin:0;padding:0;background:#f4f4f2\">\n\
         <table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         bgcolor=\"#f4f4f2\" style=\"background:#f4f4f2\"><tr><td align=\"center\" style=\"padding:16px 8px\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         style=\"max-width:640px;{FONT};font-size:16px;line-height:1.5\">\n"
    );
    if outgoing.message.paragraphs.len() > 1 {
        let _ = writeln!(
            page,
            "<tr><td class=\"ink\" style=\"padding:0 8px 16px;color:#1c1e21\"><h1 style=\"margin:0;font-size:22px\">{}\
             </h1></td></tr>",
            escaped(&outgoing.message.subject)
        );
    }
    for (paragraph, alert) in with_alerts(outgoing) {
        page.push_str(
            "<tr><td class=\"card ink\" bgcolor=\"#ffffff\" style=\"background:#ffffff;color:#1c1e21;padding:24px\">\n",
        );
        card(&mut page, paragraph, alert);
        page.push_str("</td></tr>\n<tr><td height=\"12\" style=\"font-size:0;line-height:12px\">&nbsp;</td></tr>\n");
    }
    page.push_str(
        "<tr><td class=\"soft\" style=\"padding:0 8px;color:#5a6068;font-size:13px\">Sent by Wirewatch.</td></tr>\n\
         </table>\n</td></tr></table>\n</body>\n</html>\n",
    );
    page
}

fn card(page: &mut String, paragraph: &Paragraph, alert: Option<&Alert>) {
    if let Some(alert) = alert {
        let colour = match alert.level {
            Level::Urgent => "#b3261e",
            Level::Normal => "#1f5fa8",
            Level::Low => "#5a6068",
        };
        let _ = writeln!(
            page,
            "<p style=\"margin:0 0 8px;font-size:14px\"><span style=\"background:{colour};color:#ffffff;\
             padding:2px 8px;font-weight:bold\">{}</span> &nbsp;<span class=\"soft\" style=\"color:#5a6068\" {FOREIGN}>\
             {}</span></p>",
            level_word(alert.level),
            escaped(if alert.watch_title.is_empty() {
                &alert.watch
            } else {
                &alert.watch_title
            })
        );
    }
    let headline = linked(&paragraph.headline, paragraph.link.as_deref(), "color:#1c1e21");
    let _ = writeln!(
        page,
        "<h2 style=\"margin:0 0 4px;font-size:20px;line-height:1.3\" {FOREIGN}>{headline}</h2>"
    );
    if !paragraph.source.trim().is_empty() {
        let source = escaped(&paragraph.source);
        let _ = writeln!(
            page,
            "<p class=\"soft\" style=\"margin:0 0 16px;color:#5a6068;font-size:14px\">{source}</p>"
        );
    }
    excerpt(page, paragraph);
    if paragraph.also_in.is_empty() {
        for line in &paragraph.lines {
            let _ = writeln!(page, "<p style=\"margin:0 0 8px\" dir=\"auto\">{}</p>", escaped(line));
        }
    }
    if let Some(news) = paragraph.news.as_deref().filter(|news| !news.trim().is_empty()) {
        let _ = writeln!(page, "<p style=\"margin:0 0 12px\"><b>{}</b></p>", escaped(news));
    }
    if let Some(why) = why(&paragraph.because) {
        let _ = writeln!(page, "<p style=\"margin:0 0 12px\"><b>Why:</b> {}</p>", escaped(&why));
    }
    if !paragraph.also_in.is_empty() {
        page.push_str(
            "<p style=\"margin:0 0 4px\"><b>Also in:</b></p>\n<ul style=\"margin:0 0 12px;padding-left:20px\">\n",
        );
        for source in &paragraph.also_in {
            let line = linked(&source_line(source), source.link.as_deref(), "color:#1f5fa8");
            let _ = writeln!(page, "<li {FOREIGN}>{line}</li>");
        }
        for line in &paragraph.lines {
            let _ = writeln!(page, "<li>{}</li>", escaped(line));
        }
        page.push_str("</ul>\n");
    }
    if let Some(alert) = alert {
        let _ = writeln!(
            page,
            "<p class=\"soft line\" style=\"margin:16px 0 0;padding-top:12px;border-top:1px solid #dddfe2;\
             color:#5a6068;font-size:13px\">{}.<br>This alert and who was told: <code>wirewatch alerts show {}</code></p>",
            escaped(&origin_line(alert)),
            alert.id
        );
    }
}

fn excerpt(page: &mut String, paragraph: &Paragraph) {
    let pieces = pieces(&paragraph.excerpt);
    if pieces.is_empty() {
        return;
    }
    let _ = write!(page, "<p style=\"margin:0 0 16px\" {FOREIGN}>");
    for piece in pieces {
        let text = escaped(&piece.text);
        let blank = |there: bool| if there { " " } else { "" };
        let _ = match piece.marked {
            true => write!(
                page,
                "<mark style=\"background:#ffe58a;color:#1c1e21;font-weight:bold\">{text}</mark>"
            ),
            false => {
                let before = blank(piece.text.starts_with(' '));
                let behind = blank(piece.text.ends_with(' ') && !text.is_empty());
                write!(page, "{before}{text}{behind}")
            }
        };
    }
    page.push_str("</p>\n");
}

/// The text, as a link where the address is that of a web page.
fn linked(text: &str, link: Option<&str>, style: &str) -> String {
    match link.and_then(web_link) {
        Some(url) => format!(
            "<a href=\"{}\" style=\"{style}\">{}</a>",
            escaped(url.as_str()),
            escaped(text)
        ),
        None => escaped(text),
    }
}
