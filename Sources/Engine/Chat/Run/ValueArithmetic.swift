import Foundation

/// Calculates with values as Python does; whole numbers are bounded by 64 bits here.
extension WorkMeter {
    mutating func result(
        of operation: Arithmetic, _ left: RunValue, _ right: RunValue
    ) throws(ChatTemplateRefusal) -> RunValue {
        if let joined = try joined(operation, left, right) { return joined }
        if operation != .over, let left = left.whole, let right = right.whole {
            return try whole(operation, left, right)
        }
        guard let first = left.real, let second = right.real else {
            throw ChatTemplateRefusal(
                .operation(
                    "\(left.kind) \(operation.rawValue) \(right.kind)",
                    expected: operation == .plus ? "two numbers, two texts or two lists" : "two numbers"))
        }
        return .number(try real(operation, first, second))
    }

    /// Sums and repetitions of texts and lists.
    private mutating func joined(
        _ operation: Arithmetic, _ left: RunValue, _ right: RunValue
    ) throws(ChatTemplateRefusal) -> RunValue? {
        switch (operation, left, right) {
        case (.plus, .text(let left), .text(let right)):
            try count(textOf: left.utf8.count + right.utf8.count)
            return .text(left + right)
        case (.plus, .list(let left), .list(let right)):
            try count(elements: left.items.count + right.items.count)
            return .list(try ValueRow(left.items + right.items))
        case (.plus, .tuple(let left), .tuple(let right)):
            try count(elements: left.items.count + right.items.count)
            return .tuple(try ValueRow(left.items + right.items))
        case (.times, .text(let text), _):
            guard let times = right.whole else { return nil }
            return try repeated(text, times)
        case (.times, _, .text(let text)):
            guard let times = left.whole else { return nil }
            return try repeated(text, times)
        case (.times, .list(let row), _):
            guard let times = right.whole else { return nil }
            let (length, overflow) = row.items.count.multipliedReportingOverflow(by: max(0, times))
            try count(elements: overflow ? .max : length)
            return .list(try ValueRow(Array(repeatElement(row.items, count: max(0, times)).joined())))
        default: return nil
        }
    }

    private mutating func repeated(_ text: String, _ times: Int) throws(ChatTemplateRefusal) -> RunValue {
        let (length, overflow) = text.utf8.count.multipliedReportingOverflow(by: max(0, times))
        try count(textOf: overflow ? .max : length)
        return .text(length == 0 ? "" : String(repeating: text, count: max(0, times)))
    }

    private func whole(
        _ operation: Arithmetic, _ left: Int, _ right: Int
    ) throws(ChatTemplateRefusal) -> RunValue {
        let answer: (partialValue: Int, overflow: Bool)
        switch operation {
        case .plus: answer = left.addingReportingOverflow(right)
        case .minus: answer = left.subtractingReportingOverflow(right)
        case .times: answer = left.multipliedReportingOverflow(by: right)
        case .floorOver, .modulo:
            guard right != 0 else { throw divisionByZero }
            let (quotient, overflow) = left.dividedReportingOverflow(by: right)
            let (rest, _) = left.remainderReportingOverflow(dividingBy: right)
            // Python rounds down, so the rest has the sign of the divisor.
            let isBelow = rest != 0 && (rest < 0) != (right < 0)
            answer =
                operation == .modulo
                ? (isBelow ? rest + right : rest, false) : (isBelow ? quotient - 1 : quotient, overflow)
        case .over: return .number(try real(.over, Double(left), Double(right)))
        case .power:
            guard right >= 0 else { return .number(try real(.power, Double(left), Double(right))) }
            answer = Self.power(left, right)
        }
        guard !answer.overflow else {
            throw ChatTemplateRefusal(
                .operation("\(left) \(operation.rawValue) \(right)", expected: "a result of 63 bits"))
        }
        return .integer(answer.partialValue)
    }

    private static func power(_ number: Int, _ exponent: Int) -> (partialValue: Int, overflow: Bool) {
        if number.magnitude <= 1 {
            return (number == -1 && exponent.isMultiple(of: 2) ? 1 : exponent == 0 ? 1 : number, false)
        }
        var result = 1
        for _ in 0..<min(exponent, 64) {
            let (next, overflow) = result.multipliedReportingOverflow(by: number)
            if overflow { return (0, true) }
            result = next
        }
        return (result, false)
    }

    private func real(_ operation: Arithmetic, _ left: Double, _ right: Double) throws(ChatTemplateRefusal) -> Double {
        switch operation {
        case .plus: return left + right
        case .minus: return left - right
        case .times: return left * right
        case .power: return pow(left, right)
        case .over, .floorOver, .modulo:
            guard right != 0 else { throw divisionByZero }
            if operation == .over { return left / right }
            let rest = fmod(left, right)
            let isBelow = rest != 0 && (rest < 0) != (right < 0)
            if operation == .modulo { return isBelow ? rest + right : rest }
            return ((left - rest) / right - (isBelow ? 1 : 0)).rounded()
        }
    }

    private var divisionByZero: ChatTemplateRefusal {
        ChatTemplateRefusal(.operation("a division by zero", expected: "another divisor"))
    }
}
