//! An answer that is no feed because the server would not give one, in words; and doors that open to browsers only.

use super::outcome::{Failure, plain_failure};
use super::state::Trouble;
use crate::net::Response;

/// What an answer with a status that carries no feed means.
pub(super) fn refused(response: &Response) -> Failure {
    if let Some(failure) = challenged(response) {
        return failure;
    }
    let status = response.status;
    let words = match status {
        204 | 205 => "the answer is empty",
        300..=399 => "the server sends us on without saying where",
        401 => {
            "the server asks for a password, or refuses the one that it got (`user` and `password` in the feed's table)"
        }
        407 => "the proxy asks for a password (`proxy_user` and `proxy_password`)",
        402 => "the server asks for payment",
        403 => "the server refuses us",
        404 => "there is nothing at this address",
        410 => "the publisher has taken this feed away for good",
        429 => "the server says that we ask too often",
        451 => "the feed is blocked for legal reasons",
        503 => "the server is overloaded or under repair",
        502 | 504 | 520..=530 => "the server cannot be reached behind its front",
        500..=599 => "the server has a fault of its own",
        _ => "the server gave an answer that is no feed",
    };
    plain_failure(Trouble::of_status(status), format!("{words} ({status})"))
}

/// Where a page stands that a browser has to work off before it is let in, its maker and the failure.
pub(super) fn challenged(response: &Response) -> Option<Failure> {
    let maker = maker_by_header(response).or_else(|| maker_by_page(&response.body))?;
    let why = format!(
        "the site lets only people with a browser in ({maker} challenge, {}); ask the publisher to let feed readers in, or take the news from elsewhere",
        response.status
    );
    Some(plain_failure(Trouble::Challenged, why))
}

/// A header by which an anti-bot wall names itself.
struct Wall {
    header: &'static str,
    /// The value, or its beginning; empty for any.
    value: &'static str,
    maker: &'static str,
    /// Whether the header alone says it; else only with a status that refuses.
    alone: bool,
}

const fn wall(header: &'static str, value: &'static str, maker: &'static str, alone: bool) -> Wall {
    Wall {
        header,
        value,
        maker,
        alone,
    }
}

/// What the makers say of their answers (developers.cloudflare.com, "Detect a Challenge Page response"; AWS WAF developer
/// guide, "How the CAPTCHA and Challenge actions behave"; vercel.com, "Attack Challenge Mode"), and what they answer.
const WALLS: &[Wall] = &[
    wall("cf-mitigated", "challenge", "Cloudflare", true),
    wall("x-amzn-waf-action", "challenge", "AWS", true),
    wall("x-amzn-waf-action", "captcha", "AWS", true),
    wall("x-vercel-mitigated", "", "Vercel", true),
    wall("x-datadome", "", "DataDome", false),
    wall("x-dd-b", "", "DataDome", false),
    wall("x-sucuri-block", "", "Sucuri", false),
    wall("x-sucuri-id", "", "Sucuri", false),
    wall("x-iinfo", "", "Imperva", false),
    wall("x-cdn", "imperva", "Imperva", false),
    wall("x-cdn", "incapsula", "Imperva", false),
    wall("x-kpsdk-ct", "", "Kasada", false),
    wall("x-px-authorization", "", "HUMAN", false),
    wall("x-px-block", "", "HUMAN", false),
    wall("x-ddos-guard", "", "DDoS-Guard", false),
    wall("server", "ddos-guard", "DDoS-Guard", false),
    wall("server", "akamaighost", "Akamai", false),
    wall("server", "qrator", "Qrator", false),
    wall("server", "cloudflare", "Cloudflare", false),
    wall("server", "sucuri", "Sucuri", false),
];

/// Statuses with which walls refuse a program. 401 and 404 are the publisher's own.
const REFUSING: [u16; 5] = [403, 405, 406, 429, 503];

fn maker_by_header(response: &Response) -> Option<&'static str> {
    let refuses = REFUSING.contains(&response.status);
    let names = |wall: &&Wall| {
        let Some(value) = response.headers.get(wall.header) else {
            return false;
        };
        let start = value.as_bytes().get(..wall.value.len());
        // A busy server behind a front is no wall: that front says so with 429 and 503 of its own.
        let busy = matches!(response.status, 429 | 503)
            && (wall.header == "server" || response.headers.contains_key("retry-after"));
        start.is_some_and(|start| start.eq_ignore_ascii_case(wall.value.as_bytes())) && (wall.alone || refuses && !busy)
    };
    WALLS.iter().find(names).map(|wall| wall.maker)
}

/// Marks that stand in the scripts of challenges and not in the pages behind them.
const MARKS: [(&str, &str); 7] = [
    ("_cf_chl_opt", "Cloudflare"),
    ("/cdn-cgi/challenge-platform/h/", "Cloudflare"),
    ("sucuri_cloudproxy_js", "Sucuri"),
    ("/_Incapsula_Resource", "Imperva"),
    ("captcha-delivery.com", "DataDome"),
    ("anubis_challenge", "Anubis"),
    ("/.well-known/ddos-guard/", "DDoS-Guard"),
];

/// A challenge is a short page, and says so early.
const LOOKED_THROUGH: usize = 64 * 1024;

fn maker_by_page(body: &[u8]) -> Option<&'static str> {
    let start = String::from_utf8_lossy(&body[..body.len().min(LOOKED_THROUGH)]);
    let (_, maker) = MARKS.iter().find(|(mark, _)| start.contains(mark))?;
    Some(maker)
}
