import Core
import Foundation

/// Everything that `muster top` knows of a service at one moment.
struct TopReading: Sendable {
    /// As `/healthz` answers.
    struct Health: Sendable, Decodable {
        struct Expert: Sendable, Decodable {
            var id: String
            var state: String
            var because: String?
        }

        var status: String
        var experts: [Expert]
    }

    /// What is shown of a trace.
    struct Call: Sendable, Decodable {
        struct Seats: Sendable, Decodable {
            struct Seat: Sendable, Decodable { var expert: String }
            var seats: [Seat]
        }

        struct Tokens: Sendable, Decodable {
            var promptTokens: Int
            var completionTokens: Int
        }

        var id: String
        var at: Int64
        var route: String
        var outcome: String
        var seconds: Double
        var dollars: Double
        var usage: Tokens
        var recruitment: Seats
    }

    private struct Calls: Decodable { var data: [Call] }

    var at: TimeSource.Instant
    var figures: Figures
    var health: Health
    /// The latest first.
    var calls: [Call]

    /// - Throws: a `DecodingError` if the service speaks otherwise.
    init(at: TimeSource.Instant, metrics: String, health: [UInt8], traces: [UInt8]) throws {
        self.at = at
        figures = Figures(metrics)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self.health = try decoder.decode(Health.self, from: Data(health))
        calls = try decoder.decode(Calls.self, from: Data(traces)).data
    }
}
