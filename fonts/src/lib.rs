//! The faces that budgetdoc has compiled in.
//!
//! All are modified versions, trimmed to Simplified Chinese, under the SIL Open Font License 1.1, whose text lies
//! beside each file (`noto/OFL.txt`, `tinos/OFL.txt`). They are a crate of their own because their licence is not
//! that of the program, and because a package cannot hold files from outside its folder.

#![deny(missing_docs)]

/// Noto Serif CJK SC Bold 2.001, from Debian 12 `fonts-noto-cjk`; OFL 1.1. For titles.
pub static NOTO_SERIF_BOLD: &[u8] = include_bytes!("../noto/NotoSerifSC-Bold.ttf");

/// Noto Serif CJK SC Regular 2.001, from Debian 12 `fonts-noto-cjk`; OFL 1.1. For tables, and where FandolFang is
/// missing.
pub static NOTO_SERIF: &[u8] = include_bytes!("../noto/NotoSerifSC-Regular.ttf");

/// Noto Sans CJK SC Medium 2.004, from Debian 12 `fonts-noto-cjk-extra`; OFL 1.1. For headings, and where FandolKai
/// is missing.
pub static NOTO_SANS: &[u8] = include_bytes!("../noto/NotoSansSC-Medium.ttf");

/// Tinos Regular, from npm `@expo-google-fonts/tinos` 0.4.2; OFL 1.1. For letters and figures.
pub static TINOS: &[u8] = include_bytes!("../tinos/Tinos-Regular.ttf");

/// Tinos Bold, from npm `@expo-google-fonts/tinos` 0.4.2; OFL 1.1. For letters and figures in titles.
pub static TINOS_BOLD: &[u8] = include_bytes!("../tinos/Tinos-Bold.ttf");

/// Noto Sans Symbols 2, from npm `@expo-google-fonts/noto-sans-symbols-2` 0.4.1; OFL 1.1. For ☐ and ☑.
pub static SYMBOLS: &[u8] = include_bytes!("../symbols/NotoSansSymbols2-Regular.ttf");
