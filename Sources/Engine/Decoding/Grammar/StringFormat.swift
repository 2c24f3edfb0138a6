/// The values of `format` that are kept to, as patterns of the whole string.
enum StringFormat: String, CaseIterable, Sendable {
    case date
    case time
    case dateTime = "date-time"
    case uuid
    case email
    case ipv4

    /// The strings of the format, as a pattern between `^` and `$`.
    var pattern: String { "^\(body)$" }

    private var body: String {
        switch self {
        case .date: Self.day
        case .time: Self.clock
        case .dateTime: "\(Self.day)T\(Self.clock)"
        case .uuid: "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
        case .email: "\(Self.word)(\\.\(Self.word)){0,7}@\(Self.label)(\\.\(Self.label)){0,7}"
        case .ipv4: "\(Self.octet)(\\.\(Self.octet)){3}"
        }
    }

    /// RFC 3339, full-date: the days of each month, the 29th of February in leap years.
    private static let day =
        "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
        + "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
        + "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"

    /// RFC 3339, full-time, without leap seconds.
    private static let clock =
        "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"

    /// A part of an address before the `@`, a part behind it, and a byte in decimal.
    private static let word = "[A-Za-z0-9_+-]{1,32}"
    private static let label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?"
    private static let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
}
