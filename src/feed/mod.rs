//! Feeds: asking for them, reading what comes, and knowing entries again.

mod arrivals;
mod article;
mod boilerplate;
mod bridge;
mod coverage;
mod defect;
mod fetch;
mod freshness;
mod health;
mod home;
mod look;
mod memory;
mod moving;
mod next_poll;
mod older;
mod outcome;
mod past;
mod reading;
mod refusal;
mod report;
mod rhythm;
mod schedule;
mod settings;
mod told;
mod trouble;
mod turn;
mod waiting;
mod websub;
mod window;

pub use arrivals::Arrivals;
pub use article::{
    ArticleFate, Page, Retry, Robots, RobotsFile, Unopened, after_failure, article_link, ask_page, ask_robots,
    read_article, without_page,
};
pub use boilerplate::{boilerplate, boilerplate_in};
pub use coverage::coverage;
pub use defect::{broke_on_answer, broke_on_entries};
pub use fetch::{Answer, fetch, fetch_older};
pub use health::{State, lasting};
pub use home::Countries;
pub use look::{Finding, Look};
pub use memory::{FeedMemory, Move, Pause, Validators};
pub use moving::follow_move;
pub use next_poll::{Because, NextPoll};
pub use older::{Older, read_older};
pub use outcome::{Failure, Outcome};
pub use past::{Change, Missed, Past, Rekeyed};
pub use reading::{Reading, read};
pub use report::{Report, fails_from_now, report, report_move, wait_for_network};
pub use rhythm::Rhythm;
pub use schedule::{Pace, next_poll};
pub use settings::{Backfill, FeedSettings, FullText, Trust};
pub use told::Told;
pub use trouble::Trouble;
pub use turn::Turn;
pub use websub::{
    Callback, Doubt, HubAnswer, HubState, Offer, Signed, Standing, Step, Subscription, Verified, ask_hub,
    judge_signature, offer, read_push,
};
pub use window::Window;
