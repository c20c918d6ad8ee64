//! Text to tokens. Unicode's own signs are accepted beside the ASCII forms.

use super::diagnostic::Diagnostic;
use super::token::{Bracket, Kind, Token};
use crate::chain::Span;

/// What some editors put before a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The longest number or name, in characters.
const LONGEST_WORD: usize = 40;

/// Splits the source into tokens; what is no token is reported and left out.
pub(super) fn tokens(source: &str) -> (Vec<Token>, Vec<Diagnostic>) {
    let mut lexer = Lexer { source, at: 0, first: true, tokens: Vec::new(), diagnostics: Vec::new() };
    while lexer.step() {}
    (lexer.tokens, lexer.diagnostics)
}

struct Lexer<'s> {
    source: &'s str,
    at: usize,
    first: bool,
    tokens: Vec<Token>,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Lexer<'s> {
    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or("")
    }

    fn push(&mut self, kind: Kind, text: &str, length: usize) {
        let span = self.at..self.at + length;
        self.tokens.push(Token { kind, text: text.into(), span, first: self.first });
        self.first = false;
        self.at += length;
    }

    /// Reads one token, blank or comment; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(next) = rest.chars().next() else { return false };
        if next == '\n' {
            self.first = true;
            self.at += 1;
        } else if next.is_whitespace() || self.at == 0 && next == BYTE_ORDER_MARK {
            self.at += next.len_utf8();
        } else if rest.starts_with("--") {
            self.at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some((kind, text, length)) = symbol(rest) {
            self.push(kind, text, length);
        } else if next.is_ascii_digit() {
            self.number();
        } else if next.is_alphabetic() {
            self.name();
        } else {
            self.stranger(next);
        }
        true
    }

    fn number(&mut self) {
        let rest = self.rest();
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mut length = digits(rest);
        if rest[length..].starts_with('.') {
            let decimals = digits(&rest[length + 1..]);
            if decimals > 0 {
                length += 1 + decimals;
            }
        }
        if length > LONGEST_WORD {
            let span = self.at..self.at + length;
            self.diagnostics.push(
                Diagnostic::new(span, format!("this number has {length} digits"))
                    .note(format!("numbers have at most {LONGEST_WORD} digits")),
            );
            self.at += length;
            return;
        }
        let after = &rest[length..];
        let exponent = after.strip_prefix(['e', 'E']).map(|power| power.trim_start_matches(['-', '+']));
        if exponent.is_some_and(|power| power.starts_with(|c: char| c.is_ascii_digit())) {
            let end = length + 1 + after[1..].len()
                - after[1..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+').len();
            self.diagnostics.push(
                Diagnostic::new(self.at..self.at + end, "numbers are written without an exponent")
                    .suggest("write a fraction, `1/1000`, or a decimal, `0.001`"),
            );
            self.at += end;
            return;
        }
        self.push(Kind::Number, &rest[..length], length);
    }

    fn name(&mut self) {
        let rest = self.rest();
        let word = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        let tail = &rest[word..];
        let length = word + tail.len() - tail.trim_start_matches(['\'', '′']).len();
        let mut text = String::new();
        for letter in rest[..length].chars() {
            match greek(letter) {
                Some(name) => text.push_str(name),
                None if letter == '′' => text.push('\''),
                None => text.push(letter),
            }
        }
        if text.chars().count() > LONGEST_WORD {
            let span = self.at..self.at + length;
            self.diagnostics.push(
                Diagnostic::new(span, "this name is too long")
                    .note(format!("names have at most {LONGEST_WORD} characters")),
            );
            self.at += length;
            return;
        }
        self.push(Kind::Name, &text, length);
    }

    /// A character that the language does not have; runs of it are one mistake.
    fn stranger(&mut self, next: char) {
        let rest = self.rest();
        let length = if next == '\\' {
            1 + rest[1..].len() - rest[1..].trim_start_matches(|c: char| c.is_ascii_alphabetic()).len()
        } else {
            rest.len() - rest.trim_start_matches(next).len()
        };
        let span = self.at..self.at + length;
        self.diagnostics.push(explain(span, &rest[..length], next));
        self.at += length;
    }
}

fn explain(span: Span, text: &str, next: char) -> Diagnostic {
    match next {
        '\\' => {
            let says = match text {
                "\\frac" => "write `a / b`; the page shows it as a fraction",
                "\\log" | "\\exp" | "\\theta" | "\\lambda" | "\\phi" | "\\sup" => {
                    "write the word without `\\`"
                }
                "\\mathbb" | "\\mathrm" | "\\operatorname" => "write `E[x ~ p(x)] …`, `KL(p(x) || q(x))`",
                "\\int" => "write `int[x] …`",
                "\\sum" => "write `sum[x] …`",
                "\\le" | "\\leq" => "write `<=`",
                "\\ge" | "\\geq" => "write `>=`",
                "\\partial" | "\\nabla" => "write `d[theta] …`",
                "\\mid" => "write `|`",
                "\\|" | "\\parallel" | "\\Vert" => "write `||`",
                "\\infty" => "write `inf`",
                "\\cdot" | "\\times" => "write `*`",
                _ => "write the language's own form; the typesetter makes the LaTeX",
            };
            Diagnostic::new(span, format!("`{text}` is LaTeX")).suggest(says)
        }
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => {
            Diagnostic::new(span, format!("`{text}` is a typographer's quotation mark"))
                .suggest("for a derivative or another point of a space write a plain `'`")
        }
        '"' | '`' => Diagnostic::new(span, "names stand without quotation marks"),
        '$' => Diagnostic::new(span, "`$` does not belong into a derivation")
            .suggest("leave it out: the whole block is mathematics"),
        ':' => Diagnostic::new(span, "`:` has no meaning here")
            .suggest("definitions stand above the chain: `let T(x) = …`"),
        '!' => Diagnostic::new(span, "`!` has no meaning here").suggest("for ≠ write `!=`"),
        '–' | '—' => {
            Diagnostic::new(span, "a dash is no minus sign").suggest("write `-`; a comment begins with `--`")
        }
        '≈' | '≃' | '∝' | '≡' | '→' | '⇒' => {
            Diagnostic::new(span, format!("`{text}` is no relation of a chain")).expected("`=`, `<=` or `>=`")
        }
        '&' => Diagnostic::new(span, "`&` does not belong into a derivation")
            .suggest("leave it out: lines are aligned when they are typeset"),
        '#' => Diagnostic::new(span, "`#` has no meaning here").suggest("a comment begins with `--`"),
        '.' | '…' => Diagnostic::new(span, format!("`{text}` has no meaning here"))
            .note("the language has no elision: sums of indexed terms are expectations or `sum[x]`"),
        _ => Diagnostic::new(span, format!("`{}` is no sign of the language", next.escape_debug())),
    }
}

/// The operator at the beginning of the text: its kind, its ASCII form, its length.
fn symbol(text: &str) -> Option<(Kind, &'static str, usize)> {
    let symbols: &[(&str, Kind, &'static str)] = &[
        ("<<", Kind::MuchLess, "<<"),
        ("<=", Kind::AtMost, "<="),
        (">=", Kind::AtLeast, ">="),
        ("!=", Kind::Different, "!="),
        ("**", Kind::Star, "**"),
        ("(", Kind::Open(Bracket::Round), "("),
        (")", Kind::Close(Bracket::Round), ")"),
        ("[", Kind::Open(Bracket::Square), "["),
        ("]", Kind::Close(Bracket::Square), "]"),
        ("{", Kind::Open(Bracket::Brace), "{"),
        ("}", Kind::Close(Bracket::Brace), "}"),
        (",", Kind::Comma, ","),
        (";", Kind::Semicolon, ";"),
        ("|", Kind::Bar, "|"),
        ("~", Kind::Tilde, "~"),
        ("+", Kind::Plus, "+"),
        ("-", Kind::Minus, "-"),
        ("*", Kind::Star, "*"),
        ("/", Kind::Slash, "/"),
        ("^", Kind::Caret, "^"),
        ("'", Kind::Prime, "'"),
        ("=", Kind::Equal, "="),
        ("<", Kind::Less, "<"),
        (">", Kind::Greater, ">"),
        ("≤", Kind::AtMost, "<="),
        ("⩽", Kind::AtMost, "<="),
        ("≥", Kind::AtLeast, ">="),
        ("⩾", Kind::AtLeast, ">="),
        ("≠", Kind::Different, "!="),
        ("≪", Kind::MuchLess, "<<"),
        ("‖", Kind::DoubleBar, "||"),
        ("∥", Kind::DoubleBar, "||"),
        ("∣", Kind::Bar, "|"),
        ("∼", Kind::Tilde, "~"),
        ("−", Kind::Minus, "-"),
        ("·", Kind::Star, "*"),
        ("⋅", Kind::Star, "*"),
        ("×", Kind::Star, "*"),
        ("∗", Kind::Star, "*"),
        ("′", Kind::Prime, "'"),
        ("∞", Kind::Name, "inf"),
        ("∈", Kind::Name, "in"),
        ("∫", Kind::Name, "int"),
        ("∑", Kind::Name, "sum"),
        ("∂", Kind::Name, "d"),
        ("√", Kind::Name, "sqrt"),
        ("𝔼", Kind::Name, "E"),
        ("ℝ", Kind::Name, "R"),
    ];
    symbols
        .iter()
        .find(|(written, _, _)| text.starts_with(written))
        .map(|(written, kind, ascii)| (*kind, *ascii, written.len()))
}

/// The name of a Greek letter.
fn greek(letter: char) -> Option<&'static str> {
    Some(match letter {
        'α' => "alpha",
        'β' => "beta",
        'γ' => "gamma",
        'δ' => "delta",
        'ε' | 'ϵ' => "epsilon",
        'ζ' => "zeta",
        'η' => "eta",
        'θ' | 'ϑ' => "theta",
        'κ' => "kappa",
        'λ' => "lambda",
        'μ' => "mu",
        'ν' => "nu",
        'ξ' => "xi",
        'π' => "pi",
        'ρ' => "rho",
        'σ' => "sigma",
        'τ' => "tau",
        'φ' | 'ϕ' => "phi",
        'χ' => "chi",
        'ψ' => "psi",
        'ω' => "omega",
        'Γ' => "Gamma",
        'Δ' => "Delta",
        'Θ' => "Theta",
        'Λ' => "Lambda",
        'Ξ' => "Xi",
        'Π' => "Pi",
        'Σ' => "Sigma",
        'Φ' => "Phi",
        'Ψ' => "Psi",
        'Ω' => "Omega",
        _ => return None,
    })
}
