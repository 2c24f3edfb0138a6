import Core
import Foundation

/// What decides a run's questions and answers besides its strategy's name; kept with the run as JSON.
public struct RunSettings: Sendable, Hashable {
    private(set) var values: [String: String]

    /// - Parameter others: what not every run has; left out where it is nil.
    init(_ strategy: BenchStrategy, maximumTokens: Int, others: [String: String?] = [:]) {
        let (routing, aggregation) = (strategy.routing, strategy.aggregation)
        values = [
            "max_tokens": String(maximumTokens), "routing": routing.strategy.rawValue, "seats": String(routing.seats),
            "draw": routing.draw.rawValue, "repeats": String(routing.repeats),
            "normaliser": routing.normaliser.rawValue, "trim": String(routing.trim),
            "price_weight": String(routing.priceWeight), "members": Self.list(routing.members),
            "route_experts": Self.list(strategy.members), "aggregation": aggregation.method.rawValue,
            "weights": aggregation.weights.rawValue, "writer": aggregation.writer?.rawValue ?? "",
            "writers": Self.list(strategy.writers),
        ]
        for (name, value) in others { if let value { values[name] = value } }
    }

    /// Reads what `text` wrote; nil if it is something else.
    public init?(_ text: String) {
        guard let values = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)) else { return nil }
        self.values = values
    }

    /// JSON with sorted keys.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(values)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// The longest answer, in tokens.
    public var maximumTokens: Int? { values["max_tokens"].flatMap { Int($0) } }

    /// Who judged; nil if nobody.
    public var judge: RunJudge? { values["judge"].map { RunJudge(ExpertID($0), against: values["against"]) } }

    /// The part of the suite that the questions come from; nil if it was not known.
    public var part: String? { values["part"] }

    /// Experts recruited for a question.
    public var seats: Int? { values["seats"].flatMap { Int($0) } }

    /// The share of all seats below which an expert loses its seats.
    public var trim: Double? { values["trim"].flatMap { Double($0) } }

    /// The writer that the run was started with; nil if there was none.
    var writer: ExpertID? { values["writer"].flatMap { $0.isEmpty ? nil : ExpertID($0) } }

    /// Who writes where the plan names nobody, the strongest first.
    var writers: [ExpertID] { (values["writers"] ?? "").split(separator: ",").map { ExpertID(String($0)) } }

    /// The first setting, in name order, in which two differ.
    func firstDifference(to other: RunSettings) -> (name: String, here: String, there: String)? {
        for name in Set(values.keys).union(other.values.keys).sorted() where values[name] != other.values[name] {
            return (name, values[name] ?? "none", other.values[name] ?? "none")
        }
        return nil
    }

    private static func list(_ experts: [ExpertID]) -> String { experts.map(\.rawValue).joined(separator: ",") }
}
