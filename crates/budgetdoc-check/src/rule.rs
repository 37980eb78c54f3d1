//! What a rule is, and the list of all rules.

use budgetdoc_core::lang::Lang;

use crate::examiner::Examiner;
use crate::prose::reader::ProseReader;
use crate::{Severity, figures, printed, prose};

/// A rule.
///
/// ```
/// use budgetdoc_core::lang::Lang;
/// let rule = budgetdoc_check::rule("A4").unwrap();
/// assert_eq!((rule.title(Lang::Zh), rule.severity), ("收入总计等于支出总计", budgetdoc_check::Severity::Error));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its stable id, such as `A5`.
    pub id: &'static str,
    /// What its gravest finding weighs, as docs/rules.md and `explain` print it.
    pub severity: Severity,
    /// Its title in Chinese and English.
    pub title: (&'static str, &'static str),
    /// Why it holds and what it compares, in Chinese and English.
    pub explanation: (&'static str, &'static str),
    /// Lines of a spec that break it, as `explain` prints them.
    pub wrong: &'static str,
    /// The same lines as they should be.
    pub right: &'static str,
    /// What it does, in order.
    pub(crate) checks: &'static [Check],
}

/// A function of a rule. One that reads text is given no way to report an error.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Check {
    /// Compares data.
    Figures(fn(&mut Examiner)),
    /// Reads text.
    Prose(fn(&mut ProseReader)),
    /// Guesses at the meaning of words: its findings are reported only on request.
    Guess(fn(&mut ProseReader)),
}

impl Rule {
    /// Returns its title in `lang`.
    pub fn title(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.title.0,
            Lang::En => self.title.1,
        }
    }

    /// Returns its explanation in `lang`.
    pub fn explanation(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.explanation.0,
            Lang::En => self.explanation.1,
        }
    }
}

/// Every rule, in the order of ids.
const RULES: &[&Rule] = &[
    &figures::a01_income::RULE,
    &figures::a02_total_income::RULE,
    &figures::a03_total_expenditure::RULE,
    &figures::a04_balance::RULE,
    &figures::a05_subject_tree::RULE,
    &figures::a06_kinds::RULE,
    &figures::a07_procurement::RULE,
    &figures::a08_three_public::RULE,
    &figures::a09_basic_categories::RULE,
    &figures::a10_performance_money::RULE,
    &figures::a11_codes::RULE,
    &figures::a12_schedules::RULE,
    &figures::a13_indicators::RULE,
    &figures::a14_products::RULE,
    &figures::b01_income_table::RULE,
    &figures::b02_expenditure_table::RULE,
    &figures::b03_kinds_across_tables::RULE,
    &figures::b04_appropriation_balance::RULE,
    &figures::b05_budget_tables::RULE,
    &figures::b06_subjects_across_tables::RULE,
    &figures::b07_one_budget::RULE,
    &figures::b08_three_public_by_economic::RULE,
    &prose::b09_operating_funds::RULE,
    &prose::b10_project_names::RULE,
    &figures::b11_funds::RULE,
    &figures::b12_units::RULE,
    &figures::b13_last_year::RULE,
    &prose::c01_typed_amounts::RULE,
    &prose::c02_direction::RULE,
    &prose::c03_zero_base::RULE,
    &figures::c04_missing_reasons::RULE,
    &prose::c05_shares::RULE,
    &prose::c06_counts::RULE,
    &prose::c07_targets::RULE,
    &prose::c08_empty_tables::RULE,
    &prose::c09_years::RULE,
    &prose::c10_own_name::RULE,
    &prose::c11_money_units::RULE,
    &prose::c12_references::RULE,
    &prose::c13_terms::RULE,
    &figures::c14_unfilled::RULE,
    &prose::c15_items_and_projects::RULE,
    &figures::c16_complete::RULE,
    &figures::c17_dates::RULE,
    &prose::c18_typography::RULE,
    &prose::c19_slips::RULE,
    &prose::c20_subject_names::RULE,
    &figures::c21_needed_keys::RULE,
    &figures::c22_cut_off::RULE,
    &prose::c23_joints::RULE,
    &figures::c24_plausible::RULE,
    &figures::c25_charts::RULE,
    &printed::d01_columns::RULE,
    &printed::d02_levels::RULE,
    &printed::d03_totals::RULE,
    &printed::d04_sides::RULE,
    &printed::d05_changes::RULE,
    &printed::d06_tables::RULE,
    &printed::d07_sentences::RULE,
    &figures::s01_entries::RULE,
];

/// Returns every rule, in the order of ids.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// Returns the rule of that id; none if there is none.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
