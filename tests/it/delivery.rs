//! Deliveries over real connections: what arrives, and what a fault on the way comes to.

mod console;
mod faults;
mod hostile;
mod letters;
mod messages;
mod webhooks;
