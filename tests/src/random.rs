//! Made-up text, the same on every machine and run.

/// Xorshift.
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    /// One of several.
    pub fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Characters, marks and figures in any order, a mark always beside a word: at most so many pieces.
    #[allow(dead_code, reason = "each test takes what it needs")]
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
                0 | 1 => text.push_str(self.one_of(MARKS)),
                2 => text.push_str(self.one_of(OPEN)),
                3 | 4 => text.push_str(self.one_of(LATIN)),
                _ => text.push(self.one_of(HANZI)),
            }
            // Between marks there is a word, as in any text; rows of closing marks are another test's matter.
            text.push(self.one_of(HANZI));
        }
        text.push_str("目。");
        text
    }

    /// Phrases of budgets, denser with figures than any budget is.
    #[allow(dead_code, reason = "each test takes what it needs")]
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
            let piece = self.one_of(&PIECES);
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
