//! Normalise and match: texts against 10 to 100,000 terms, beside them a
//! naive peer, aho-corasick over the lower-cased text, which finds Mali in malicious and no Ségou in Segou.

use std::time::Instant;

use aho_corasick::AhoCorasick;
use criterion::{BenchmarkId, Criterion, Throughput};
use wirewatch_recognition::{Document, Term, TermList, Watch, Watchlist, fold};

use crate::news;

pub fn measure(criterion: &mut Criterion) {
    let articles = news::articles(500);
    normalise(criterion, &articles);
    terms(criterion, &articles);
}

fn bytes(articles: &[String]) -> Throughput {
    Throughput::Bytes(articles.iter().map(|article| article.len() as u64).sum())
}

fn normalise(criterion: &mut Criterion, articles: &[String]) {
    let mut group = criterion.benchmark_group("normalise");
    group.throughput(bytes(articles)).sample_size(20);
    group.bench_function("wirewatch", |bench| {
        bench.iter(|| articles.iter().map(|article| fold(article).len()).sum::<usize>());
    });
    group.bench_function("lower case alone", |bench| {
        bench.iter(|| {
            articles
                .iter()
                .map(|article| article.to_lowercase().len())
                .sum::<usize>()
        });
    });
    group.finish();
}

fn terms(criterion: &mut Criterion, articles: &[String]) {
    let mut group = criterion.benchmark_group("match");
    group.throughput(bytes(articles)).sample_size(20);
    for count in [10, 1_000, 100_000] {
        let names: Vec<String> = (0..count).map(news::name).collect();
        let list = compile(vec![watch(&names)]);
        group.bench_with_input(BenchmarkId::new("wirewatch", count), &list, |bench, list| {
            bench.iter(|| {
                articles
                    .iter()
                    .map(|article| list.examine(document(article)).mentions.len())
                    .sum::<usize>()
            });
        });
        let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let peer = AhoCorasick::new(&lower).expect("the names compile");
        group.bench_with_input(
            BenchmarkId::new("aho-corasick over lower case", count),
            &peer,
            |bench, peer| {
                bench.iter(|| {
                    articles
                        .iter()
                        .map(|article| peer.find_overlapping_iter(&article.to_lowercase()).count())
                        .sum::<usize>()
                });
            },
        );
    }
    group.finish();
}

fn document(text: &str) -> Document<'_> {
    Document {
        title: "Army reports fighting near the border",
        text,
        ..Document::default()
    }
}

fn parsed(written: &[String]) -> TermList {
    written
        .iter()
        .map(|term| Term::parse(term).expect("a name is a term"))
        .collect()
}

pub fn watch(names: &[String]) -> Watch {
    Watch {
        name: "watch".into(),
        find: parsed(names),
        ..Watch::default()
    }
}

/// Compiles, and says how long it took and what the process holds (where the system tells).
pub fn compile(watches: Vec<Watch>) -> Watchlist {
    let terms: usize = watches
        .iter()
        .map(|watch| watch.find.len() + watch.together_with.len())
        .sum();
    let count = watches.len();
    let before = Instant::now();
    let list = Watchlist::compile(watches).expect("the names compile");
    let took = before.elapsed().as_millis();
    println!("compiled {count} watches of {terms} terms in {took} ms{}", memory());
    list
}

fn memory() -> String {
    match (held("VmRSS:"), held("VmHWM:")) {
        (Some(now), Some(peak)) => format!("; the process holds {now} MB, at most {peak} MB"),
        _ => String::new(),
    }
}

/// MB that the process holds (`VmRSS:`) or held at most (`VmHWM:`), where the system tells.
pub fn held(field: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    let kilobytes = line.trim().trim_end_matches(" kB").parse::<u64>().ok()?;
    Some(kilobytes / 1024)
}
