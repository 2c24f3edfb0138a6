import ArgumentParser
import Core
import Foundation
import Pipeline
import Settings
import Store

/// An expert as commands show it; never its key.
struct ExpertReport: Encodable {
    var id: ExpertID
    var kind: ExpertKind
    var model: String
    var baseUrl: String?
    /// `${env.NAME}`, or nil.
    var apiKey: String?
    var context: Int?
    var price: Price
    var concurrent: Int
    var retries: Int
    var clocks: [String: Double]
    /// Whether it stands in the configuration or was added by command.
    var from: String
    var skills: Int
    var strength: Double
    /// What it was found to do; empty if nobody has tried.
    var capabilities: [CapabilityFinding]

    init(_ spec: ExpertSpec, assembly: Assembly) {
        let profile = assembly.profiles.snapshot.book.profile(of: spec.card.id)
        id = spec.card.id
        kind = spec.card.kind
        model = spec.card.model
        baseUrl = spec.unixSocket ?? spec.baseURL
        apiKey = spec.key.map { "\($0)" }
        context = spec.card.context
        price = spec.card.price
        concurrent = spec.card.concurrent
        retries = spec.retries
        clocks = [
            "connect": spec.clocks.connect.seconds, "first_token": spec.clocks.firstToken.seconds,
            "idle": spec.clocks.idle.seconds, "total": spec.clocks.total.seconds,
        ]
        from = assembly.settings.experts.contains { $0.card.id == spec.card.id } ? "configuration" : "command"
        skills = profile.records.count
        strength = profile.strength
        capabilities = assembly.configured.parts.capabilities.book.findings(of: spec.card.id)
    }

    /// What it was found without, for a table.
    var lacks: String {
        guard !capabilities.isEmpty else { return "not tested" }
        let lacks = capabilities.filter { $0.verdict == .no }.map(\.capability.rawValue)
        return lacks.isEmpty ? "nothing" : lacks.joined(separator: ", ")
    }
}
