//! The article behind an entry's link: when it is opened, what of the page is its text, and whether that is better than
//! what the feed gave.

mod ask;
mod fate;
mod judge;
mod robots;
mod wanted;

pub use ask::{Page, RobotsFile, ask_page, ask_robots};
pub use fate::ArticleFate;
pub use judge::{Unopened, read_article, without_page};
pub use robots::Robots;
pub use wanted::{Retry, after_failure, article_link};
