//! Tokens, and the lines into which they fall.

use crate::chain::Span;
use crate::term::Name;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word or a name; its text tells which.
    Name,
    Number,
    Open(Bracket),
    Close(Bracket),
    Comma,
    Semicolon,
    /// `|`; two that touch are the bar of KL(p || q).
    Bar,
    /// ‖
    DoubleBar,
    Tilde,
    Plus,
    Minus,
    Star,
    Slash,
    Caret,
    Prime,
    Equal,
    AtMost,
    AtLeast,
    Less,
    Greater,
    Different,
    /// `<<`
    MuchLess,
    /// The end of the line of tokens; always there, never consumed.
    End,
}

/// Which bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Square,
    Brace,
}

impl Bracket {
    /// `(`, `[`, `{`
    pub(super) fn opening(self) -> &'static str {
        match self {
            Bracket::Round => "(",
            Bracket::Square => "[",
            Bracket::Brace => "{",
        }
    }

    /// `)`, `]`, `}`
    pub(super) fn closing(self) -> &'static str {
        match self {
            Bracket::Round => ")",
            Bracket::Square => "]",
            Bracket::Brace => "}",
        }
    }
}

/// A token and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// As the language spells it in ASCII: `theta` for θ.
    pub(super) text: Name,
    pub(super) span: Span,
    /// Is it the first of its line of text?
    pub(super) first: bool,
}

impl Token {
    /// Does it stand for an operator that needs something after it?
    fn leaves_open(&self) -> bool {
        matches!(
            self.kind,
            Kind::Comma
                | Kind::Semicolon
                | Kind::Bar
                | Kind::DoubleBar
                | Kind::Tilde
                | Kind::Plus
                | Kind::Minus
                | Kind::Star
                | Kind::Slash
                | Kind::Caret
                | Kind::Equal
                | Kind::AtMost
                | Kind::AtLeast
                | Kind::Less
                | Kind::Greater
                | Kind::Different
                | Kind::MuchLess
                | Kind::Open(_)
        ) || (self.kind == Kind::Name
            && matches!(&*self.text, "by" | "let" | "assuming" | "be" | "at" | "log" | "exp" | "sqrt" | "in"))
    }

    /// Does it carry on with what stands before it?
    fn carries_on(&self) -> bool {
        matches!(
            self.kind,
            Kind::Comma
                | Kind::Semicolon
                | Kind::Bar
                | Kind::DoubleBar
                | Kind::Plus
                | Kind::Minus
                | Kind::Star
                | Kind::Slash
                | Kind::Caret
                | Kind::Less
                | Kind::Greater
                | Kind::Different
                | Kind::MuchLess
                | Kind::Close(_)
                | Kind::Open(Bracket::Square)
        ) || (self.kind == Kind::Name && matches!(&*self.text, "by" | "be" | "with" | "is"))
    }

    /// Does it begin a statement or a link wherever it stands first in its line?
    fn begins(&self) -> bool {
        matches!(self.kind, Kind::Equal | Kind::AtMost | Kind::AtLeast)
            || (self.kind == Kind::Name && matches!(&*self.text, "let" | "assuming" | "attained"))
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.kind == Kind::Name && &*self.text == word
    }

    pub(super) fn is_relation(&self) -> bool {
        matches!(
            self.kind,
            Kind::Equal | Kind::AtMost | Kind::AtLeast | Kind::Less | Kind::Greater | Kind::Different
        )
    }
}

/// Does the line so far need something after it? `dom f*` does not, though it ends in `*`.
fn leaves_open(line: &[Token]) -> bool {
    match line {
        [.., dom, _, star] if star.kind == Kind::Star && dom.is("dom") => false,
        [.., last] => last.leaves_open(),
        [] => false,
    }
}

/// Is the line so far a statement that needs no more? Then a minus or a bar in a new line
/// begins the chain.
fn whole(line: &[Token]) -> bool {
    match line {
        [first, ..] if first.is("assuming") => true,
        [first, rest @ ..] if first.is("let") => rest.iter().any(|token| token.is("be")),
        _ => false,
    }
}

/// Splits the tokens into statements and links, each closed by an [`Kind::End`].
///
/// A new line begins a new one unless it stands within brackets, carries on, or what
/// stands before it is left open. A line that begins with a relation always begins a
/// link, so that an open bracket spoils only its own.
pub(super) fn lines(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut lines: Vec<Vec<Token>> = Vec::new();
    let mut depth = 0_usize;
    for token in tokens {
        let assuming = lines.last().and_then(|line| line.first()).is_some_and(|first| first.is("assuming"));
        let relates = token.is_relation() && !assuming;
        let after_open = lines.last().is_some_and(|line| leaves_open(line));
        let carries_on = token.carries_on()
            && !(matches!(token.kind, Kind::Minus | Kind::Bar)
                && lines.last().is_some_and(|line| whole(line)));
        if lines.is_empty()
            || (token.first && (token.begins() || relates || (depth == 0 && !carries_on && !after_open)))
        {
            lines.push(Vec::new());
            depth = 0;
        }
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some(line) = lines.last_mut() {
            line.push(token);
        }
    }
    for line in &mut lines {
        let end = line.last().map_or(0, |token| token.span.end);
        line.push(Token { kind: Kind::End, text: "".into(), span: end..end, first: false });
    }
    lines
}
