//! Entries grouped into stories, against groups made by hand: pairwise and B-cubed precision, recall and F1.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;
use wirewatch::alert::{PartialFingerprint, RecentStories};
use wirewatch_syndication::{Entry, EntryKey, derive_id};

/// A wrong merge is an alert that never comes.
const PRECISION_FLOOR: f64 = 0.99;

#[derive(Deserialize)]
struct Line {
    id: String,
    story: String,
    outlet: String,
    published: Timestamp,
    url: String,
    title: String,
    text: String,
}

impl Line {
    fn entry(&self) -> Entry {
        Entry {
            key: EntryKey(derive_id(&[&self.url])),
            id: None,
            title: self.title.clone(),
            link: Some(self.url.clone()),
            text: self.text.clone(),
            published: Some(self.published),
            updated: None,
            authors: Vec::new(),
            tags: Vec::new(),
            language: None,
            ..Entry::default()
        }
    }
}

/// Precision, recall, F1.
struct Score(f64, f64);

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.0 * self.1 / (self.0 + self.1)
    }
}

/// Prints the table; false where a floor is not met.
pub fn measure(folder: &Path) -> bool {
    let file = folder.join("stories/dev.jsonl");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("stories: {} is absent, nothing measured", file.display());
        return true;
    };
    let read: Result<Vec<Line>, _> = text.lines().map(serde_json::from_str).collect();
    let lines = match read {
        Ok(lines) => lines,
        Err(error) => {
            println!("stories: failed to read {}: {error}", file.display());
            return false;
        }
    };
    let begun = std::time::Instant::now();
    let mut stories = RecentStories::default();
    let mut by: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut first_title: HashMap<_, &Line> = HashMap::new();
    let groups: Vec<_> = lines
        .iter()
        .map(|line| {
            let feed = format!("https://{}/feed", line.outlet.replace(' ', "-").to_lowercase());
            let entry = line.entry();
            let sketch = PartialFingerprint::in_full(&entry, &feed, &line.outlet);
            let place = stories.gather(&entry, sketch, &feed, line.published);
            let first = *first_title.entry(place.story).or_insert(line);
            if first.id != line.id {
                let mark = format!("{:?}", place.joined);
                let counted = by
                    .entry(mark.split('(').next().unwrap_or_default().to_owned())
                    .or_default();
                counted.0 += 1;
                if first.story != line.story {
                    counted.1 += 1;
                    println!("  wrong ({mark}): “{}” in “{}”", line.title, first.title);
                }
            }
            place.story
        })
        .collect();
    let spent = begun.elapsed();
    let pairs = pairwise(&lines, &groups);
    let cubed = b_cubed(&lines, &groups);
    println!(
        "stories: {} entries, {} made by hand, {} found, {} µs an entry",
        lines.len(),
        count(lines.iter().map(|line| &line.story)),
        count(groups.iter()),
        spent.as_micros() / lines.len() as u128
    );
    println!("  {:10} {:>9} {:>9} {:>9}", "", "precision", "recall", "F1");
    for (name, score) in [("pairwise", &pairs), ("B-cubed", &cubed)] {
        println!("  {name:10} {:9.3} {:9.3} {:9.3}", score.0, score.1, score.f1());
    }
    for (mark, (joined, wrong)) in by {
        println!("  joined by {mark:10} {joined:4}, wrong {wrong}");
    }
    pairs.0 >= PRECISION_FLOOR && cubed.0 >= PRECISION_FLOOR
}

fn count<T: std::hash::Hash + Eq>(of: impl Iterator<Item = T>) -> usize {
    of.collect::<std::collections::HashSet<T>>().len()
}

fn pairwise<G: PartialEq>(lines: &[Line], groups: &[G]) -> Score {
    let (mut both, mut found, mut meant) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (at, line) in lines.iter().enumerate() {
        for (other, other_line) in lines.iter().enumerate().skip(at + 1) {
            let together = groups[at] == groups[other];
            let one_story = line.story == other_line.story;
            both += f64::from(together && one_story);
            found += f64::from(together);
            meant += f64::from(one_story);
        }
    }
    Score(if found == 0.0 { 1.0 } else { both / found }, both / meant)
}

/// Bagga and Baldwin 1998: precision and recall of each entry's own group, averaged.
fn b_cubed<G: PartialEq>(lines: &[Line], groups: &[G]) -> Score {
    let (mut precision, mut recall) = (0.0, 0.0);
    for (at, line) in lines.iter().enumerate() {
        let (mut both, mut found, mut meant) = (0.0, 0.0, 0.0);
        for (other, other_line) in lines.iter().enumerate() {
            let together = groups[at] == groups[other];
            let one_story = line.story == other_line.story;
            both += f64::from(together && one_story);
            found += f64::from(together);
            meant += f64::from(one_story);
        }
        precision += both / found;
        recall += both / meant;
    }
    let entries = lines.len() as f64;
    Score(precision / entries, recall / entries)
}
