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
        401 | 407 => "the server asks for a password",
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
        "the site lets only people with a browser in ({maker} challenge, {})",
        response.status
    );
    Some(plain_failure(Trouble::Challenged, why))
}

/// What the makers say that their challenges carry (developers.cloudflare.com, "Detect a Challenge Page response"; AWS
/// WAF developer guide, "How the CAPTCHA and Challenge actions behave").
fn maker_by_header(response: &Response) -> Option<&'static str> {
    let says = |name: &str, word: &str| {
        let value = response.headers.get(name)?;
        value.as_bytes().eq_ignore_ascii_case(word.as_bytes()).then_some(())
    };
    let amazon = says("x-amzn-waf-action", "challenge").or_else(|| says("x-amzn-waf-action", "captcha"));
    says("cf-mitigated", "challenge")
        .map(|()| "Cloudflare")
        .or_else(|| amazon.map(|()| "AWS"))
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
