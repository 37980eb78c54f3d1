//! Codes of subjects, small enough to be copied.

use std::ops::Deref;

/// The code of a subject: three, five or seven digits; none of what has no code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Code {
    digits: [u8; 7],
    length: u8,
}

impl Code {
    /// Reads a code; none if words are not one.
    pub fn read(words: &str) -> Option<Code> {
        let is_code = matches!(words.len(), 3 | 5 | 7) && words.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then(|| {
            let mut code = Code { digits: [0; 7], length: words.len() as u8 };
            code.digits[..words.len()].copy_from_slice(words.as_bytes());
            code
        })
    }
}

impl Deref for Code {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.digits[..usize::from(self.length)]).unwrap_or_default()
    }
}
