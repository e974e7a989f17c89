//! Normalise and match: texts against 10 to 100,000 terms, documents against 10,000 and 100,000 watches; beside them a
//! naive peer, aho-corasick over the lower-cased text, which finds Mali in malicious and no Ségou in Segou.

use std::hint::black_box;
use std::time::Instant;

use aho_corasick::AhoCorasick;
use criterion::{BenchmarkId, Criterion, Throughput};
use wirewatch::watch::{Document, HowClose, Level, LookIn, Term, Watch, Watchlist, fold};

use crate::news;

pub fn measure(criterion: &mut Criterion) {
    let articles = news::articles(500);
    normalise(criterion, &articles);
    terms(criterion, &articles);
    watches(criterion, &articles);
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

fn watches(criterion: &mut Criterion, articles: &[String]) {
    let mut group = criterion.benchmark_group("watches of five alternatives");
    group
        .throughput(Throughput::Elements(articles.len() as u64))
        .sample_size(20);
    for count in [10_000, 100_000] {
        let watches = (0..count)
            .map(|number| {
                let names: Vec<String> = (0..5).map(|alternative| news::name(number * 5 + alternative)).collect();
                let mut watch = watch(&names);
                if number % 2 == 0 {
                    watch.together_with = parsed(&["attack*".into(), "ambush*".into(), "attaqu*".into()]);
                    watch.how_close = HowClose::SameParagraph;
                }
                watch
            })
            .collect();
        let list = compile(watches);
        group.bench_with_input(BenchmarkId::new("wirewatch", count), &list, |bench, list| {
            bench.iter(|| {
                for article in articles {
                    black_box(list.examine(document(article)));
                }
            });
        });
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

fn parsed(written: &[String]) -> Vec<Term> {
    written
        .iter()
        .map(|term| Term::parse(term).expect("a name is a term"))
        .collect()
}

pub fn watch(names: &[String]) -> Watch {
    Watch {
        name: "watch".into(),
        title: "Watch".into(),
        level: Level::Normal,
        tell: Vec::new(),
        find: parsed(names),
        together_with: Vec::new(),
        how_close: HowClose::SameArticle,
        but_not: Vec::new(),
        look_in: LookIn::TitleAndText,
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
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches(" kB").parse::<u64>().ok()
    };
    match (field("VmRSS:"), field("VmHWM:")) {
        (Some(now), Some(peak)) => format!("; the process holds {} MB, at most {} MB", now / 1024, peak / 1024),
        _ => String::new(),
    }
}
