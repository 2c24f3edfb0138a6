/// A part of a template that does something: writes, decides, repeats or keeps a value.
struct Statement: Sendable {
    enum Form: Sendable {
        case text(String)
        case output(Expression)
        case set(Target, Expression)
        /// Keeps what the body writes, sent through the filters of `value`.
        case gather(Target, value: Expression, body: [Statement])
        case branches([(condition: Expression, body: [Statement])], otherwise: [Statement])
        case loop(LoopSyntax)
        case macro(MacroSyntax)
        /// A body whose variables end with it.
        case scope([Statement])
        case leaveLoop
        case nextRound
    }

    /// Where a value is put.
    indirect enum Target: Sendable {
        case name(String)
        case attribute(of: String, name: String)
        case tuple([Target])
    }

    /// `for target in rows if condition`, its body, and what is done when no row is left.
    struct LoopSyntax: Sendable {
        let target: Target
        let rows: Expression
        let condition: Expression?
        let body: [Statement]
        let otherwise: [Statement]
    }

    /// A piece of template with parameters.
    struct MacroSyntax: Sendable {
        let name: String
        let parameters: [(name: String, standard: Expression?)]
        let body: [Statement]
    }

    let form: Form
    let line: Int
}
