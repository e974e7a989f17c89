//! How well articles are found in pages whose text is known: the pages in `fixtures/articles`, written for this.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use wirewatch_syndication::{extract, page_text};

/// One page and what was found of its article.
pub struct Scored {
    pub name: String,
    pub page: Vec<u8>,
    pub found: String,
    /// Words of the article that were found, and words found that are the article's, 0 to 1.
    pub recall: f64,
    pub precision: f64,
}

impl Scored {
    pub fn f1(&self) -> f64 {
        match self.recall + self.precision {
            0.0 => 0.0,
            sum => 2.0 * self.recall * self.precision / sum,
        }
    }
}

/// Every page, by name.
pub fn scored() -> Vec<Scored> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/articles");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    pages.sort();
    pages.into_iter().map(|path| score(&path)).collect()
}

fn score(path: &Path) -> Scored {
    let page = std::fs::read(path).unwrap();
    let known = std::fs::read_to_string(path.with_extension("txt")).unwrap();
    let found = extract(&page_text(&page, Some("text/html")), None).unwrap_or_default();
    let (mine, theirs) = (words(&found), words(&known));
    let shared: usize = theirs
        .iter()
        .map(|(word, count)| (*count).min(mine.get(word).copied().unwrap_or(0)))
        .sum();
    let share = |of: &HashMap<String, usize>| shared as f64 / of.values().sum::<usize>().max(1) as f64;
    Scored {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        recall: share(&theirs),
        precision: share(&mine),
        page,
        found,
    }
}

/// How often each word stands in a text; a Chinese character is a word.
fn words(text: &str) -> HashMap<String, usize> {
    let mut count = HashMap::new();
    for run in text
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|run| !run.is_empty())
    {
        let chinese = run.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        match chinese {
            true => run
                .chars()
                .for_each(|letter| *count.entry(letter.to_string()).or_default() += 1),
            false => *count.entry(run.to_owned()).or_default() += 1,
        }
    }
    count
}
