//! WebSub (W3C Recommendation of 2018): a hub tells us of news before we ask. Who offers one, what is agreed with it, and
//! whether what it sends is its own.

mod account;
mod ask;
mod offer;
mod push;
mod signature;
mod subscription;

pub use account::HubState;
pub use ask::{HubAnswer, ask_hub};
pub use offer::{Offer, offer};
pub use push::read_push;
pub use signature::{Signed, judge_signature};
pub use subscription::{Callback, Doubt, Standing, Step, Subscription, Verified};
