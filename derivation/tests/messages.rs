//! The messages, word for word: every `messages/NAME.txt` is refused with the text of
//! `messages/NAME.expected`. `REGENERATE=1 cargo test -p derivation --test messages`
//! writes what is said now, for the difference to be read.

use derivation::syntax::parse;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn sources() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of messages")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    found.sort();
    found
}

#[test]
fn every_message_is_as_kept() {
    let sources = sources();
    assert!(sources.len() >= 40, "{} messages are kept", sources.len());
    let mut changed = Vec::new();
    for path in sources {
        let source = fs::read_to_string(&path).expect("a text");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let said = match parse(&name, "", &source) {
            Ok(_) => {
                changed.push(format!("{name} is read without a complaint"));
                continue;
            }
            Err(faults) => {
                let shown: Vec<String> =
                    faults.iter().map(|fault| fault.render(&name, &source, false)).collect();
                format!("{}\n", shown.join("\n\n"))
            }
        };
        let kept = path.with_extension("expected");
        if env::var_os("REGENERATE").is_some() {
            fs::write(&kept, &said).expect("the message is written");
        }
        if fs::read_to_string(&kept).unwrap_or_default() != said {
            changed.push(format!("{name} says:\n{said}"));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}
