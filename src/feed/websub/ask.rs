//! Asks a hub for a subscription, or gives one back (WebSub §5.1).

use url::Url;
use url::form_urlencoded::Serializer;

use super::subscription::{Step, Subscription};
use crate::net::{Client, HeaderMap, HeaderValue, Method, Request, ShownAddress, scrubbed};

/// What a hub answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HubAnswer {
    /// It will confirm; where it was moved for good, it is asked there from now on.
    Accepted {
        moved_to: Option<String>,
    },
    Refused {
        why: String,
    },
}

/// Redirects that are followed.
const HOPS: usize = 5;
/// Characters of a hub's own words that are kept.
const WORDS: usize = 200;

/// Asks once, with its redirects. The request is repeated as it is at each: a hub that sends it on wants it there.
pub async fn ask_hub(client: &Client, subscription: &Subscription, step: Step) -> HubAnswer {
    let body = form(subscription, step);
    let refused = |why: String| HubAnswer::Refused { why };
    let Ok(mut url) = Url::parse(&subscription.ask_at) else {
        return refused(format!("{} is no address", ShownAddress::of_text(&subscription.ask_at)));
    };
    let (mut moved_to, mut only_permanent) = (None, true);
    for _ in 0..HOPS {
        let mut headers = HeaderMap::new();
        headers.insert(
            "content-type",
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        let request = Request {
            method: Method::Post(body.clone()),
            url: url.clone(),
            headers,
            conditions_for: None,
            max_redirects: 0,
        };
        let response = match client.send(request).await {
            Ok(response) => response,
            Err(error) => return refused(error.to_string()),
        };
        let location = response.headers.get("location").and_then(|value| value.to_str().ok());
        match (response.status, location.and_then(|location| url.join(location).ok())) {
            (200..=299, _) => return HubAnswer::Accepted { moved_to },
            (301 | 302 | 307 | 308, Some(target)) => {
                only_permanent &= matches!(response.status, 301 | 308);
                if only_permanent {
                    moved_to = Some(target.as_str().to_owned());
                }
                url = target;
            }
            (status, _) => {
                let kept = &response.body[..response.body.len().min(16 * WORDS)];
                let said = String::from_utf8_lossy(kept).into_owned();
                let said = scrubbed(&said, &[&subscription.secret, &subscription.token]);
                let said: String = said.chars().take(WORDS).collect();
                let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
                let colon = if said.is_empty() { "" } else { ": " };
                return refused(format!("the hub refused ({status}){colon}{said}"));
            }
        }
    }
    refused("the hub sends us on and on".to_owned())
}

fn form(subscription: &Subscription, step: Step) -> Vec<u8> {
    let mode = match step {
        Step::Subscribe => "subscribe",
        Step::Unsubscribe | Step::Forget => "unsubscribe",
    };
    let mut form = Serializer::new(String::new());
    form.append_pair("hub.callback", &subscription.callback)
        .append_pair("hub.mode", mode)
        .append_pair("hub.topic", &subscription.offer.topic);
    if step == Step::Subscribe {
        form.append_pair("hub.secret", &subscription.secret);
    }
    form.finish().into_bytes()
}
