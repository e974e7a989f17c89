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
    /// The least that its inhabitants count.
    division_least = 5.0,
    /// Added to a second-level division.
    district = -1.0,
    /// Added to the capital of a country.
    capital = 1.0,

    // Before the text is read: what sort of name it is.
    /// Taken off a town or division whose name in another language or spelling it is, in an English text.
    alternate = 1.2,
    /// The same in other languages, in which such names are what newspapers write: Tombuctú, Кидаль.
    alternate_elsewhere = 0.4,
    /// Taken off for a name that is no longer in use.
    former = 1.0,
    /// Taken off for a division's name that says nothing without its country: Central.
    generic = 2.5,
    /// Taken off a country for a rare name (Columbia) that is the usual name of a place of `usual` or more.
    rare_country = 3.5,
    /// The size from which a place has its name for usual.
    usual = 4.0,

    // What the text says.
    /// For the votes of other names for the country: times the logarithm of 1 and the votes.
    others = 1.5,
    /// The most that the logarithm counts.
    others_most = 2.2,
    /// For votes that places in a division give to the division itself, as above, at most twice.
    division_of_others = 1.6,
    /// For votes of other places in the division that a town lies in, as above, at most twice.
    same_division = 0.4,
    /// A town of ten times the people is 10 to this power times as likely meant, where its name votes.
    sharpness = 0.7,

    // What is known of the feed, the language and the watchlist.
    /// For a place in the country that the feed reports from.
    feed = 2.0,
    /// For a place in a country where newspapers are written in the language of the text.
    language = 0.5,
    /// For a place that the watchlist picks.
    picked = 2.0,
    /// Taken off a country where the text speaks of nothing abroad and the feed's own has a town of the name.
    namesake = 1.5,
    /// The size from which such a town counts.
    at_home = 4.2,

    // How sure the decision is, 0 to 1.
    /// Where nothing is in doubt.
    certain = 0.95,
    /// Where the best sense of another country scores the same.
    even = 0.6,
    /// Added for each power of ten that it scores less.
    lead = 0.2,
    /// Of a people's name.
    demonym = 0.6,
    /// Of a small place that counts for its name alone.
    barely = 0.55,
    /// Of a small place that needs a second sign and has none.
    small_alone = 0.35,
    /// Times the confidence where something speaks against a name, with another sign for it.
    supported = 0.75,
    /// The same without one.
    doubted = 0.5,

    // Which places are small, so that they need a second sign.
    /// A town below this size.
    small_town = 5.3,
    /// A first-level division below this one.
    small_division = 5.7,
    /// A capital under another name than its own, below this one.
    small_capital = 5.0,
    /// The votes of other names that are a second sign.
    gate = 0.4,
    /// The size from which a small place counts alone where its name leaves no doubt of its country.
    alone = 4.0,
    /// How far behind the best sense of another country must be for that, after “in”.
    alone_lead = 0.8,
}
