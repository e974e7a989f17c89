//! Arguments, the configuration folder, the log, and the way to each command.

mod args;
mod config_path;
mod home;
mod log;
mod start;

pub use args::{Alerts, Db, Deliveries, Explain, Feeds, Forgotten};
pub use config_path::{
    EXIT_CONFIGURATION, NOTHING_YET, checked_configuration, configuration, configuration_or_last, open_beside, origin,
    reader,
};
pub use home::{Home, Homes};
pub use start::main;
