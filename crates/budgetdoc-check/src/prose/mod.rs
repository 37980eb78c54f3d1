//! Readings of text: what sentences state, compared with the data. A reading is a guess, so none reports an error: a rule
//! here is given a [`ProseReader`](reader::ProseReader), which has no way to.

pub(crate) mod b09_operating_funds;
pub(crate) mod b10_project_names;
pub(crate) mod budget_figures;
pub(crate) mod c01_typed_amounts;
pub(crate) mod c02_direction;
pub(crate) mod c03_zero_base;
pub(crate) mod c04_reasons;
pub(crate) mod c05_shares;
pub(crate) mod c06_counts;
pub(crate) mod c07_targets;
pub(crate) mod c08_empty_tables;
pub(crate) mod c09_years;
pub(crate) mod c10_own_name;
pub(crate) mod c11_money_units;
pub(crate) mod c12_references;
pub(crate) mod c13_terms;
pub(crate) mod c14_placeholders;
pub(crate) mod c15_items_and_projects;
pub(crate) mod c18_typography;
pub(crate) mod c19_slips;
pub(crate) mod c20_subject_names;
pub(crate) mod c23_joints;
pub(crate) mod chinese_numerals;
pub(crate) mod figure_index;
pub(crate) mod marks;
pub(crate) mod numbers;
pub(crate) mod parsed_passage;
pub(crate) mod project_names;
pub(crate) mod reader;
pub(crate) mod reason_words;
pub(crate) mod statement;
pub(crate) mod trie;
pub(crate) mod word_list;
