//! Articles behind the links of entries: how well they are found, and that one alert comes of feed and article together.

mod daemon;
mod score;

/// Prints what was found where a page is not read well: `cargo bench --bench corpora -- articles` prints all.
#[test]
fn articles_are_found_in_pages_of_many_kinds() {
    let scored = score::scored();
    assert!(scored.len() >= 12, "{} pages", scored.len());
    for page in &scored {
        assert!(page.f1() >= 0.9, "{}: F1 {:.3}\n{}", page.name, page.f1(), page.found);
    }
    let mean = scored.iter().map(score::Scored::f1).sum::<f64>() / scored.len() as f64;
    assert!(mean >= 0.97, "mean F1 {mean:.3}");
}

#[test]
fn an_article_whose_tag_list_says_mali_does_not_match_by_its_tags() {
    let mali = ["mali", "malí", "مالي", "мали", "马里"];
    for page in score::scored() {
        // As words: "الشمالي" (northern) ends with the country's name.
        let found: Vec<String> = page
            .found
            .to_lowercase()
            .split(|letter: char| !letter.is_alphanumeric())
            .map(str::to_owned)
            .collect();
        let whole = String::from_utf8_lossy(&page.page).to_lowercase();
        if page.name != "chinese" && page.name != "liveblog" && page.name != "aspnet" {
            assert!(
                mali.iter().any(|name| whole.contains(name)),
                "{} has no tag to fall for",
                page.name
            );
        }
        for name in mali {
            assert!(
                !found.iter().any(|word| word == name),
                "{} keeps “{name}”:\n{}",
                page.name,
                page.found
            );
        }
    }
}
