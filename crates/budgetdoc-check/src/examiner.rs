//! The input of rules, the budget and its sentences, and the record of their comparisons and findings.

use std::cell::OnceCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

use crate::prose::figure_index::FigureIndex;
use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::reader::ProseReader;
use crate::prose::statement::{self, Reading};
use crate::rule::Check;
use crate::{
    Agreement, Companions, ComparedFigure, Comparison, Examination, Finding, Proof, Rule, Severity, printed_sentences,
    prove, rules, suppression,
};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{Composition, PassageKind, Prose};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::{AmountFormat, Money};
use budgetdoc_core::numerals::{TableNumber, table_label};
use budgetdoc_core::spec::Precision;
use budgetdoc_document::{Place, PlaceRange};

/// One run of all rules over a budget.
pub(crate) struct Examiner<'a> {
    pub budget: &'a Budget,
    pub companions: &'a Companions,
    composition: &'a Composition<'a>,
    /// Every paragraph that is printed, and the words of tables that the spec gives.
    pub prose: &'a Prose<'a>,
    /// The passages of it with their numbers.
    pub passages: &'a [ParsedPassage<'a>],
    figures: OnceCell<Rc<FigureIndex>>,
    proof: OnceCell<Rc<TableProof<'a>>>,
    reading: OnceCell<Rc<Reading>>,
    rule: &'static Rule,
    looked_at: usize,
    record: Examination,
    findings: Vec<Finding>,
}

/// The proof of the printed tables, and their ids.
pub(crate) struct TableProof<'a> {
    pub tables: Vec<&'a str>,
    pub proof: Proof,
}

/// Two figures to be compared and what to say if they disagree.
pub(crate) struct FigurePair {
    /// A name that stays the same from run to run, as [`Finding::about`]: the key of the spec and the id in it.
    pub about: String,
    /// The figure, or the part; a finding points at its first row.
    pub left: ComparedFigure,
    /// What it must equal, or the whole.
    pub right: ComparedFigure,
    /// How many amounts were rounded on their own on the way to both sides together, less one.
    pub count: usize,
    /// What to do, in Chinese and English.
    pub help: (&'static str, &'static str),
}

impl<'a> Examiner<'a> {
    pub fn new(
        composition: &'a Composition<'a>,
        companions: &'a Companions,
        passages: &'a [ParsedPassage<'a>],
    ) -> Self {
        Examiner {
            budget: composition.budget,
            companions,
            composition,
            prose: &composition.prose,
            passages,
            figures: OnceCell::new(),
            proof: OnceCell::new(),
            reading: OnceCell::new(),
            rule: rules()[0],
            looked_at: 0,
            record: Examination::default(),
            findings: Vec::new(),
        }
    }

    /// Applies all rules, one after the other.
    pub fn examine(mut self) -> Examination {
        for rule in rules() {
            self.rule = rule;
            self.looked_at = 0;
            for check in rule.checks {
                match check {
                    Check::Figures(check) => check(&mut self),
                    Check::Prose(check) => check(&mut ProseReader::new(&mut self)),
                    Check::Guess(check) => self.guess(*check),
                }
            }
            self.gather_rounding();
            self.record.findings.append(&mut self.findings);
            self.record.looked_at.push((rule.id, self.looked_at));
        }
        if let Some(reading) = self.reading.get() {
            self.record.statements = reading.compared.clone();
            self.record.only_amounts = reading.only_amounts;
            self.record.unbound = reading.unbound.iter().map(|unbound| unbound.words.clone()).collect();
        }
        suppression::apply(self.budget, &mut self.record);
        self.record
    }

    /// Applies a check that guesses, and keeps what it finds apart.
    fn guess(&mut self, check: fn(&mut ProseReader)) {
        let (findings, looked_at) = (std::mem::take(&mut self.findings), self.looked_at);
        check(&mut ProseReader::new(self));
        self.looked_at = looked_at;
        self.record.guesses.append(&mut std::mem::replace(&mut self.findings, findings));
    }

    /// Returns the figures of the budget that a text may state, gathered when the first rule asks for them.
    pub fn budget_figures(&self) -> Rc<FigureIndex> {
        Rc::clone(self.figures.get_or_init(|| FigureIndex::of(self.budget).into()))
    }

    /// Returns the proof of the printed tables, made when the first rule asks for it. It is empty for a budget that does
    /// not compose; composing reports why.
    pub fn proof_of_tables(&self) -> Rc<TableProof<'a>> {
        Rc::clone(self.proof.get_or_init(|| {
            let (mut tables, printed): (Vec<_>, Vec<_>) = self.composition.tables().unzip();
            let mut proof = prove(printed, &printed_sentences(self.budget, self.prose));
            // Tables of a unit agree with each other; those of the department have other figures.
            for unit in 0..self.budget.spec.department.units.len() {
                let (own, printed): (Vec<_>, Vec<_>) = self.composition.tables_of(Some(unit)).unzip();
                if !own.is_empty() {
                    proof.append(prove(printed, &[]), tables.len());
                    tables.extend(own);
                }
            }
            Rc::new(TableProof { tables, proof })
        }))
    }

    /// Returns whether an earlier rule found two figures with this difference.
    pub fn has_difference(&self, gap: Money) -> bool {
        self.record.findings.iter().any(|finding| finding.difference == Some(gap))
    }

    /// Returns whether an earlier rule found figures that contradict each other by an amount within these bounds.
    pub fn is_off_by(&self, bounds: RangeInclusive<Money>) -> bool {
        let mut errors = self.record.findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors.any(|error| error.difference.is_some_and(|difference| bounds.contains(&difference)))
    }

    /// Returns whether an earlier rule found an error about a part of the spec whose name begins with `about`.
    pub fn has_error(&self, rule: &str, about: &str) -> bool {
        let is_meant = |finding: &&Finding| finding.rule == rule && finding.severity == Severity::Error;
        self.record.findings.iter().filter(is_meant).any(|finding| finding.about.starts_with(about))
    }

    /// Reports an error of two figures that differ.
    pub fn contradiction(
        &mut self,
        about: String,
        message: Bilingual,
        figures: [ComparedFigure; 2],
        difference: Money,
        help: Bilingual,
    ) {
        self.report(about, Severity::Error, None, message, help);
        if let Some(finding) = self.findings.last_mut() {
            (finding.figures, finding.difference) = (figures.into(), Some(difference));
        }
    }

    /// Returns the statements of the texts about figures, read when the first rule asks for it.
    pub fn reading(&self) -> Rc<Reading> {
        Rc::clone(self.reading.get_or_init(|| statement::read(self.budget, self.passages).into()))
    }

    /// Returns the id of the rule that is being applied.
    pub fn rule_id(&self) -> &'static str {
        self.rule.id
    }

    /// Returns the paragraphs of the narrative. Words that a template takes from another passage occur in both.
    pub fn narrative(&self) -> impl Iterator<Item = &'a ParsedPassage<'a>> + Clone + use<'a> {
        self.passages.iter().filter(|passage| passage.kind == PassageKind::Narrative)
    }

    /// Returns every line that the spec gives and the document prints.
    pub fn own_passages(&self) -> impl Iterator<Item = &'a ParsedPassage<'a>> + Clone + use<'a> {
        self.passages.iter().filter(|passage| passage.is_own)
    }

    /// Returns the spec's own sentences in the narrative and about projects, without those of the profile.
    pub fn own_sentences(&self) -> impl Iterator<Item = &'a ParsedPassage<'a>> + Clone + use<'a> {
        self.own_passages().filter(|passage| matches!(passage.kind, PassageKind::Narrative | PassageKind::Project))
    }

    /// Returns whether the rules so far found figures that disagree. Until it is known which is wrong, no text is
    /// compared with them.
    pub fn figures_disagree(&self) -> bool {
        let wrong = |finding: &Finding| finding.severity == Severity::Error && finding.difference.is_some();
        self.record.findings.iter().any(wrong)
    }

    /// Counts one more place that the rule examined.
    pub fn count_one(&mut self) {
        self.looked_at += 1;
    }

    /// Reports a finding that compares no figures. Unfilled amounts count as zero: a rule that reads amounts leaves them out
    /// by itself ([`budgetdoc_core::budget::Total::is_unfilled`]).
    pub fn report(
        &mut self,
        about: impl Into<String>,
        severity: Severity,
        place: Option<Place>,
        message: Bilingual,
        help: Bilingual,
    ) {
        let rule = self.rule.id;
        let (about, figures, difference) = (about.into(), Vec::new(), None);
        let rounding = false;
        let suppressed = None;
        self.findings.push(Finding {
            rule,
            severity,
            about,
            message,
            figures,
            difference,
            rounding,
            place,
            end: None,
            others: Vec::new(),
            help,
            suppressed,
        });
    }

    /// Compares two figures that must be equal: to the last digit where the amounts of the spec are exact, else within
    /// the rounding of each. Returns whether they agree.
    pub fn equal(&mut self, pair: FigurePair) -> bool {
        let difference = (pair.left.amount - pair.right.amount).abs();
        let (left, right) = (self.print(pair.left.amount), self.print(pair.right.amount));
        let (zh, en) = (&pair.left.label, &pair.right.label);
        let gap = self.print(difference);
        let message = Bilingual::new(
            format!("{}为 {left}，{}为 {right}，相差 {gap}", zh.zh, en.zh),
            format!("{} is {left}, but {} is {right}; the difference is {gap}", zh.en, en.en),
        );
        self.record_comparison("=", pair, difference, message)
    }

    /// Compares a part with the whole it must not exceed. Returns whether it does not.
    pub fn within(&mut self, pair: FigurePair) -> bool {
        let excess = (pair.left.amount - pair.right.amount).max(Money::ZERO);
        let (left, right) = (self.print(pair.left.amount), self.print(pair.right.amount));
        let (part, whole) = (&pair.left.label, &pair.right.label);
        let message = Bilingual::new(
            format!("{}为 {left}，大于{} {right}", part.zh, whole.zh),
            format!("{} is {left}, which exceeds {}, {right}", part.en, whole.en),
        );
        self.record_comparison("≤", pair, excess, message)
    }

    /// Records a comparison, and a finding unless the figures agree. Returns whether they agree, up to rounding.
    fn record_comparison(
        &mut self,
        relation: &'static str,
        pair: FigurePair,
        difference: Money,
        message: Bilingual,
    ) -> bool {
        self.looked_at += 1;
        let FigurePair { about, left, right, count, help } = pair;
        if left.unfilled || right.unfilled {
            return true;
        }
        let rule = self.rule.id;
        let agreement = if difference.is_zero() {
            Agreement::Agrees
        } else if self.rounding_explains(difference, count + 1, [&left, &right]) {
            Agreement::Rounding
        } else {
            Agreement::Differs
        };
        if agreement != Agreement::Agrees {
            let rounding = agreement == Agreement::Rounding;
            self.findings.push(Finding {
                rule,
                severity: if rounding { Severity::Note } else { Severity::Error },
                about: about.clone(),
                message,
                figures: vec![left.clone(), right.clone()],
                difference: Some(difference),
                rounding,
                place: left.place().or(right.place()),
                end: None,
                others: Vec::new(),
                help: Bilingual::new(help.0, help.1),
                suppressed: None,
            });
        }
        self.record.comparisons.push(Comparison { rule, about, left, relation, right, agreement });
        agreement != Agreement::Differs
    }

    /// Sets the place of the latest finding; `None` leaves it at the first of its terms.
    pub fn point_at(&mut self, place: Option<Place>) {
        if let (Some(finding), Some(place)) = (self.findings.last_mut(), place) {
            finding.place = Some(place);
        }
    }

    /// Sets the place of the latest finding to the words themselves; `None` leaves it.
    pub fn point_at_words(&mut self, words: Option<PlaceRange>) {
        if let (Some(finding), Some(PlaceRange { start, end })) = (self.findings.last_mut(), words) {
            (finding.place, finding.end) = (Some(start), Some(end));
        }
    }

    /// Adds other places to the latest finding.
    pub fn see(&mut self, others: impl IntoIterator<Item = Place>) {
        if let Some(finding) = self.findings.last_mut() {
            finding.others.extend(others);
        }
    }

    /// Returns an amount as it is printed in tables, with its unit, for messages.
    pub fn print(&self, amount: Money) -> String {
        print(self.budget, amount)
    }

    /// Returns whether a gap between two figures is zero or explained by rounding.
    pub fn agrees(&self, gap: Money, count: usize, figures: [&ComparedFigure; 2]) -> bool {
        gap.is_zero() || self.rounding_explains(gap, count, figures)
    }

    /// Returns the number and title of a table, or its id where it has no title.
    pub fn table_name(&self, id: &str) -> String {
        let profile = &self.budget.profile;
        let printed = self.composition.tables().find(|(printed, _)| *printed == id);
        if let Some(heading) = printed.and_then(|(_, table)| table.heading.as_ref()) {
            return (heading.number.clone() + " " + &heading.title.to_plain()).trim_start().to_owned();
        }
        let mut number = TableNumber::default();
        for table in self.budget.table_ids() {
            let Some(def) = profile.tables.get(table) else { continue };
            let Some(title) = &def.title else { continue };
            number = number.next(def.subtable);
            if table == id {
                let name = table_label(&profile.numbering.table, number) + " " + &self.prose.fill(title);
                return name.trim_start().to_owned();
            }
        }
        id.to_owned()
    }

    /// Returns whether `count` amounts, each rounded by less than half a unit of its last digit, can add up to
    /// `difference`. The last digit is that of the tables, or a finer one of a term: amounts in yuan may have been
    /// rounded to 万元.
    fn rounding_explains(&self, difference: Money, count: usize, figures: [&ComparedFigure; 2]) -> bool {
        if self.budget.spec.precision == Precision::Exact {
            return false;
        }
        let AmountFormat { unit, decimals: printed, trim, .. } = self.budget.profile.table_amounts;
        let terms = figures.iter().flat_map(|figure| &figure.terms);
        let given = terms.map(|(amount, _)| amount.in_unit(unit).normalize().scale()).max().unwrap_or(0);
        let decimals = if trim { given } else { given.max(printed) };
        let step = Money::new(rust_decimal::Decimal::new(1, decimals), unit);
        let envelope = (0..count.min(10_000)).map(|_| step).sum::<Money>();
        difference + difference < envelope
    }

    /// Joins the differences that `look` finds into one finding: one error that shows in several places.
    pub fn as_one(&mut self, look: impl FnOnce(&mut Self)) {
        let before = self.findings.len();
        look(self);
        let (rounding, differ): (Vec<_>, Vec<_>) = self.findings.drain(before..).partition(|finding| finding.rounding);
        self.findings.extend(rounding);
        self.findings.extend(join(differ));
    }

    /// Joins the notes of a rule about rounding into one.
    fn gather_rounding(&mut self) {
        let (notes, mut rest): (Vec<_>, Vec<_>) = self.findings.drain(..).partition(|finding| finding.rounding);
        if let Some(mut first) = join(notes) {
            // The gap is part of the name, so that the spec suppresses this gap and no greater one.
            first.about = format!("rounding.{}", self.print(first.difference.unwrap_or_default()));
            first.message.zh += "。均属四舍五入的尾差";
            first.message.en += "; rounding explains it";
            rest.push(first);
        }
        self.findings = rest;
    }
}

/// Returns findings as one, named after the first.
fn join(findings: Vec<Finding>) -> Option<Finding> {
    findings.into_iter().reduce(|mut first, other| {
        first.message.zh += &format!("；{}", other.message.zh);
        first.message.en += &format!("; {}", other.message.en);
        first.figures.extend(other.figures);
        first.difference = first.difference.max(other.difference);
        first
    })
}

/// Returns an amount with all digits of the spec: rounding could hide the difference that a message shows.
pub(crate) fn print(budget: &Budget, amount: Money) -> String {
    let unit = budget.spec.unit;
    let format = AmountFormat { unit, decimals: 8, trim: true, ..AmountFormat::default() };
    format.print(amount) + unit.name()
}
