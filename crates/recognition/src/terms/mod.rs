//! Terms: words, phrases, prefixes, stems and regular expressions that a watch looks for.

pub(crate) mod capitals;
pub(crate) mod forms;
pub(crate) mod options;
pub(crate) mod ordinary;
pub(crate) mod regular_expression;
pub(crate) mod spellings;
pub(crate) mod stem;
pub(crate) mod term;
pub(crate) mod term_list;
