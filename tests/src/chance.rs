//! Made-up values, the same on every machine and run, and properties that any of them must have.

use std::cell::RefCell;
use std::iter;

use proptest::strategy::Strategy as _;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// As many choices as the largest value of a property takes.
const MOST: usize = 1 << 14;

/// The choices that a value is made of: a number for each. Past the last, every choice is the first possible.
pub struct Chance(Box<dyn Iterator<Item = u64>>);

impl Chance {
    /// Endless choices, the same for the same seed, as documents want that are kept.
    pub fn seeded(seed: u64) -> Chance {
        // Marsaglia's xorshift, whose low bits are the weakest. Its state is never nothing.
        let next = |state: &u64| {
            let state = state ^ (state << 13);
            let state = state ^ (state >> 7);
            Some(state ^ (state << 17))
        };
        let start = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).max(1);
        Chance(Box::new(iter::successors(Some(start), next).skip(1).map(|state| state >> 11)))
    }

    /// A number below `limit`.
    pub fn below<N: TryFrom<u64> + TryInto<u64>>(&mut self, limit: N) -> N {
        let limit = limit.try_into().ok().expect("a limit above nothing");
        N::try_from(self.0.next().unwrap_or(0) % limit).ok().expect("less than the limit")
    }

    /// True once in `times`.
    pub fn of(&mut self, times: u64) -> bool {
        self.below(times) + 1 == times
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Characters, marks and figures in any order, a mark always next to a word: at most so many pieces.
    pub fn paragraph(&mut self, most: usize) -> String {
        const HANZI: &[char] = &[
            '部', '门', '预', '算', '收', '支', '总', '表', '妇', '女', '联', '合', '会', '基', '本', '项', '目', '情',
        ];
        const MARKS: &[&str] =
            &["，", "。", "、", "；", "：", "？", "！", "）", "》", "”", "”，", "）。", "·", "％", "℃"];
        const OPEN: &[&str] = &["（", "《", "“", "‘", "《“", "——", "……"];
        const LATIN: &[&str] = &[
            "2022年",
            "4.3万元",
            "164.85%",
            "13个",
            "A4",
            "PDF",
            "1,310.00",
            "+12",
            "≥400人次",
            " ",
            "7",
            "8:30—17:30",
            "20%～30%",
            "100余人",
        ];
        let mut text = String::from("部");
        for _ in 0..1 + self.below(most) {
            match self.below(20) {
                0 | 1 => text.push_str(self.pick(MARKS)),
                2 => text.push_str(self.pick(OPEN)),
                3 | 4 => text.push_str(self.pick(LATIN)),
                _ => text.push(self.pick(HANZI)),
            }
            // Between marks there is a word, as in any text; rows of closing marks are another test's matter.
            text.push(self.pick(HANZI));
        }
        text.push_str("目。");
        text
    }

    /// Phrases of budgets, denser with figures than any budget is.
    pub fn report(&mut self) -> String {
        const PIECES: [&str; 22] = [
            "一般公共预算拨款",
            "比2021年减少4.2万元，",
            "（含）",
            "“三公”经费",
            "《党政机关厉行节约反对浪费条例》",
            "、",
            "；",
            "增长164.85%",
            "主要原因为",
            "2022年",
            "——",
            "妇女儿童事务",
            "≥400人次",
            "PDF/A",
            "。其中：",
            "1,310.00万元",
            "工作",
            "的",
            "对",
            "……",
            "2021—2025年",
            "1,200多平方米",
        ];
        let mut text = String::from("本年");
        let mut mark = false;
        for _ in 0..10 + self.below(60) {
            let piece = self.pick(&PIECES);
            let starts_with_mark = piece.starts_with(['、', '；', '。', '—', '…']);
            if mark && starts_with_mark {
                continue;
            }
            text += piece;
            mark = text.ends_with(['、', '；', '，', '：', '—', '…', '”', '）']);
        }
        text + "预算收支。"
    }
}

/// Tests a property of what is made of so many lists of choices. On failure, proptest reports the smallest
/// list of choices that still fails.
pub fn for_any(cases: u32, property: impl FnMut(&mut Chance)) {
    let config = Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() };
    let choices = (proptest::num::u64::ANY.no_shrink(), 0..MOST);
    let property = RefCell::new(property);
    let tested = TestRunner::new(config).run(&choices, |(seed, count)| {
        (property.borrow_mut())(&mut Chance(Box::new(Chance::seeded(seed).0.take(count))));
        Ok(())
    });
    if let Err(error) = tested {
        panic!("{error}");
    }
}
