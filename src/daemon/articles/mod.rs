//! The article loop, by the rules of each site.

mod article_loop;
mod hosts;
mod pages;
mod site;

pub use article_loop::{ArticleError, articles};
pub use hosts::Hosts;
pub use site::{site_of, site_of_host};
