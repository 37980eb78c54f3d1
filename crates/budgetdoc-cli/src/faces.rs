//! Arguments about faces.

use std::path::PathBuf;

use budgetdoc::document::Role;
use budgetdoc::font::{FontSearch, Surroundings};
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::args::{self, Say};
use crate::input::Input;

/// The faces named on the command line.
#[derive(Clone, Debug, Default)]
pub struct FaceOptions {
    dirs: Vec<PathBuf>,
    system: bool,
    families: Vec<(Option<Role>, String)>,
}

/// Returns the arguments about faces.
pub fn arguments(say: Say) -> [Arg; 3] {
    [
        Arg::new("font-dir")
            .long("font-dir")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .action(ArgAction::Append)
            .help(say.pick("查找字体的文件夹，可写多次", "Folder with fonts; can be repeated")),
        Arg::new("system-fonts")
            .long("system-fonts")
            .action(ArgAction::SetTrue)
            .help(say.pick("允许 --font 使用系统中安装的字体", "Let --font use families installed on the system")),
        Arg::new("font")
            .long("font")
            .value_name("ROLE=FAMILY")
            .value_parser(parse_font)
            .action(ArgAction::Append)
            .help(say.pick(
                "为某种用途指定字体，如 body=仿宋_GB2312；用途有 title、heading、subheading、body、table、latin，其他字体都没有的字用 fallback",
                "Family for a role, such as body=仿宋_GB2312; roles: title, heading, subheading, body, table, latin, and fallback for characters that no other face has",
            )),
    ]
}

impl FaceOptions {
    pub fn of(matches: &ArgMatches) -> Self {
        FaceOptions {
            dirs: args::paths(matches, "font-dir"),
            system: matches.get_flag("system-fonts"),
            families: matches.get_many("font").into_iter().flatten().cloned().collect(),
        }
    }

    /// Returns the search for the faces of a spec that names `families`, which the command line overrides.
    pub fn search(&self, input: Option<&Input>, mut families: Vec<(Option<Role>, String)>) -> FontSearch {
        families.retain(|(role, _)| self.families.iter().all(|(named, _)| named != role));
        families.extend(self.families.iter().cloned());
        let working_dir = std::env::current_dir().ok();
        let executable = std::env::current_exe().ok();
        let spec = input.and_then(|input| std::path::absolute(input.path.as_ref()?).ok());
        let variable = std::env::var_os("BUDGETDOC_FONT_DIR");
        FontSearch {
            system: self.system,
            families,
            ..FontSearch::around(&Surroundings {
                named: &self.dirs,
                variable: variable.as_deref(),
                working_dir: working_dir.as_deref(),
                spec_dir: spec.as_deref().and_then(std::path::Path::parent),
                executable: executable.as_deref(),
            })
        }
    }
}

/// Reads a role and its family; no role is [`Role::FALLBACK`].
fn parse_font(text: &str) -> Result<(Option<Role>, String), String> {
    let roles = format!("{}, {}", Role::ALL.map(Role::name).join(", "), Role::FALLBACK);
    let (role, family) = text.split_once('=').ok_or_else(|| format!("ROLE=FAMILY ({roles})"))?;
    let known = Role::ALL.into_iter().find(|known| known.name() == role);
    if known.is_none() && role != Role::FALLBACK {
        return Err(roles);
    }
    if family.is_empty() {
        return Err("ROLE=FAMILY".to_owned());
    }
    Ok((known, family.to_owned()))
}
