//! Codes of problems, which are stable.

use std::fmt;

macro_rules! codes {
    ($($variant:ident $name:literal $zh:literal $en:literal)*) => {
        /// Code of a problem. Its name is stable; messages may change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ProblemCode {
            $(#[doc = concat!("`", $name, "`: ", $en, ".")] $variant,)*
        }

        impl ProblemCode {
            /// All codes, in the order of their names.
            pub const ALL: &[ProblemCode] = &[$(ProblemCode::$variant),*];

            /// Returns the name, such as `missing-key`.
            pub const fn name(self) -> &'static str {
                match self { $(ProblemCode::$variant => $name),* }
            }

            /// Returns a summary of the problems with this code, in Chinese and English.
            pub const fn meaning(self) -> (&'static str, &'static str) {
                match self { $(ProblemCode::$variant => ($zh, $en)),* }
            }
        }
    };
}

codes! {
    AmountTooFine "amount-too-fine" "金额的小数不到一分" "an amount has decimals below one fen"
    AmountTooGreat "amount-too-great" "金额过大" "an amount exceeds the limit"
    AmountUnfilled "amount-unfilled" "本年金额待填，不能结转" "an amount is unfilled and cannot be rolled over"
    BadTemplate "bad-template" "模板写法有误" "a template cannot be filled in"
    BareTemplate "bare-template" "模板没有加引号" "a template lacks quotes"
    BlankColumn "blank-column" "一栏永远是空白" "a column of a profile is blank for every spec"
    BlankName "blank-name" "名称是空的" "a printed name is blank"
    CannotBeChanged "cannot-be-changed" "数据文件的写法无法改写" "the layout of a spec does not allow a safe change"
    ChineseInTemplate "chinese-in-template" "模板中的名称用了中文" "a name in a template is Chinese"
    ClosingRowIncomplete "closing-row-incomplete" "总表的合计行少了一边" "a closing row of a balance lacks a side"
    CodeAsNumber "code-as-number" "编码没有加引号，会被当作数改写" "a code without quotes is read as a number"
    ColonInText "colon-in-text" "文字中有冒号和空格" "a text contains a colon and a space"
    CommaInAmount "comma-in-amount" "金额中有千分位逗号" "an amount has a comma between thousands"
    CsvSyntax "csv-syntax" "科目表不是有效的 CSV" "a table of subjects is not well-formed CSV"
    DashForNothing "dash-for-nothing" "用“-”表示没有" "a dash is used as a value"
    DuplicateKey "duplicate-key" "键重复出现" "a key is repeated"
    EmptyFile "empty-file" "文件没有内容" "a file is empty"
    ExplainedTwice "explained-twice" "科目说明了两次" "a subject is explained twice"
    ExtraBracket "extra-bracket" "括号多出一个" "a closing bracket has no partner"
    FigureTwice "figure-twice" "同一数字写了两行" "two rows give the same figure"
    FormatNotAllowed "format-not-allowed" "版式不允许这种金额格式" "a profile does not allow a format of amounts"
    FullWidthMark "full-width-mark" "符号是全角的" "a mark is full-width"
    GivenTwice "given-twice" "同一数字以两种方式给出" "a figure is given in two ways"
    IdUsedTwice "id-used-twice" "编号重复" "an id is used twice"
    IncompleteTable "incomplete-table" "表缺少内容" "a table of a profile lacks a part"
    MarkAtStart "mark-at-start" "文字以特殊符号开头" "a text begins with a mark of YAML"
    MissingBracket "missing-bracket" "括号少了一个" "a bracket is not closed"
    MissingKey "missing-key" "缺少必填的键" "a required key is missing"
    MissingQuote "missing-quote" "引号少了一个" "a quotation mark is not closed"
    MissingUnit "missing-unit" "没有写明预算单位" "a row names no budget unit"
    NameTaken "name-taken" "名称已有固定的含义" "a name is reserved"
    NamedTwice "named-twice" "名称重复" "a name is defined twice"
    NeedlessValue "needless-value" "不该有内容的地方写了内容" "a value is not allowed here"
    NegativeAmount "negative-amount" "金额为负数" "an amount is negative"
    NoAccounts "no-accounts" "数字没有写明口径" "a figure names no account"
    NoBlankBehindColon "no-blank-behind-colon" "冒号后面没有空格" "a space is missing after a colon"
    NoFunds "no-funds" "版式没有资金来源" "a profile lists no fund"
    NoLastYear "no-last-year" "没有上年数" "last year's amount is unknown"
    NoName "no-name" "科目没有名称" "a subject has no name"
    NoReason "no-reason" "没有写理由" "a suppression gives no reason"
    NoUnits "no-units" "没有预算单位" "a department lists no budget unit"
    NotABoolean "not-a-boolean" "不是 true 或 false" "a value is neither `true` nor `false`"
    NotACode "not-a-code" "不是科目编码" "a value is not a subject code"
    NotADay "not-a-day" "不是日期" "a value is not a date"
    NotADivision "not-a-division" "科目不是“款”" "a subject is not a division"
    NotAFiscalYear "not-a-fiscal-year" "不是预算年度" "a value is not a fiscal year"
    NotAList "not-a-list" "不是列表" "a value is not a list"
    NotAMapping "not-a-mapping" "不是“键: 值”" "a value is not a mapping"
    NotANumber "not-a-number" "不是数" "a value is not a number"
    NotAText "not-a-text" "不是文字或数字" "a value is neither text nor number"
    NotAWholeNumber "not-a-whole-number" "不是整数" "a value is not a whole number"
    NotAYear "not-a-year" "不是年份" "a value is not a year"
    NotAnAmount "not-an-amount" "不是金额" "a value is not an amount"
    NotAnItem "not-an-item" "科目不是“项”" "a subject is not an item"
    NotTheNextYear "not-the-next-year" "不是下一年度" "a year is not the next one"
    NothingToExplain "nothing-to-explain" "说明的科目没有数字" "an explained subject has no figure"
    NothingWritten "nothing-written" "没有填写内容" "a key has no value"
    OddBlank "odd-blank" "空格不是半角空格" "a space is not an ordinary one"
    OutOfRange "out-of-range" "数值超出范围" "a value is out of its range"
    OutlineChange "outline-change" "对内容编排的改动有误" "a change of an outline does not fit"
    PastedRow "pasted-row" "从表格粘贴的一行" "a row is pasted from a spreadsheet"
    ProjectsKind "projects-kind" "支出种类中的项目支出不对" "not exactly one kind of expenditure is for projects"
    ScheduleColumn "schedule-column" "明细表的栏目有误" "a column of a schedule does not fit"
    SecondDocument "second-document" "文件中有第二份数据" "a file holds a second document"
    SharedByAlias "shared-by-alias" "内容与别处共用，不能结转" "a value is shared by an alias and cannot be rolled over"
    StatedExact "stated-exact" "数据精确而另写合计" "a total is stated although amounts are exact"
    StatedTwice "stated-twice" "合计写了两次" "a total is stated twice"
    StatedWithoutFigures "stated-without-figures" "另写的合计没有数字" "a stated total has no figures"
    SubjectOfNoCategory "subject-of-no-category" "科目不属于任何类别" "an economic subject belongs to no category"
    Tab "tab" "有制表符" "there is a tab"
    TableOfAllUnits "table-of-all-units" "按单位分别印的表属于整个部门" "a table for each unit is of the whole department"
    TargetTwice "target-twice" "指标的目标写了两种" "an indicator has two targets"
    TemplateTooCostly "template-too-costly" "模板循环过多或结果过长" "a template loops or prints too much"
    TemplateTooLong "template-too-long" "模板花括号中的内容过多" "the braces of a template contain too much"
    TextAtMargin "text-at-margin" "一行文字没有缩进" "a line is not a key and value"
    TextBehindQuote "text-behind-quote" "引号后面还有文字" "text follows a closing quotation mark"
    TextTooLong "text-too-long" "文字过长" "a text is too long"
    TooMany "too-many" "列出的内容过多" "a list has too many entries"
    TooMuchShared "too-much-shared" "引用的内容过多" "aliases expand to too much"
    UnevenIndentation "uneven-indentation" "缩进不一致" "lines of one level are indented differently"
    UnitPaysItself "unit-pays-itself" "单位与自己往来" "a unit transfers to itself"
    UnknownCategory "unknown-category" "没有这个分类" "there is no such category"
    UnknownChoice "unknown-choice" "没有这个取值" "there is no such choice"
    UnknownClassification "unknown-classification" "没有这种科目分类" "there is no such classification"
    UnknownFigure "unknown-figure" "没有这个数字" "there is no such figure"
    UnknownFilter "unknown-filter" "没有这个模板函数" "there is no such template filter"
    UnknownFontRole "unknown-font-role" "没有这种字体用途" "there is no such role of a face"
    UnknownFund "unknown-fund" "没有这种资金来源" "there is no such fund"
    UnknownKey "unknown-key" "没有这个键" "there is no such key"
    UnknownKind "unknown-kind" "没有这种支出" "there is no such kind of expenditure"
    UnknownName "unknown-name" "没有这个名称" "there is no such name"
    UnknownOption "unknown-option" "模板函数没有这个选项" "a template filter has no such option"
    UnknownProfile "unknown-profile" "没有这个版式" "there is no such profile"
    UnknownProject "unknown-project" "没有这个项目" "there is no such project"
    UnknownSchedule "unknown-schedule" "没有这份明细" "there is no such schedule"
    UnknownStyle "unknown-style" "没有这种段落样式" "there is no such style"
    UnknownSubject "unknown-subject" "科目表中没有这个科目" "a subject is not in the table of subjects"
    UnknownTable "unknown-table" "没有这张表" "there is no such table"
    UnknownText "unknown-text" "没有这段文字" "there is no such text"
    UnknownUnit "unknown-unit" "没有这个预算单位" "there is no such budget unit"
    UnknownVersion "unknown-version" "不认识的格式版本" "the version of the format is unknown"
    WrongHead "wrong-head" "科目表的表头不对" "the head of a table of subjects is wrong"
    WrongLength "wrong-length" "列表的长度不对" "a list has a wrong length"
    YamlSyntax "yaml-syntax" "YAML 格式有误" "a file is not well-formed YAML"
    YearsOverlap "years-overlap" "科目的年度重叠" "two names of a subject overlap in years"
    YearsReversed "years-reversed" "起止年度颠倒" "a first year is after the last"
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::ProblemCode;

    #[test]
    fn names_are_in_order_and_each_is_of_one_code() {
        let names: Vec<_> = ProblemCode::ALL.iter().map(|code| code.name()).collect();
        assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
    }
}
