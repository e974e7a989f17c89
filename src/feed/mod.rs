//! Feeds: asking for them, reading what comes, and knowing entries again.

mod article;
mod bridge;
mod fetch;
mod health;
mod history;
mod interpret;
mod look;
mod older;
mod outcome;
mod refusal;
mod schedule;
mod state;
mod websub;

pub use article::{
    ArticleFate, Page, Retry, Robots, RobotsFile, Unopened, after_failure, article_link, ask_page, ask_robots,
    read_article, without_page,
};
pub use fetch::{Answer, fetch, fetch_older, way_of};
pub use health::{
    Report, State, broke_on_answer, broke_on_entries, coverage, ended_while_reading, fails_from_now, follow_move,
    lasting, report, report_move, wait_for_network,
};
pub use history::{Arrivals, Countries, Diff, History, Missed, Rekeyed, Window, boilerplate, boilerplate_in};
pub use interpret::{Reading, read};
pub use look::{Finding, Look};
pub use older::{Older, read_older};
pub use outcome::{Failure, Outcome};
pub use schedule::{
    Because, Forgetting, NextPoll, PollSignals, ScheduleUpdate, TOLERANCE, WrongTime, corrected, forgetting, next_poll,
    proving,
};
pub use state::{
    Access, Backfill, FeedSettings, FeedState, FullText, Move, Pause, Rhythm, Surplus, Told, Trouble, Trust,
    Validators, feed_id,
};
pub use websub::{
    Callback, Doubt, HubAnswer, HubState, Offer, Signed, Standing, Step, Subscription, Verified, ask_hub,
    judge_signature, offer, read_push,
};
