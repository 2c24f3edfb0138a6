import Core
import Foundation

/// A formula in plain or LaTeX writing, simple enough to be worked out: + − * / ^, roots, fractions, π, sines, variables.
///
/// Two formulas are equal if they have equal values for several drawn values of their variables (an identity that holds
/// there by chance alone is as good as impossible: Schwartz and Zippel, 1979/80). Ours, for grading; no proof.
struct Formula: Sendable {
    /// A formula in steps for a stack machine.
    private enum Step: Sendable {
        case number(Double)
        case variable(Character)
        case apply(Operation)
    }

    private enum Operation: String, Sendable {
        case add, subtract, multiply, divide, power, negate, root, sine, cosine, tangent, naturalLog, decimalLog,
            absolute, factorial
    }

    private static let longest = 400
    private var steps: [Step] = []
    private(set) var variables: Set<Character> = []

    /// Nil if the text is none.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest, !Self.hasTwoNumbers(text) else { return nil }
        var reading = Reading(text.lowercased().filter { !$0.isWhitespace })
        guard reading.sum(depth: 0), reading.isAtEnd else { return nil }
        steps = reading.steps
        variables = reading.variables
        guard variables.count <= 6 else { return nil }
    }

    /// Two numbers with nothing but space between them are no product.
    private static func hasTwoNumbers(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        return zip(words, words.dropFirst()).contains { $0.last?.isNumber == true && $1.first?.isNumber == true }
    }

    func isEqual(to other: Formula) -> Bool {
        guard variables == other.variables else { return false }
        var random = SeededRandom(seed: 41)
        var agreed = 0
        for _ in 0..<(variables.isEmpty ? 1 : 12) {
            var values: [Character: Double] = [:]
            for name in variables.sorted() { values[name] = 0.3 + 2.4 * Double(random.next() >> 11) / Double(1 << 53) }
            guard let (left, right) = Optional((value(values), other.value(values))), left.isFinite, right.isFinite
            else { continue }
            guard Self.areClose(left, right) else { return false }
            agreed += 1
        }
        return agreed >= (variables.isEmpty ? 1 : 4)
    }

    /// Equal but for rounding.
    static func areClose(_ left: Double, _ right: Double) -> Bool {
        left == right || abs(left - right) <= 1e-9 * max(abs(left), abs(right))
    }

    private func value(_ variables: [Character: Double]) -> Double {
        var stack: [Double] = []
        for step in steps {
            switch step {
            case .number(let number): stack.append(number)
            case .variable(let name): stack.append(variables[name] ?? .nan)
            case .apply(let operation):
                guard let last = stack.popLast() else { return .nan }
                switch operation {
                case .negate: stack.append(-last)
                case .root: stack.append(last.squareRoot())
                case .sine: stack.append(sin(last))
                case .cosine: stack.append(cos(last))
                case .tangent: stack.append(tan(last))
                case .naturalLog: stack.append(log(last))
                case .decimalLog: stack.append(log10(last))
                case .absolute: stack.append(abs(last))
                case .factorial:
                    stack.append(last >= 0 && last <= 170 && last == last.rounded() ? tgamma(last + 1) : .nan)
                case .add, .subtract, .multiply, .divide, .power:
                    guard let before = stack.popLast() else { return .nan }
                    stack.append(Self.two(operation, before, last))
                }
            }
        }
        return stack.count == 1 ? stack[0] : .nan
    }

    private static func two(_ operation: Operation, _ left: Double, _ right: Double) -> Double {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        default: pow(left, right)
        }
    }

    /// Reads by recursive descent: a sum of products of powers.
    private struct Reading {
        let characters: [Character]
        var at = 0
        var steps: [Step] = []
        var variables: Set<Character> = []

        init(_ text: String) { characters = Array(text) }

        var isAtEnd: Bool { at == characters.count }

        private func sees(_ word: String) -> Bool {
            let wanted = Array(word)
            return at + wanted.count <= characters.count && characters[at..<(at + wanted.count)].elementsEqual(wanted)
        }

        private mutating func take(_ word: String) -> Bool {
            guard sees(word) else { return false }
            at += word.count
            return true
        }

        mutating func sum(depth: Int) -> Bool {
            guard depth < 40 else { return false }
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard product(depth) else { return false }
            if isNegative { steps.append(.apply(.negate)) }
            while at < characters.count {
                let operation: Operation
                if take("+") { operation = .add } else if take("-") { operation = .subtract } else { break }
                guard product(depth) else { return false }
                steps.append(.apply(operation))
            }
            return true
        }

        private mutating func product(_ depth: Int) -> Bool {
            guard power(depth) else { return false }
            while at < characters.count {
                if take("*") || take("\\cdot") || take("\\times") {
                    guard power(depth) else { return false }
                    steps.append(.apply(.multiply))
                } else if take("/") {
                    guard power(depth) else { return false }
                    steps.append(.apply(.divide))
                } else if characters[at].isLetter || characters[at] == "\\" || characters[at] == "(" {
                    guard power(depth) else { return false }
                    steps.append(.apply(.multiply))
                } else {
                    break
                }
            }
            return true
        }

        private mutating func power(_ depth: Int) -> Bool {
            guard atom(depth) else { return false }
            while take("!") { steps.append(.apply(.factorial)) }
            guard take("^") else { return true }
            if take("{") {
                guard sum(depth: depth + 1), take("}") else { return false }
            } else {
                let isNegative = take("-")
                guard power(depth + 1) else { return false }
                if isNegative { steps.append(.apply(.negate)) }
            }
            steps.append(.apply(.power))
            return true
        }

        private mutating func atom(_ depth: Int) -> Bool {
            guard depth < 40, at < characters.count else { return false }
            if take("(") { return sum(depth: depth + 1) && take(")") }
            if take("{") { return sum(depth: depth + 1) && take("}") }
            if take("\\frac") { return pair(depth) }
            if take("\\sqrt") || take("sqrt") { return argument(.root, depth) }
            if take("\\pi") || take("pi") { return append(.pi) }
            if take("\\sin") || take("sin") { return argument(.sine, depth) }
            if take("\\cos") || take("cos") { return argument(.cosine, depth) }
            if take("\\tan") || take("tan") { return argument(.tangent, depth) }
            if take("\\ln") || take("ln") { return argument(.naturalLog, depth) }
            if take("\\log") || take("log") { return argument(.decimalLog, depth) }
            if take("|") {
                return sum(depth: depth + 1) && take("|")
                    && {
                        steps.append(.apply(.absolute)); return true
                    }()
            }
            let digits = characters[at...].prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            if !digits.isEmpty {
                at += digits.count
                return Double(String(digits)).map { append($0) } ?? false
            }
            guard characters[at].isASCII, characters[at].isLetter else { return false }
            // Two letters in a row are a word, not a product.
            if at + 1 < characters.count, characters[at + 1].isLetter { return false }
            steps.append(.variable(characters[at]))
            variables.insert(characters[at])
            at += 1
            return true
        }

        private mutating func append(_ number: Double) -> Bool {
            steps.append(.number(number))
            return true
        }

        private mutating func pair(_ depth: Int) -> Bool {
            guard piece(depth), piece(depth) else { return false }
            steps.append(.apply(.divide))
            return true
        }

        /// `{a}`, or a single character as in `\frac12`.
        private mutating func piece(_ depth: Int) -> Bool {
            if take("{") { return sum(depth: depth + 1) && take("}") }
            guard at < characters.count, let digit = characters[at].wholeNumberValue else { return false }
            at += 1
            return append(Double(digit))
        }

        private mutating func argument(_ operation: Operation, _ depth: Int) -> Bool {
            guard atom(depth + 1) else { return false }
            steps.append(.apply(operation))
            return true
        }
    }
}
