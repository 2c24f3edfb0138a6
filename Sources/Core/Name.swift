/// A name that can only be mixed up with names of the same thing: an expert's id is not a skill's name.
///
/// Encoded as a plain string. Ordered by its text.
public struct Name<Subject>: RawRepresentable, Hashable, Sendable, Comparable {
    /// The text itself, as written in `config.yaml`, `Skills/`, the API and the command line.
    public let rawValue: String

    /// Wraps a text; nothing is checked here, `Settings` refuses ill-formed names.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps a text.
    public init(_ text: String) { rawValue = text }

    /// Orders names by their text, byte by byte, so that listings are the same everywhere.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The id of an expert; also a model that clients may ask for.
public typealias ExpertID = Name<ExpertCard>
/// The name of a skill; equals its folder under `Skills/`, or a keyword when profiles are built on raw keywords.
public typealias SkillName = Name<Skill>
/// The name of a route: what clients put in `model`.
public typealias RouteName = Name<Route>

extension Name: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { rawValue = text }
}

extension Name: CustomStringConvertible {
    public var description: String { rawValue }
}

extension Name: Codable {
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
