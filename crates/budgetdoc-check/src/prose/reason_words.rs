//! Words by which a reason says which way a budget went, and words that say nothing.
//!
//! A reason is judged only where its words leave no doubt: clauses on years past, quotations and money that was moved
//! or shared out say nothing of the way.

/// Verbs that say a budget went up, and down.
pub(crate) const ROSE: [&str; 4] = ["增加", "增长", "上升", "提高"];

pub(crate) const FELL: [&str; 2] = ["减少", "下降"];

/// Reasons to spend more.
const UP: [&str; 43] = [
    "增加",
    "增长",
    "上升",
    "提高",
    "增多",
    "新增",
    "扩大",
    "上涨",
    "增编",
    "调增",
    "增资",
    "增人",
    "增设",
    "增开",
    "增购",
    "增派",
    "增发",
    "净增",
    "加大",
    "加重",
    "加快",
    "新建",
    "新设",
    "新购",
    "新开",
    "新招",
    "新启动",
    "上调",
    "调高",
    "调入",
    "扩容",
    "扩建",
    "扩面",
    "提标",
    "追加",
    "升级",
    "晋升",
    "补发",
    "涨价",
    "上浮",
    "变多",
    "恢复",
    "承接",
];

/// Reasons to spend less.
const DOWN: [&str; 50] = [
    "减少",
    "下降",
    "压减",
    "压缩",
    "压降",
    "节约",
    "节省",
    "节支",
    "取消",
    "核减",
    "调减",
    "削减",
    "降低",
    "缩减",
    "精简",
    "减员",
    "裁减",
    "净减",
    "变少",
    "回落",
    "萎缩",
    "走低",
    "下调",
    "下浮",
    "调低",
    "调出",
    "划出",
    "撤并",
    "撤销",
    "剔除",
    "退坡",
    "停办",
    "停止",
    "停用",
    "完工",
    "竣工",
    "不再安排",
    "不再续",
    "不再列",
    "不再发生",
    "不再开展",
    "不再购",
    "无此因素",
    "紧日子",
    "从严",
    "严控",
    "严格控制",
    "控制一般性",
    "控制支出",
    "已完成",
];

/// A reason to spend less, whatever year it speaks of.
const ONCE: &str = "一次性项目已";

/// Money that changed places, so that a rise here is a fall there: the way is not told.
const MOVED: [&str; 14] = [
    "改由",
    "改列",
    "改为",
    "划转",
    "划入",
    "转入",
    "转为",
    "列入",
    "调整到",
    "调整至",
    "统筹",
    "整合",
    "合并",
    "一并安排",
];

/// Words that hold one of the above and mean something else.
const OTHER: [&str; 8] = ["节约型", "增值税", "增加结余", "增加收入", "增加财政收入", "减少浪费", "增减", "减少碳排放"];

/// What is made better, not dearer.
const BETTER: [&str; 10] = ["效益", "效率", "效能", "质量", "质效", "水平", "能力", "精准", "绩效", "使用率"];

/// A clause with one of these speaks of another year.
const PAST: [&str; 7] = ["上年", "去年", "往年", "前年", "以前年度", "上一年", "原由"];

/// Words that say no more than that something changed.
const EMPTY: [&str; 54] = [
    "项目支出",
    "预算数",
    "比上年",
    "较上年",
    "同上年",
    "与上年",
    "相比",
    "主要原因",
    "主要是",
    "根据实际情况",
    "按照实际情况",
    "实际情况",
    "实际需要",
    "业务需要",
    "工作需要",
    "万元",
    "预算",
    "经费",
    "支出",
    "收入",
    "项目",
    "资金",
    "金额",
    "费用",
    "增加",
    "减少",
    "增长",
    "下降",
    "上年",
    "去年",
    "本年",
    "今年",
    "年度",
    "有所",
    "相应",
    "安排",
    "所致",
    "由于",
    "因为",
    "导致",
    "变化",
    "正常",
    "根据",
    "按照",
    "较",
    "比",
    "的",
    "了",
    "因",
    "是",
    "为",
    "数",
    "元",
    "年",
];

/// Words that stand for a reason and are none.
const NONE: [&str; 14] =
    ["无", "暂无", "没有", "略", "同上", "同前", "见上", "见上文", "待定", "待补充", "待补", "待核", "不适用", "其他"];

/// Words around the statement that nothing changed.
const AROUND_SAME: [&str; 26] = [
    "主要原因是",
    "主要原因为",
    "主要是",
    "主要系",
    "与",
    "和",
    "同",
    "较",
    "比",
    "上年",
    "去年",
    "年初",
    "年度",
    "年",
    "预算数",
    "预算",
    "安排",
    "相比",
    "支出",
    "经费",
    "本年",
    "今年",
    "保持",
    "均",
    "数",
    "故",
];

/// Whether a reason for a rise (`up`) or a fall can only be one for the opposite.
pub(crate) fn opposite(reason: &str, up: bool) -> bool {
    let mut reason = unquoted(reason);
    for word in OTHER {
        if reason.contains(word) {
            reason = reason.replace(word, "");
        }
    }
    if MOVED.iter().any(|word| reason.contains(word)) {
        return false;
    }
    let clauses = || clauses(&reason).filter(|clause| !PAST.iter().any(|word| clause.contains(word)));
    let rises = clauses().any(|clause| {
        // What has been bought or built already is a reason to spend less.
        !clause.contains('已') && UP.iter().any(|word| stands(clause, word)) && !is_better(clause)
    });
    let falls = clauses().any(|clause| DOWN.iter().any(|word| stands(clause, word))) || reason.contains(ONCE);
    if up { falls && !rises } else { rises && !falls && !falls_anyhow(&reason) }
}

/// Whether a clause has a word, but not as something that came before: 人员缩减后外包.
fn stands(clause: &str, word: &str) -> bool {
    clause.contains(word) && clause.find(word).is_some_and(|at| !clause[at..].contains('后'))
}

fn is_better(clause: &str) -> bool {
    let other = UP.iter().any(|word| *word != "提高" && clause.contains(word));
    !other && BETTER.iter().any(|word| clause.contains(word))
}

/// Whether something has come to an end, this year or before.
fn falls_anyhow(reason: &str) -> bool {
    ["完毕", "完成", "完工", "竣工", "不再", "结束", "到期"].iter().any(|word| reason.contains(word))
}

/// Whether a reason only says again that something changed, or is none.
pub(crate) fn only_restates(reason: &str, name: &str) -> bool {
    let reason = if name.is_empty() { reason.to_owned() } else { reason.replace(name, "") };
    let bare = bare(&reason);
    if NONE.contains(&bare.as_str()) {
        return true;
    }
    // One character of another word is enough to say more.
    let empty = |character: char| character.is_ascii_digit() || EMPTY.iter().any(|word| word.contains(character));
    if !bare.chars().all(empty) {
        return false;
    }
    let mut rest = bare;
    for word in EMPTY {
        rest = rest.replace(word, "");
    }
    rest.chars().all(|character| character.is_ascii_digit())
}

/// Whether a clause says that an amount is last year's, and says it of nothing else: 与上年持平, 无增减变化.
pub(crate) fn says_same(clause: &str) -> bool {
    // Most clauses do not, and that is quick to see.
    if !clause.contains(['平', '化']) && ['增', '减'].iter().any(|word| !clause.contains(*word)) {
        return false;
    }
    let mut rest = clause.to_owned();
    rest.retain(|character| character.is_alphanumeric() && !character.is_ascii_digit());
    for word in AROUND_SAME {
        rest = rest.replace(word, "");
    }
    ["持平", "无增减变化", "无增减", "没有增减", "没有增减变化", "无变化", "没有变化"].contains(&rest.as_str())
}

/// A text without what it quotes, but for words in quotation marks that are its own.
fn unquoted(text: &str) -> String {
    let mut rest = String::new();
    let mut depth = 0;
    for character in text.chars() {
        match character {
            '《' => depth += 1,
            '》' => depth -= 1,
            // 过“紧日子”要求
            '“' | '”' | '"' => {}
            _ if depth <= 0 => rest.push(character),
            _ => {}
        }
    }
    rest
}

/// The clauses of a text.
pub(crate) fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '；', '，', '：', '、', ';', ',', ':', '\n'])
}

/// The letters and digits of a text.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

pub(crate) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// The words before and after 主要原因是 and the like. 主要是 begins a reason only behind a comparison, or where it
/// begins the sentence: otherwise it says what money is for.
pub(crate) fn split_at_reason(sentence: &str) -> Option<(&str, &str)> {
    // Most sentences have none of them, which is quick to see.
    if !sentence.contains("原因") && !sentence.contains("主要是") && !sentence.contains("主要系") {
        return None;
    }
    let marks = ["主要原因是", "主要原因为", "主要原因：", "主要原因:", "原因是", "原因为", "原因：", "原因系"];
    let plain = |at: &usize| {
        let before = &sentence[..*at];
        bare(before).is_empty() || (before.contains(['比', '较']) && (has_any(before, &ROSE) || has_any(before, &FELL)))
    };
    let mut places: Vec<(usize, &str)> =
        marks.iter().filter_map(|mark| sentence.find(mark).map(|at| (at, *mark))).collect();
    places.extend(["主要是", "主要系"].iter().filter_map(|mark| Some((sentence.find(mark).filter(plain)?, *mark))));
    let (at, mark) = places.into_iter().min_by_key(|(at, _)| *at)?;
    let after = &sentence[at + mark.len()..];
    let after = after.strip_prefix(['：', ':']).unwrap_or(after);
    Some((&sentence[..at], after))
}
