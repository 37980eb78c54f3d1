//! The largest or smallest of several, by name: 金额最高的项目是A.

use rust_decimal::Decimal;

use super::AMOUNTS;
use super::bind::Binder;
use super::figure::FigureYear;
use super::lexicon::Sense;
use super::named_amounts::{clause, ends, is_behind_name, is_filler, sentence, whole_account};
use super::shape::{FactFilter, bit};
use super::token::{Token, TokenKind};
use budgetdoc_core::profile::Account;

impl<'b> Binder<'_, 'b> {
    /// Compares the figure that is said to be the largest or smallest with the others of its sort.
    pub fn check_superlatives(&mut self, tokens: &[Token<'b>]) {
        for (index, token) in tokens.iter().enumerate() {
            let TokenKind::Word([Sense::Extreme(most)]) = token.kind else { continue };
            let (before, behind) = (&tokens[..index], &tokens[index + 1..]);
            let Some(name) = self.named_extreme(before, behind) else { continue };
            let (Some((topic, value)), words) = (self.sole_topic(name), self.words(&token.range)) else { continue };
            let others = self.others(&topic.shapes[0]);
            // 三个项目中 are some of them.
            let counts = sentence(before).iter().filter_map(Token::number).filter(|number| number.money().is_none());
            if counts.into_iter().any(|number| number.value != Decimal::from(others.len())) {
                continue;
            }
            let slack = topic.figures.iter().map(|figure| figure.slack + figure.slack).max().unwrap_or_default();
            let range = token.range.start.min(name.range.start)..token.range.end.max(name.range.end);
            self.record(range.clone(), &topic.name, self.amount_of(FigureYear::This, value));
            let beyond = others.into_iter().find_map(|(name, shape)| {
                let amount = self.figures.of(&shape).iter().find(|figure| figure.is_known)?.this?;
                let gap = if *most { amount - value } else { value - amount };
                (gap > slack).then_some((name, amount))
            });
            let Some((other, amount)) = beyond else { continue };
            self.compared.iter_mut().rev().take(1).for_each(|compared| compared.agrees = false);
            let (name, value, amount) = (topic.name, self.print(value), self.print(amount));
            let zh = format!("“{name}”为{value}，“{other}”为{amount}，文字写前者{words}");
            let en = format!("`{name}` is {value}, `{other}` {amount}; the text says `{words}` of the former");
            self.contradict_figure(AMOUNTS, &range, zh, en);
        }
    }

    /// Returns the name that 最高 is said of, among all that the budget has: 金额最高的项目是A, A金额最高.
    fn named_extreme<'t>(&self, before: &'t [Token<'b>], behind: &'t [Token<'b>]) -> Option<&'t Token<'b>> {
        let says_nothing = |token: &&Token| {
            let words = [Sense::Own, Sense::This, Sense::Among];
            is_filler(self.text, token)
                || is_behind_name(self.text, token)
                || token.is_year()
                || token.number().is_some_and(|number| number.money().is_some())
                || whole_account(token).is_some()
                || words.iter().any(|word| token.has_sense(word))
        };
        let clause = clause(before);
        let mut names = clause.iter().filter(|token| !says_nothing(token));
        let next = behind.iter().position(|token| !says_nothing(&token));
        let name = match (names.next(), next.map(|at| (&behind[at], &behind[at + 1..]))) {
            (None, Some((name, rest))) if ends(rest.iter().find(|token| !is_behind_name(self.text, token))) => name,
            (Some(name), next) if names.next().is_none() && ends(next.map(|(next, _)| next)) => name,
            (None | Some(_), _) => return None,
        };
        // Names before it may narrow what it is the largest of.
        let shapes = name.shapes()?;
        let narrows = |token: &Token| {
            let account = whole_account(token);
            let is_own = account == Some(Account::Expenditure) || shapes.iter().any(|shape| shape.account == account);
            token.range != name.range && token.shapes().is_some() && (account.is_none() || !is_own)
        };
        (!before.iter().any(narrows) && self.is_of_this_year(sentence(before))).then_some(name)
    }

    /// Returns the figures of the sort that a shape is of, with their names: projects, subjects of a level, categories.
    fn others(&self, shape: &FactFilter) -> Vec<(String, FactFilter)> {
        let budget = self.budget();
        let of = FactFilter { account: shape.account, ..FactFilter::default() };
        if shape.project.is_some() {
            let projects = budget.spec.projects.iter().enumerate();
            let named = |(index, project): (usize, &budgetdoc_core::spec::Project)| {
                (project.name.trim().to_owned(), FactFilter { project: Some(index), ..of.clone() })
            };
            return projects.map(named).collect();
        }
        if let Some(own) = shape.subject {
            let subjects = budget.subjects.iter().filter(|(code, _)| code.level() == own.level());
            return subjects
                .map(|(code, name)| (name.clone(), FactFilter { subject: Some(*code), ..of.clone() }))
                .collect();
        }
        let (Some(account), Some(own)) = (shape.account, shape.categories) else { return Vec::new() };
        let categories = budget.profile.categories.of(account).iter().enumerate();
        categories
            .filter(|(index, _)| own & bit(*index) == 0)
            .map(|(index, category)| (category.name.clone(), FactFilter { categories: Some(bit(index)), ..of.clone() }))
            .collect()
    }
}
