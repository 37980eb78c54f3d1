use serde::{Deserialize, Serialize};

use super::{Place, Role};

/// Words, the face of each run of them, and the place they come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The runs, in order. A run holds no line break.
    pub runs: Vec<Run>,
    /// The place of the words in the user's file, for messages.
    pub origin: Option<Place>,
}

/// A piece of text in one face.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// The role of its face where it is not the paragraph style's, such as 楷体 for a lead.
    pub role: Option<Role>,
}

impl Text {
    /// Makes a text of one run in its paragraph's face.
    pub fn plain(text: impl Into<String>) -> Self {
        Text { runs: vec![Run { text: text.into(), role: None }], origin: None }
    }

    /// Sets the place the words come from.
    pub fn at(mut self, origin: Option<Place>) -> Self {
        self.origin = origin;
        self
    }

    /// Returns the characters of all runs.
    pub fn to_plain(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Returns whether it announces what follows: it ends with a colon (其中：), or with no mark, as the name of a group
    /// does (（二）教育支出（类）), while the text `next` ends with one.
    pub fn announces(&self, next: Option<&Text>) -> bool {
        let ends_with = |text: &Text, test: fn(char) -> bool| {
            text.runs.last().is_some_and(|run| run.text.trim_end().ends_with(test))
        };
        let is_mark = |character: char| "。；：，、！？…—”’".contains(character) || character.is_ascii_punctuation();
        ends_with(self, |character| character == '：')
            || (!self.is_empty() && !ends_with(self, is_mark) && next.is_some_and(|next| ends_with(next, is_mark)))
    }

    /// Returns whether no run holds a character.
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| run.text.is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::plain(text)
    }
}
