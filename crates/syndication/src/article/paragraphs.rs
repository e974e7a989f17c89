//! Removes paragraphs between those of an article that belong to the page: "Read also: …", "Tags: …".

/// The beginnings of such paragraphs in small letters. One that ends in `:` needs a colon there, or nothing after.
const LEADS: &[&str] = &[
    // English
    "tags:",
    "tagged:",
    "topics:",
    "keywords:",
    "filed under",
    "posted in:",
    "related:",
    "related articles",
    "related stories",
    "related topics",
    "read more:",
    "read also",
    "also read",
    "read next",
    "see also:",
    "more on this:",
    "more on this story",
    "share this",
    "follow us on",
    "sign up for",
    "subscribe to our",
    "all rights reserved",
    "advertisement:",
    "most read:",
    "recommended:",
    "you may also like",
    // French
    "mots-clés",
    "mots clés",
    "étiquettes:",
    "etiquettes:",
    "thèmes:",
    "lire aussi",
    "à lire aussi",
    "a lire aussi",
    "lire également",
    "à lire également",
    "à lire:",
    "lire la suite",
    "voir aussi:",
    "sur le même sujet",
    "dans la même rubrique",
    "partager cet article",
    "suivez-nous sur",
    "abonnez-vous",
    "inscrivez-vous à",
    "publicité:",
    "tous droits réservés",
    "les plus lus:",
    "articles similaires",
    // Spanish, Portuguese, German, Italian
    "etiquetas:",
    "temas:",
    "lea también",
    "leer también",
    "te puede interesar",
    "más información:",
    "leia também",
    "leia mais:",
    "palavras-chave",
    "schlagwörter",
    "schlagworte",
    "mehr zum thema",
    "lesen sie auch",
    "leggi anche",
    // Arabic, Persian, Russian, Turkish, Swahili, Hausa
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "اقرأ ايضا",
    "اقرأ المزيد",
    "مواضيع ذات صلة",
    "الكلمات المفتاحية",
    "كلمات مفتاحية",
    "وسوم",
    "الوسوم",
    "بیشتر بخوانید",
    "читайте также",
    "теги:",
    "по теме:",
    "etiketler",
    "ilgili haberler",
    "soma pia",
    "karanta kuma",
];

/// Longer paragraphs are kept whatever their beginning.
const SHORT: usize = 240;

/// Returns the text without such paragraphs.
pub(crate) fn own_paragraphs(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for paragraph in text
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
    {
        // A caption is often written twice: as text and as the picture's description.
        if !is_lead(paragraph) && kept.last() != Some(&paragraph) {
            kept.push(paragraph);
        }
    }
    kept.join("\n\n")
}

fn is_lead(paragraph: &str) -> bool {
    if paragraph.chars().nth(SHORT).is_some() {
        return false;
    }
    let lower = paragraph.to_lowercase();
    let lower = lower.trim_start_matches(|char: char| !char.is_alphanumeric());
    LEADS.iter().any(|lead| match lead.strip_suffix(':') {
        None => lower.starts_with(lead),
        Some(word) => lower.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with([':', '：', '|', '»'])
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_page_is_left_out_and_what_only_sounds_so_stays() {
        let table = [
            ("tags", "Tags: Mali, Niger, Burkina Faso", true),
            ("tags after a French colon", "Tags : Mali, Niger", true),
            (
                "a bullet before it",
                "» Lire aussi : Mali, la junte promet des élections",
                true,
            ),
            ("Arabic", "اقرأ أيضًا: مالي تعلن الحداد", true),
            ("a heading alone", "Topics", true),
            (
                "a sentence that begins so",
                "Tags on the wall of the school named the Mali group.",
                false,
            ),
            (
                "another",
                "Related attacks were reported in Mali, the army said.",
                false,
            ),
            (
                "a long one",
                &format!("Read also {}", "the whole story. ".repeat(30)),
                false,
            ),
        ];
        for (case, paragraph, left_out) in table {
            let text = own_paragraphs(&format!("First.\n\n{paragraph}\n\nLast."));
            assert_eq!(!text.contains(paragraph.trim()), left_out, "{case}");
            assert!(text.starts_with("First.\n\n") && text.ends_with("Last."), "{case}");
        }
    }
}
