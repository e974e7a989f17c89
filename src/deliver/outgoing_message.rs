//! What a receiver is sent: one alert, a digest or a notice, under one id.

use jiff::Timestamp;

use crate::alert::{Alert, AlsoIn, DeliveryId, Message};

/// What is sent under one id: one delivery, or the deliveries of a digest.
#[derive(Debug, Clone, PartialEq)]
pub struct OutgoingMessage {
    /// The delivery's id, or the digest's.
    pub id: DeliveryId,
    pub receiver: String,
    pub address: String,
    pub message: Message,
    /// The alerts in it with their other sources, in the order of the message's paragraphs; empty for a notice.
    pub alerts: Vec<(Alert, AlsoIn)>,
    /// When the first of it was raised: the date of the message, the same at every attempt.
    pub raised: Timestamp,
}
