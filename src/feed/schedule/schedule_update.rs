//! What every poll changes of a feed, even one that brings nothing: when it was asked and when it is asked next. Kept by
//! itself, it spares the store the rest. Pure.

use std::sync::Arc;

use jiff::Timestamp;

use super::next_poll::NextPoll;
use crate::feed::state::FeedState;

#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleUpdate {
    pub next: NextPoll,
    pub last_polled: Option<Timestamp>,
    pub last_read: Option<Timestamp>,
    pub answer_millis: Vec<u32>,
}

impl ScheduleUpdate {
    pub fn of(memory: &FeedState) -> Self {
        Self {
            next: memory.next,
            last_polled: memory.last_polled,
            last_read: memory.last_read,
            answer_millis: memory.answer_millis.clone(),
        }
    }

    /// Brings what is remembered of the same feed up to date.
    pub fn renew(self, memory: &mut FeedState) {
        let Self {
            next,
            last_polled,
            last_read,
            answer_millis,
        } = self;
        (memory.next, memory.last_polled, memory.last_read) = (next, last_polled, last_read);
        memory.answer_millis = answer_millis;
    }

    /// The same where it is shared; without a copy where nobody else holds it.
    pub fn renewing(self, mut memory: Arc<FeedState>) -> Arc<FeedState> {
        self.renew(Arc::make_mut(&mut memory));
        memory
    }

    /// Whether nothing but its turn is new of a feed. `now` is changed for the comparison and is then as it was.
    pub fn is_all_that_changed(before: &FeedState, now: &mut FeedState) -> bool {
        let turn = Self::of(now);
        Self::of(before).renew(now);
        let same = before == now;
        turn.renew(now);
        same
    }
}
