/// The variables of one stretch of a template, inside those of another.
struct RunScope {
    /// The number of the scope around this one.
    let outer: Int?
    var values: [String: RunValue] = [:]
}

/// Whether the statements behind one are still to run.
enum RunFlow {
    case onward, leaveLoop, nextRound
}

/// A macro with the scope that it was written in.
struct RunMacro {
    let syntax: Statement.MacroSyntax
    let scope: Int
}
