import Core
import GRDB

/// A place in the database that holds what nobody of us wrote there; `StoreFaults` explains it to people.
struct UnreadableValue: Error {
    var place: String
}

/// Columns read with an error in place of a crash: a file may have been edited by hand.
extension Row {
    func text(_ column: String) throws -> String { try value(column) }
    func whole(_ column: String) throws -> Int { try value(column) }
    func number(_ column: String) throws -> Double { try value(column) }
    func flag(_ column: String) throws -> Bool { try value(column) as Int != 0 }

    /// One of the cases that a text stands for.
    func choice<Choice: RawRepresentable<String>>(_ column: String) throws -> Choice {
        guard let choice = Choice(rawValue: try text(column)) else { throw UnreadableValue(place: "column \(column)") }
        return choice
    }

    private func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        let cell: DatabaseValue = self[column]
        guard let value = Value.fromDatabaseValue(cell) else { throw UnreadableValue(place: "column \(column)") }
        return value
    }
}

extension String {
    /// This text for a column of its own. SQLite would give it back only up to a NUL, so one is refused.
    func plain(_ place: String) throws -> String {
        guard !utf8.contains(0) else {
            throw Fault(.invalidRequest, place, "the text holds a NUL character", hint: "Remove it")
        }
        return self
    }
}

extension Database {
    /// Runs a statement that will be run again, prepared once for the connection.
    func run(_ sql: String, _ arguments: StatementArguments = []) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The rows of a query that will be made again.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
        try Row.fetchAll(try cachedStatement(sql: sql), arguments: arguments)
    }
}
