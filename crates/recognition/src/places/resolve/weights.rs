//! The weights that decide which place a name means, in one table. `cargo bench --bench corpora -- fit` tunes them and
//! prints what each is worth.
//!
//! Scores are powers of ten of inhabitants: a sense that gains 1.0 goes before a rival of ten times its people.

/// Declares the table once: the struct, its usual values, and access by number for whoever tunes them.
macro_rules! weights {
    ($($(#[doc = $doc:literal])+ $name:ident = $value:literal,)+) => {
        /// The weights of the decision between places of one name.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct SenseWeights {
            $($(#[doc = $doc])+ pub $name: f64,)+
        }

        impl SenseWeights {
            pub const DEFAULT: Self = Self { $($name: $value,)+ };
            /// The names of the weights, in the order of the table.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// The weight of a number in [`Self::NAMES`]; `None` above the last.
            pub fn nth(&mut self, number: usize) -> Option<&mut f64> {
                [$(&mut self.$name),+].into_iter().nth(number)
            }
        }
    };
}

impl SenseWeights {
    /// Those of the weights that are confidences or parts of them, from 0 to 1, and no powers of ten.
    pub const CONFIDENCES: [&'static str; 9] = [
        "certain",
        "even",
        "even_countries",
        "lead",
        "demonym",
        "barely",
        "small_alone",
        "supported",
        "doubted",
    ];
}

weights! {
    // Before the text is read: how large a place is.
    /// Of a country, in place of its inhabitants: above every town.
    country = 9.4,
    /// Of a continent.
    continent = 9.0,
    /// Of a region of several countries.
    region = 8.5,
    /// Of a part of a country that is called a country.
    constituent = 8.0,
    /// Added to a first-level division, whose inhabitants are those of its towns.
    division = 0.4,
    /// Taken off a first-level division where the name may mean a town, too.
    division_behind = 2.0,
    /// The least that its inhabitants count.
    division_least = 5.0,
    /// Added to a second-level division.
    district = -1.0,
    /// Added to the capital of a country.
    capital = 0.5,

    // Before the text is read: what sort of name it is.
    /// Taken off a town or division whose name in another language or spelling it is, in an English text.
    alternate = 1.4,
    /// The same in other languages, in which such names are what newspapers write: Tombuctú, Кидаль.
    alternate_elsewhere = 0.1,
    /// Taken off for a name that is no longer in use.
    former = 1.0,
    /// Taken off for a division's name that says nothing without its country: Central.
    generic = 2.5,
    /// Taken off a country for a rare name (Columbia) that is the usual name of a place of `usual` or more.
    rare_country = 4.4,
    /// The same for a capital: Kita is not Quito where a town is called so.
    rare_capital = 3.6,
    /// The same for a town, district or division.
    rare_place = 1.6,
    /// Taken off a place that is written without the accents of the text, or with others.
    spelling = 2.0,
    /// The size from which a place has its name for usual.
    usual = 4.0,

    // What the text says.
    /// For the votes of other names for the country: times the logarithm of 1 and the votes.
    others = 1.9,
    /// The most that the logarithm counts.
    others_most = 2.2,
    /// For votes that places in a division give to the division itself, as above, at most twice.
    division_of_others = 1.6,
    /// For votes of other places in the division that a town lies in, as above, at most twice.
    same_division = 0.4,
    /// Times the votes of a people's name.
    people = 0.6,
    /// A town of ten times the people is 10 to this power times as likely meant, where its name votes.
    sharpness = 0.9,

    /// For a country that is named in the sentence of the name, or a division of it.
    in_sentence = 2.0,
    /// The same for its people, who often are abroad: Israeli strikes in Gaza.
    people_in_sentence = 1.0,
    /// For a country that is named in the title, where the name stands in the text.
    in_title = 1.0,
    /// The same for its people.
    people_in_title = 0.5,
    /// For a country that is named anywhere, times its share of all names of countries and peoples.
    anywhere = 1.4,
    /// For the country of a group that the text names.
    group = 1.5,
    /// For another country in which it acts.
    group_abroad = 0.8,
    /// The most that all of these and the votes of others are worth together: no hamlet goes before a capital for its
    /// country alone.
    evidence_most = 2.8,
    /// Times all of these but the votes where the name can mean a country itself: Norway is no town in Maine.
    itself_country = 0.3,

    // What is known of the feed, the language and the watchlist.
    /// For a place in the country that the feed reports from.
    feed = 2.4,
    /// For a place in a country where newspapers are written in the language of the text.
    language = 0.5,
    /// For a place that the watchlist picks.
    picked = 2.0,
    /// Taken off a country where the text speaks of nothing abroad and the feed's own has a town of the name.
    namesake = 2.2,
    /// The same of a town or division abroad: Paris in Texas.
    namesake_town = 0.5,
    /// The size from which such a town counts.
    at_home = 4.2,

    // How sure the decision is, 0 to 1.
    /// Where nothing is in doubt.
    certain = 0.95,
    /// Where the best sense of another country scores the same.
    even = 0.39,
    /// The same of two countries of one name: Congo.
    even_countries = 0.6,
    /// Added for each power of ten that it scores less.
    lead = 0.4,
    /// Of a people's name.
    demonym = 0.6,
    /// Of a small place that counts for its name alone.
    barely = 0.55,
    /// Of a small place that needs a second sign and has none.
    small_alone = 0.35,
    /// Of a name that belongs to the publisher's, at most.
    publisher = 0.3,
    /// Times the confidence where something speaks against a name, with another sign for it.
    supported = 0.75,
    /// The same without one.
    doubted = 0.5,

    // Which places are small, so that they need a second sign.
    /// A town below this size.
    small_town = 5.1,
    /// A first-level division below this one.
    small_division = 5.3,
    /// A capital under another name than its own, below this one.
    small_capital = 5.0,
    /// The votes of other names that are a second sign.
    gate = 0.4,
    /// The size from which a small place counts alone where its name leaves no doubt of its country.
    alone = 4.0,
    /// How far behind the best sense of another country must be for that, after “in”.
    alone_lead = 0.6,
    /// The same elsewhere.
    alone_lead_anywhere = 1.5,
}
