//! What a poll leaves to its loop.

use std::sync::Arc;

use thiserror::Error;

use crate::feed::FeedState;
use crate::store::StoreError;

/// Only what must end the process: a feed that cannot be read is an outcome, not an error.
#[derive(Debug, Error)]
pub enum PollError {
    #[error("record a poll")]
    Store(#[from] StoreError),
    #[error("read an answer: the reading ended early")]
    Reading(#[from] tokio::task::JoinError),
}

/// What a poll leaves to its loop.
pub struct Polled {
    /// What is now remembered of the feed.
    pub memory: Arc<FeedState>,
    /// Nothing of it is new but its [`crate::feed::ScheduleUpdate`], which is left to be written together with others: nothing is lost with it.
    pub schedule_only: bool,
}

impl Polled {
    pub(crate) fn nothing(memory: Arc<FeedState>) -> Self {
        Self {
            memory,
            schedule_only: false,
        }
    }
}
