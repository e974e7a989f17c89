//! Opens pages by the rules of their sites, hop by hop; the rules are kept for a day.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::daemon::supervise::{Clock, lock};
use crate::feed::{Page, RobotsFile, Unopened, ask_page, ask_robots, without_page};
use crate::net::{Client, Response};

/// RFC 9309 §2.4: no longer than a day.
const KEPT: Duration = Duration::from_secs(24 * 3600);
/// Rules that could not be read are asked for again soon.
const UNREADABLE_KEPT: Duration = Duration::from_secs(60);
/// Sites whose rules are kept; those that are asked again first go first.
const SITES: usize = 2_000;

/// Redirects that are followed.
const HOPS: usize = 6;

/// What opening a page came to.
#[derive(Debug)]
pub enum Opened {
    Page(Box<Response>),
    Not(Unopened),
}

/// The rules of sites, each until it is asked for anew.
#[derive(Debug, Default)]
pub struct Pages(Mutex<HashMap<String, (RobotsFile, Timestamp)>>);

impl Pages {
    /// Opens a page; every site on the way is asked whether we may.
    pub async fn open(&self, client: &Client, url: &str, clock: &dyn Clock) -> Opened {
        let never = |why: String| Opened::Not(Unopened::Ever { why });
        let Ok(mut url) = Url::parse(url) else {
            return never("its link is no address".to_owned());
        };
        for _ in 0..HOPS {
            match self.rules(client, &url, clock).await {
                RobotsFile::Unreadable { why } => {
                    return Opened::Not(Unopened::Now { why, wait: None });
                }
                RobotsFile::Read(robots) if !robots.allow(&url) => {
                    return never("the site does not let programs read it (robots.txt)".to_owned());
                }
                RobotsFile::Read(_) => {}
            }
            match ask_page(client, &url).await {
                Err(error) => return Opened::Not(without_page(&error)),
                Ok(Page::Came(response)) => return Opened::Page(response),
                Ok(Page::Elsewhere(target)) => url = target,
            }
        }
        never("the site sends us on and on".to_owned())
    }

    async fn rules(&self, client: &Client, url: &Url, clock: &dyn Clock) -> RobotsFile {
        let site = url.origin().ascii_serialization();
        let known = lock(&self.0).get(&site).cloned();
        if let Some((rules, _)) = known.filter(|(_, until)| *until > clock.now()) {
            return rules;
        }
        let rules = ask_robots(client, url).await;
        let kept = match &rules {
            RobotsFile::Read(_) => KEPT,
            RobotsFile::Unreadable { .. } => UNREADABLE_KEPT,
        };
        let now = clock.now();
        let mut all = lock(&self.0);
        if all.len() >= SITES {
            all.retain(|_, (_, until)| *until > now);
        }
        if all.len() >= SITES
            && let Some(oldest) = all
                .iter()
                .min_by_key(|(_, (_, until))| *until)
                .map(|(site, _)| site.clone())
        {
            all.remove(&oldest);
        }
        all.insert(site, (rules.clone(), now + kept));
        rules
    }
}
