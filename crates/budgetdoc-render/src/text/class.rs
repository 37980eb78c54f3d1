//! Classes of characters, and what may begin or end a line.

/// Class of a character for breaking and spacing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Hanzi and other full-width characters without a rule of their own.
    Han,
    /// Opening brackets and quotation marks: blank on their left.
    Open,
    /// Closing brackets and quotation marks: blank on their right.
    Close,
    /// Pauses inside a sentence （，、；：）: blank on their right.
    Pause,
    /// Ends of sentences （。？！）: blank on their right.
    Stop,
    /// The middle dot, blank on both sides.
    Middle,
    /// Dashes and ellipses, which come in pairs.
    Pair,
    /// Signs that follow a number （％ ℃ ‰）.
    Suffix,
    /// Digits.
    Digit,
    /// Letters and signs of the Latin face.
    Latin,
    /// Spaces, which vanish at the edges of a line.
    Blank,
}

impl Class {
    /// Returns the class of a character.
    pub fn of(character: char) -> Class {
        match character {
            ' ' | '\u{3000}' => Class::Blank,
            '0'..='9' => Class::Digit,
            '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '［' | '｛' | '“' | '‘' | '〖' => {
                Class::Open
            }
            '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '］' | '｝' | '”' | '’' | '〗' => {
                Class::Close
            }
            '，' | '、' | '；' | '：' => Class::Pause,
            '。' | '？' | '！' | '．' => Class::Stop,
            '·' | '・' | '‧' => Class::Middle,
            '—' | '…' | '⋯' | '―' => Class::Pair,
            '％' | '℃' | '‰' | '℉' | '°' | '′' | '″' => Class::Suffix,
            '\u{21}'..='\u{7e}' | '\u{a0}'..='\u{24f}' => Class::Latin,
            _ => Class::Han,
        }
    }

    /// Returns whether the mark's right half is blank.
    pub fn has_blank_right(self) -> bool {
        matches!(self, Class::Close | Class::Pause | Class::Stop)
    }

    /// Returns whether it is a punctuation mark with a blank half.
    pub fn is_mark(self) -> bool {
        self.has_blank_right() || self == Class::Open
    }

    /// Returns whether it is set in the Latin face and belongs to a word or number.
    pub fn is_western(self) -> bool {
        matches!(self, Class::Digit | Class::Latin)
    }
}

/// Returns characters that may not begin a line (行首禁则, clreq 3.1.4 at GB level): closing and pausing marks, the middle
/// dot, the connecting marks, and signs that belong to the number before them.
pub(crate) fn forbidden_at_start(character: char) -> bool {
    match Class::of(character) {
        Class::Close | Class::Pause | Class::Stop | Class::Middle | Class::Suffix => true,
        Class::Latin => matches!(character, ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' | '%' | '/' | '-'),
        Class::Han => matches!(character, '～' | '－' | '–' | '／' | '＂' | '＇' | '々' | '〜'),
        Class::Digit | Class::Open | Class::Pair | Class::Blank => false,
    }
}

/// Returns characters that may not end a line (行尾禁则): opening marks, and signs that belong to the number after them.
pub(crate) fn forbidden_at_end(character: char) -> bool {
    Class::of(character) == Class::Open
        || matches!(
            character,
            '(' | '[' | '{' | '￥' | '¥' | '$' | '≥' | '≤' | '＞' | '＜' | '±' | '／' | '№' | '＋' | '－'
        )
}
