//! Whether the news of one feed arrive while others do harm: a feed brings one matching entry a minute, and a receiver outside
//! takes the time from the moment at which its server has it to that at which the alert is there.

use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::fillers::{FILLERS, Filler};
use crate::hosts::{self, Body};
use crate::house::feed_server::{FeedServer, Page};
use crate::house::mail_server::{Fault, MailServer, Stage};
use crate::house::webhook_server::WebhookServer;
use crate::house::wirewatch::rss;

/// How much later than without the fault an alert may be.
const LATER: Duration = Duration::from_secs(120);
/// An alert that is not there by then counts as lost.
const LOST: Duration = Duration::from_secs(300);

/// No two of them are one story.
const NEWS: [(&str, &str); 6] = [
    (
        "Kayes: a bridge over the Senegal is closed",
        "Lorries wait on both banks; the ferry runs until dusk.",
    ),
    (
        "Teachers of Kayes begin a strike",
        "The unions ask for the bonus that was promised in March.",
    ),
    (
        "Gold found near Kayes draws hundreds",
        "The prefect warns of shafts that were dug without timber.",
    ),
    (
        "Measles in the district of Kayes",
        "Two health posts ran out of vaccine on Friday, a doctor says.",
    ),
    (
        "Night train from Kayes derails, nobody hurt",
        "A rail had bent in the heat; the line opens again tomorrow.",
    ),
    (
        "Court in Kayes frees a radio presenter",
        "He had been held for nine days over a programme on taxes.",
    ),
];

/// Something that goes on beside.
struct Harm {
    name: &'static str,
    /// Bodies of feeds that are asked every minute too.
    feeds: Vec<Body>,
    /// What a mail server does at its greeting.
    mail: Option<Fault>,
}

fn feed(name: &'static str, count: usize, body: impl Fn(usize) -> String + Send + Sync + Clone + 'static) -> Harm {
    let body = move |request| body(request).into_bytes();
    let feeds = (0..count).map(|_| Arc::new(body.clone()) as Body).collect();
    Harm {
        name,
        feeds,
        mail: None,
    }
}

fn mail(name: &'static str, fault: Fault) -> Harm {
    Harm {
        name,
        feeds: Vec::new(),
        mail: Some(fault),
    }
}

fn item(number: usize, title: &str, text: &str) -> String {
    format!("<item><guid>{number}</guid><title>{title}</title><description>{text}</description></item>")
}

fn channel(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>Harm</title>{items}</channel></rss>")
}

fn harms() -> Vec<Harm> {
    let tiny: Filler = FILLERS[0];
    vec![
        feed("nothing else", 0, |_| String::new()),
        feed("a watched word 400,000 times in a text", 1, |n| {
            channel(&item(n, "Kayes", &"Kayes ".repeat(400_000)))
        }),
        Harm {
            name: "eight feeds of 600,000 tiny items",
            feeds: (0..8)
                .map(|_| Arc::new(move |request| tiny.body(request)) as Body)
                .collect(),
            mail: None,
        },
        feed("a title of 15 MB", 1, |n| {
            channel(&item(n, &format!("Kayes {n} {}", "word ".repeat(3_000_000)), ""))
        }),
        feed("one headline 157,000 times", 1, |n| {
            let one = format!("<item><title>Attack in Kayes, number {n}</title></item>");
            channel(&one.repeat(157_000))
        }),
        mail("a greeting without an end", Fault::Endless("220 ")),
        mail("a greeting of a letter a second", Fault::Drip),
    ]
}

/// Runs all of them, or those whose name has this in it.
pub fn measure(wanted: Option<&str>) -> ExitCode {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut usual = None;
    let mut good = true;
    println!(
        "{} entries, one a minute; the longest time from the feed's server to the receiver",
        NEWS.len()
    );
    for harm in harms() {
        let is_usual = usual.is_none();
        if !is_usual && wanted.is_some_and(|wanted| !harm.name.contains(wanted)) {
            continue;
        }
        let (arrived, longest) = runtime.block_on(beside(&harm));
        let most = *usual.get_or_insert(longest) + LATER;
        good &= arrived == NEWS.len() && longest <= most;
        println!(
            "{:<42} {arrived} of {} arrived, the last after {:>5.1} s (at most {:.1})",
            harm.name,
            NEWS.len(),
            longest.as_secs_f64(),
            most.as_secs_f64()
        );
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One run: how many alerts arrived, and the longest time of one.
async fn beside(harm: &Harm) -> (usize, Duration) {
    let folder = tempfile::tempdir().expect("a folder");
    let (news, hooks, mails) = (
        FeedServer::start().await,
        WebhookServer::start().await,
        MailServer::start().await,
    );
    if let Some(fault) = &harm.mail {
        mails.fail_always(Stage::Greeting, fault.clone());
    }
    let mut urls = Vec::new();
    for (number, body) in harm.feeds.iter().enumerate() {
        let last = u8::try_from(number + 2).expect("few hosts");
        let host = hosts::start(last, "application/rss+xml", body.clone()).await;
        urls.push(host.expect("a server"));
    }
    let page = |count: usize| {
        let numbers: Vec<String> = (0..NEWS.len()).map(|number| number.to_string()).collect();
        let items: Vec<(&str, &str, &str)> = (0..count)
            .rev()
            .map(|at| (numbers[at].as_str(), NEWS[at].0, NEWS[at].1))
            .collect();
        Page::feed(rss("Bystander", &items))
    };
    news.serve("/feed", page(0));
    let tell = if harm.mail.is_some() {
        "\"soar\", \"analyst\""
    } else {
        "\"soar\""
    };
    let config = format!(
        "[store]\npath = \"../store\"\n[mail]\nserver = \"smtp://{}\"\nfrom = \"Wirewatch <alerts@example.org>\"\n\
         [polling]\ngap = \"0 s\"\nallow_private = true\nfastest = \"1 min\"\nslowest = \"1 min\"\n\
         [receiver.soar]\nwebhook = \"{}\"\n[receiver.analyst]\nemail = \"analyst@example.org\"\n\
         [feeds.bystander]\nurls = [\"{}\"]\n{}\
         [watch.kayes]\nfind = [\"Kayes\"]\nlevel = \"urgent\"\ntell = [{tell}]\n",
        mails.address(),
        hooks.url(),
        news.url("/feed"),
        match urls.as_slice() {
            [] => String::new(),
            urls => format!("[feeds.harm]\nurls = {urls:?}\n"),
        },
    );
    let _daemon = Daemon::start(folder.path(), &config);
    news.wait_for_requests(1).await;

    let hooks = Arc::new(hooks);
    let came: Arc<Mutex<[Option<Instant>; NEWS.len()]>> = Arc::default();
    let noting = tokio::spawn(note(hooks.clone(), came.clone()));
    let mut sent = Vec::new();
    for count in 1..=NEWS.len() {
        news.serve("/feed", page(count));
        sent.push(Instant::now());
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
    let arrivals = || *came.lock().unwrap_or_else(PoisonError::into_inner);
    let end = Instant::now() + LOST;
    while arrivals().contains(&None) && Instant::now() < end {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    noting.abort();
    let came = arrivals();
    let waits = came
        .iter()
        .zip(&sent)
        .filter_map(|(came, sent)| Some(came.as_ref()?.duration_since(*sent)));
    (came.iter().flatten().count(), waits.max().unwrap_or_default())
}

/// Notes when each of the news arrives; those of other feeds are passed over.
async fn note(hooks: Arc<WebhookServer>, came: Arc<Mutex<[Option<Instant>; NEWS.len()]>>) {
    for number in 1.. {
        let delivered = hooks.request(number).await;
        let now = Instant::now();
        let body = String::from_utf8_lossy(&delivered.body);
        let mut came = came.lock().unwrap_or_else(PoisonError::into_inner);
        for (came, (title, _)) in came.iter_mut().zip(NEWS) {
            if came.is_none() && body.contains(title) {
                *came = Some(now);
            }
        }
    }
}

/// The program, ended when dropped.
struct Daemon(Child);

impl Daemon {
    fn start(folder: &Path, config: &str) -> Self {
        let place = folder.join("config");
        std::fs::create_dir_all(&place).expect("a folder");
        std::fs::write(place.join("wirewatch.toml"), config).expect("a configuration is written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_wirewatch"));
        command.arg("--config").arg(&place).arg("run");
        command.env("WIREWATCH_LOG", "error").stdout(Stdio::null());
        Self(command.spawn().expect("it starts"))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
