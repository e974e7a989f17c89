//! What is read, recognised and grouped, measured on test data of other projects: `cargo bench --bench corpora -- feeds`.
//!
//! The data is not part of the project (but for `articles`, `towns`, `languages` and `roles`): its folder is `../shared/corpora`, or what `WIREWATCH_CORPORA` names. Where it is
//! absent, this says so and succeeds.

mod articles;
mod feeds;
mod fit;
mod languages;
mod pace;
mod places;
mod roles;
mod stories;
mod tally;
mod templates;
mod towns;

fn main() {
    let which: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let wanted = |name: &str| which.is_empty() || which.iter().any(|word| word == name);
    let mut met = true;
    // Its pages are the project's own.
    if wanted("articles") {
        met &= articles::measure();
    }
    if wanted("towns") {
        met &= towns::measure();
    }
    if wanted("languages") {
        met &= languages::measure();
    }
    if wanted("roles") {
        met &= roles::measure();
    }
    let folder = std::env::var_os("WIREWATCH_CORPORA").unwrap_or_else(|| "../shared/corpora".into());
    let folder = std::path::PathBuf::from(folder);
    if !folder.is_dir() {
        println!("no corpora in {}: nothing of them measured", folder.display());
        std::process::exit(i32::from(!met));
    }
    if wanted("feeds") || wanted("faults") {
        met &= feeds::measure(&folder);
    }
    if wanted("pace") {
        met &= pace::measure(&folder);
    }
    if wanted("stories") {
        met &= stories::measure(&folder);
    }
    if wanted("places") {
        met &= places::measure(&folder);
    }
    // Takes minutes, so that it is only done when asked for.
    if which.iter().any(|word| word == "fit") {
        met &= fit::measure(&folder, &which);
    }
    if !met {
        std::process::exit(1);
    }
}
