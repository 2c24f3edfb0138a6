/// Writes a moment by a `strftime` pattern in the words of the C locale, such as `%d %B %Y`.
struct CalendarFormat {
    private let pattern: String

    init(_ pattern: String) { self.pattern = pattern }

    static let known = "aAbBdeHIjmMpSyY%".map(String.init)

    /// The moment in the pattern; refuses a directive that is not known.
    func text(of moment: CalendarMoment) throws(ChatTemplateRefusal) -> String {
        var result = ""
        var rest = pattern.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            // `%-d` leaves out the leading zeros.
            let isBare = rest.first == "-"
            if isBare { rest.removeFirst() }
            let letter = rest.popFirst().map(String.init) ?? ""
            let written = try Self.directive(letter, of: moment)
            let bare = written.drop { $0 == "0" || $0 == " " }
            result += isBare ? (bare.isEmpty ? "0" : String(bare)) : written
        }
        return result
    }

    private static func directive(_ letter: String, of moment: CalendarMoment) throws(ChatTemplateRefusal) -> String {
        switch letter {
        case "a": String(days[moment.weekday].prefix(3))
        case "A": days[moment.weekday]
        case "b": String(months[moment.month - 1].prefix(3))
        case "B": months[moment.month - 1]
        case "d": padded(moment.day, 2)
        case "e": (moment.day < 10 ? " " : "") + String(moment.day)
        case "H": padded(moment.hour, 2)
        case "I": padded((moment.hour + 11) % 12 + 1, 2)
        case "j": padded(moment.dayOfYear, 3)
        case "m": padded(moment.month, 2)
        case "M": padded(moment.minute, 2)
        case "p": moment.hour < 12 ? "AM" : "PM"
        case "S": padded(moment.second, 2)
        case "y": padded(moment.year % 100, 2)
        case "Y": String(moment.year)
        case "%": "%"
        default:
            throw ChatTemplateRefusal(
                .operation("%\(letter) in a date's pattern", expected: "% with one of \(known.joined(separator: " "))"))
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
