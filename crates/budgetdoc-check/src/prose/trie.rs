//! Words by their characters.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A value for each of many words, found along the characters of a text: that takes as many steps as characters agree,
/// however many words there are.
pub(crate) struct Trie<T> {
    /// The node behind a node and a character. All words begin at node 0.
    next: HashMap<u64, usize, BuildHasherDefault<KeyHasher>>,
    /// The value of the word that ends at each node; the default where none does.
    values: Vec<T>,
    /// A bit for each character of two bytes in UTF-16, set where a word begins with it: most characters begin none.
    first: Box<[u64; 1024]>,
}

impl<T: Default> Default for Trie<T> {
    fn default() -> Self {
        Trie { next: HashMap::default(), values: vec![T::default()], first: Box::new([0; 1024]) }
    }
}

impl<T: Default> Trie<T> {
    /// Returns the value of a word, which is the default before it is set.
    pub fn entry(&mut self, word: impl Iterator<Item = char>) -> &mut T {
        let mut node = 0;
        for character in word {
            if let Some((at, bit)) = first_bit(character).filter(|_| node == 0) {
                self.first[at] |= bit;
            }
            let new = self.values.len();
            node = *self.next.entry(key(node, character)).or_insert(new);
            if node == new {
                self.values.push(T::default());
            }
        }
        &mut self.values[node]
    }

    /// Returns whether a word begins with a character, or may.
    pub fn may_begin_with(&self, character: char) -> bool {
        first_bit(character).is_none_or(|(at, bit)| self.first[at] & bit != 0)
    }

    /// Returns the bytes and the value of the longest word that a text begins with.
    pub fn longest(&self, text: &str) -> Option<(usize, &T)>
    where
        T: PartialEq,
    {
        let mut node = 0;
        let along = text.char_indices().map_while(|(at, character)| {
            node = *self.next.get(&key(node, character))?;
            Some((at + character.len_utf8(), &self.values[node]))
        });
        along.filter(|(_, value)| **value != T::default()).last()
    }

    /// Returns the values of the first character, the first two and so on, as long as a word begins with them.
    pub fn along(&self, characters: impl Iterator<Item = char>) -> impl Iterator<Item = &T> {
        characters.scan(0, |node, character| {
            *node = *self.next.get(&key(*node, character))?;
            Some(&self.values[*node])
        })
    }
}

/// Returns the place and the bit of a character among first ones; none for rare ones.
fn first_bit(character: char) -> Option<(usize, u64)> {
    let code = u16::try_from(character).ok()?;
    Some((usize::from(code / 64), 1 << (code % 64)))
}

/// Hashes the keys of a trie by one multiplication: nobody chooses them to collide, and they are looked up for every
/// character of a text.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write_u64(&mut self, key: u64) {
        let product = u128::from(key) * 0x9e37_79b9_7f4a_7c15;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(self.0 << 8 | u64::from(*byte)));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Returns a node and a character as one number, which is quick to hash.
fn key(node: usize, character: char) -> u64 {
    (node as u64) << 32 | u64::from(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_along_a_text() {
        let mut trie: Trie<u32> = Trie::default();
        for (word, value) in [("公务", 1), ("公务接待", 2), ("会议", 3)] {
            *trie.entry(word.chars()) = value;
        }
        let along = |text: &str| trie.along(text.chars()).copied().collect::<Vec<_>>();
        assert_eq!(along("公务接待费"), [0, 1, 0, 2]);
        assert_eq!(along("会计"), [0]);
        assert!(along("办公").is_empty());
        assert_eq!(trie.longest("公务接待费"), Some(("公务接待".len(), &2)));
        assert_eq!(trie.longest("会计"), None);
        assert!(trie.may_begin_with('会') && !trie.may_begin_with('务') && !trie.may_begin_with('计'));
    }
}
