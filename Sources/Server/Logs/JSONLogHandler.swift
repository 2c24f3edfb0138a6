import Core
public import Foundation
public import Logging

/// Writes each line of the log as one JSON object, for programs that collect logs.
///
/// `time` (UTC), `level`, `message`, then what belongs to the line under its own names; a name that is taken gets a
/// line under it. Nothing else is written: where in the sources a line comes from helps nobody who runs the program.
public struct JSONLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel = Logger.Level.info
    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - now: the calendar clock.
    ///   - write: takes one line with its end.
    public init(now: @escaping @Sendable () -> Date, write: @escaping @Sendable (String) -> Void) {
        self.now = now
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        write(
            Self.line(
                at: now(), level: event.level, message: "\(event.message)",
                metadata.merging(event.metadata ?? [:]) { _, new in new }))
    }

    /// One line with its end.
    public static func line(
        at date: Date, level: Logger.Level, message: String, _ metadata: Logger.Metadata = [:]
    ) -> String {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var text = #"{"time":"\#(date.formatted(style))","level":"\#(level.rawValue)","message":"#
        text += JSONText.quoted(message)
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let name = ["time", "level", "message"].contains(name) ? name + "_" : name
            text += "," + JSONText.quoted(name) + ":" + json(value)
        }
        return text + "}\n"
    }

    private static func json(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): JSONText.quoted(text)
        case .stringConvertible(let value): scalar(value)
        case .array(let values): "[" + values.map(json).joined(separator: ",") + "]"
        case .dictionary(let values):
            "{"
                + values.sorted { $0.key < $1.key }.map { JSONText.quoted($0.key) + ":" + json($0.value) }
                .joined(separator: ",") + "}"
        }
    }

    /// Numbers as numbers, so that they can be compared; everything else as text.
    private static func scalar(_ value: any CustomStringConvertible) -> String {
        switch value {
        case let whole as Int: "\(whole)"
        case let number as Double where number.isFinite: "\(number)"
        case let flag as Bool: "\(flag)"
        default: JSONText.quoted("\(value)")
        }
    }
}
