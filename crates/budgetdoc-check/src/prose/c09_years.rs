//! C9: years in the text are right.

use crate::prose::word_list::WordList;
use std::ops::Range;

use crate::prose::numbers::{TextNumber, is_in_digits, last_clause, numbers_with_counts};
use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::reader::{Caution, ProseReader, bytes_of};
use crate::prose::trie::Trie;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_core::lang::Bilingual;

pub(crate) const RULE: Rule = Rule {
    id: "C9",
    severity: Severity::Warning,
    title: ("年份正确", "Years are those of the budget"),
    explanation: (
        "文字中的年份应为预算年度或上一年度；“截至”之后的日期、《》和〔〕内的年份、时间段不论。预算期间写成上一年度的、“比预算年度增加”的，给出警告；预算数、工作目标、新增计划、预算编制范围写成上一年度的（如“2021年预算数为零”而没有“比”，同句也没有预算年度），写 --pedantic 时给出；其他年份，项目、单位名称中不是预算年度的年份，给出提示。全角数字、“二〇二一年”和“21年预算数”同样识别。",
        "Years in the text are the fiscal year or the one before; dates after 截至, years within 《》 and 〔〕 and spans of years are not checked. A period of the budget stated for last year and a comparison with the fiscal year itself are warnings. A budget figure, goal, plan to buy or scope of the budget stated for last year without a comparison (and without the fiscal year next to it) is reported with `--pedantic`. Any other year is a note, and so is another year in the name of a project or unit. Full-width digits, 二〇二一年 and 21年预算数 are read as well.",
    ),
    wrong: "因此2021年公务用车购置经费预算数为零。    # 2022年的预算",
    right: "因此{{ year }}年公务用车购置经费预算数为零。",
    checks: &[Check::Prose(crate::prose::statement::report), Check::Prose(check), Check::Guess(guess)],
};

/// A year in a text.
struct YearInText<'a> {
    year: u16,
    /// Its digits as written.
    digits: &'a str,
    before: &'a str,
    /// What follows its 年, or the digits where that is missing.
    after: &'a str,
    /// Whether it has its 年.
    whole: bool,
    quoted: bool,
}

/// Words right behind last year's number that state the budget of the year.
static STATED: WordList = WordList::named("year stated");

/// Words that state a budget or a plan, except for things of that year: 预算安排的工程, 计划购置的设备.
static PLANNED: WordList = WordList::named("year planned");

/// Words before a year that is the fiscal year.
static THIS_YEAR: WordList = WordList::named("year this year");

static COMPARED: WordList = WordList::named("year compared");

static CHANGED: WordList = WordList::named("year changed");

static TO: WordList = WordList::named("year to");

fn check(examiner: &mut ProseReader) {
    let year = examiner.budget.spec.year.value;
    for (passage, words, found) in checked_years(examiner) {
        examiner.count_one();
        match found.problem(year) {
            Some(problem) => warn(examiner, passage, words, &found, problem),
            None => note(examiner, passage, words, &found, year),
        }
    }
}

/// Reports last year where a text seems to state the budget of this year: it may look back as well.
fn guess(examiner: &mut ProseReader) {
    let year = examiner.budget.spec.year.value;
    for (passage, words, found) in
        checked_years(examiner).into_iter().filter(|(.., found)| found.is_meant_for_this(year))
    {
        warn(examiner, passage, words, &found, ("写的是上年的预算", "states last year's budget"));
    }
}

/// Returns the years to check: those outside of titles, names, spans and cut-off dates.
fn checked_years<'a>(examiner: &ProseReader<'_, 'a>) -> Vec<(&'a ParsedPassage<'a>, Range<usize>, YearInText<'a>)> {
    let year = examiner.budget.spec.year.value;
    let mut list = Vec::new();
    let mut names: Trie<bool> = Trie::default();
    for name in examiner.budget.spec.projects.iter().map(|project| project.name.trim()) {
        *names.entry(name.chars()) = !years_of(name, &numbers_with_counts(name), year).is_empty();
    }
    for passage in examiner.own_passages() {
        let text = passage.text.as_str();
        let years = years_of(text, passage.numbers_with_counts(), year);
        // A year in a name is reported at the name.
        let named: Vec<Range<usize>> = match passage.kind {
            PassageKind::Name => Vec::new(),
            _ if years.is_empty() => Vec::new(),
            _ => {
                let starts = text.char_indices().filter(|(_, first)| names.may_begin_with(*first));
                starts.filter_map(|(at, _)| names.longest(&text[at..]).map(|(length, _)| at..at + length)).collect()
            }
        };
        for found in years {
            let words = found.range(text);
            if found.quoted
                || found.is_span(year)
                || named.iter().any(|name| name.contains(&words.start))
                || ["截至", "截止"].iter().any(|word| clause(found.before).contains(word))
            {
                continue;
            }
            list.push((passage, words, found));
        }
    }
    list
}

/// Warns of a year that is wrong, or seems so.
fn warn(
    examiner: &mut ProseReader,
    passage: &Passage,
    words: Range<usize>,
    found: &YearInText,
    (zh, en): (&str, &str),
) {
    let meant = found.meant(examiner.budget.spec.year.value);
    examiner.report_words(
        passage,
        words,
        Caution::Warning,
        Bilingual::new(
            format!("“{}”{zh}，是否应为{meant}年", found.piece()),
            format!("`{}` {en}; is {meant} meant?", found.piece()),
        ),
        Bilingual::new(
            "本年写 {{ year }}，上年写 {{ last_year }}",
            "write `{{ year }}` for this year, `{{ last_year }}` for the one before",
        ),
    );
}

/// Reports a year that may be wrong as a note.
fn note(examiner: &mut ProseReader, passage: &Passage, words: Range<usize>, found: &YearInText, year: u16) {
    let name = passage.kind == PassageKind::Name;
    let (zh, en) = if !found.whole && (found.year == year || found.year + 1 == year) {
        (format!("“{}”之后缺“年”", found.digits), format!("{} lacks its 年", found.digits))
    } else if name && found.year != year {
        (
            format!("名称中的 {} 年不是预算年度 {year} 年", found.year),
            format!("{} in the name is not the fiscal year {year}", found.year),
        )
    } else if found.year != year && found.year + 1 != year {
        (
            format!("文字中的 {} 年不是预算年度 {year} 年，也不是上年", found.year),
            format!("{} is neither the fiscal year {year} nor the year before", found.year),
        )
    } else {
        return;
    };
    examiner.report_words(
        passage,
        words,
        Caution::Note,
        Bilingual::new(zh, en),
        Bilingual::new("请核对年份是否从旧文档带来", "check whether it is left over from an older document"),
    );
}

/// Returns the years of a text, in half-width, full-width and Chinese digits, from left to right.
/// `numbers` are its numbers.
fn years_of<'a>(text: &'a str, numbers: &[TextNumber<'a>], fiscal: u16) -> Vec<YearInText<'a>> {
    let numbers = numbers.iter().filter(|number| is_in_digits(number));
    let mut list: Vec<YearInText> = numbers.filter_map(|number| arabic(number, fiscal)).collect();
    for (at, _) in text.match_indices('年') {
        list.extend(chinese(text, at));
    }
    list.sort_by_key(|found| found.before.len());
    list
}

/// Returns a year in Arabic digits: before 年, or of four digits where a comparison lacks it.
fn arabic<'a>(number: &TextNumber<'a>, fiscal: u16) -> Option<YearInText<'a>> {
    let found = |year, after, whole| YearInText {
        year,
        digits: number.digits,
        before: number.before,
        after,
        whole,
        quoted: number.quoted(),
    };
    if let (Some(year), Some(after)) = (number.year(), number.after.strip_prefix('年')) {
        return Some(found(year, after, true));
    }
    // 比2021减少.
    let compared = ["比", "较"].iter().any(|word| number.before.ends_with(word));
    if let Some(year) = number.four_digits().filter(|_| compared && begins(number.after, &CHANGED)) {
        return Some(found(year, number.after, false));
    }
    // 21年预算数为零: last year's, where it states a budget.
    let short = number.digits.parse::<u16>().ok().filter(|_| number.digits.len() == 2)? + 2000;
    let after = number.after.strip_prefix('年')?;
    let found = found(short, after, true);
    (short + 1 == fiscal && found.states_budget()).then_some(found)
}

/// Returns a year in Chinese digits before the 年 at a byte: 二〇二一年.
fn chinese(text: &str, at: usize) -> Option<YearInText<'_>> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let mut start = at;
    let mut year = 0_u16;
    for (place, character) in (0..4_u32).zip(text[..at].chars().rev()) {
        let character = if "○零Ｏ".contains(character) { '〇' } else { character };
        let digit = DIGITS.chars().position(|digit| digit == character)?;
        start -= text[..start].chars().next_back()?.len_utf8();
        year += u16::try_from(digit).ok()? * 10_u16.pow(place);
    }
    let before = &text[..start];
    (1949..=2107).contains(&year).then(|| YearInText {
        year,
        digits: &text[start..at],
        before,
        after: &text[at + '年'.len_utf8()..],
        whole: true,
        quoted: before.rfind('《').is_some_and(|open| !before[open..].contains('》')),
    })
}

impl YearInText<'_> {
    /// Returns the bytes of its digits and its 年 in the text.
    fn range(&self, text: &str) -> Range<usize> {
        let digits = bytes_of(self.digits, text);
        digits.start..if self.whole { bytes_of(self.after, text).start } else { digits.end }
    }

    /// Returns the words behind it in its clause, without the 度 of 年度.
    fn behind(&self) -> &str {
        let clause = self.after.split(['，', '。', '；']).next().unwrap_or_default();
        clause.strip_prefix('度').unwrap_or(clause).trim_start()
    }

    /// Returns whether its clause states the budget of the year.
    fn states_budget(&self) -> bool {
        let behind = self.behind();
        let has = |list: &[&str]| list.iter().any(|words| behind.contains(words));
        // 预算数4万元.
        let figure = behind.split_once("预算数").is_some_and(|(_, rest)| {
            rest.trim_start_matches(['约', '是', '共']).starts_with(|next: char| next.is_ascii_digit())
        });
        // 拟召开 is a plan, 拟定了 is none.
        let plans = behind.starts_with('拟') && !begins(behind, &["拟定", "拟订", "拟制"]);
        let planned = (plans || has(&PLANNED)) && !behind.contains('的');
        figure || planned || has(&STATED)
    }

    /// Returns whether it begins or ends a span of years or days. The whole of last year is none: it is the period of a
    /// budget.
    fn is_span(&self, fiscal: u16) -> bool {
        let behind = self.after.trim_start();
        let opens = TO.iter().any(|to| behind.starts_with(to)) && !begins(behind, &["到位", "至今"]);
        let behind_day =
            behind.trim_start_matches(|character: char| character.is_ascii_digit() || "月日".contains(character));
        let days = behind_day.len() < behind.len() && TO.iter().any(|to| behind_day.starts_with(to));
        let closes = TO.iter().any(|to| self.before.ends_with(to));
        closes || opens || (days && !(self.year + 1 == fiscal && self.is_budget_period()))
    }

    fn is_budget_period(&self) -> bool {
        self.after.trim_start().starts_with("1月1日") && self.behind().contains(&format!("{}年12月31日", self.year))
    }

    /// Returns the problem of a year that cannot be meant, in Chinese and English.
    fn problem(&self, fiscal: u16) -> Option<(&'static str, &'static str)> {
        if self.year == fiscal {
            let itself = ["比", "较"].iter().any(|word| self.before.ends_with(word));
            let verbs = CHANGED.iter().any(|verb| {
                self.behind()
                    .trim_start_matches("预算")
                    .trim_start_matches("执行")
                    .trim_start_matches('数')
                    .starts_with(verb)
            });
            // 与2022年预算持平.
            let same = ["与", "同", "和"].iter().any(|word| self.before.ends_with(word)) && {
                let behind = self.behind().trim_start_matches("年初").trim_start_matches("预算");
                behind.trim_start_matches('数').starts_with("持平")
            };
            return ((itself && verbs) || same)
                .then_some(("是与预算年度自身比较", "compares with the fiscal year itself"));
        }
        if THIS_YEAR.iter().any(|words| self.before.ends_with(words)) {
            return Some(("写的不是预算年度", "is not the fiscal year"));
        }
        let is_period = self.year + 1 == fiscal && !self.is_compared() && self.is_budget_period();
        is_period.then_some(("是上年的预算期间", "is the period of last year"))
    }

    fn is_compared(&self) -> bool {
        COMPARED.iter().any(|word| clause(self.before).ends_with(word))
    }

    /// Returns whether it is last year where the budget of this year seems to be stated.
    fn is_meant_for_this(&self, fiscal: u16) -> bool {
        if self.year + 1 != fiscal || self.is_compared() || self.problem(fiscal).is_some() {
            return false;
        }
        // 2022年预算数…，2021年预算数…: both are stated.
        let names_fiscal = |text: &str| text.contains(&format!("{fiscal}年"));
        let sentence = self.before.rsplit(['。', '；']).next().unwrap_or_default();
        let before = sentence.rsplit('，').nth(1).is_some_and(names_fiscal)
            && sentence.rsplit('，').next().is_some_and(str::is_empty);
        let rest = self.after.split(['。', '；']).next().unwrap_or_default();
        let after = rest.split('，').nth(1).is_some_and(names_fiscal);
        self.states_budget() && !before && !after
    }

    /// Returns the year that is meant where it is wrong.
    fn meant(&self, fiscal: u16) -> u16 {
        if self.year == fiscal { fiscal - 1 } else { fiscal }
    }

    fn piece(&self) -> String {
        let behind: String = self.behind().chars().take(17).collect();
        format!("{}年{behind}", self.digits)
    }
}

fn begins(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

fn clause(text: &str) -> &str {
    last_clause(text)
}
