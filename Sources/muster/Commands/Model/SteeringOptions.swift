import ArgumentParser
import Core
import Engine
import Experts
import Foundation
import Server

/// Which weight experts a run steers.
struct SteeringOptions: ParsableArguments {
    @Option(
        help: #"Weight experts to mask or boost, as a request's muster.steering: [{"layer": 0, "mask": [3]}]."#)
    var steering: String?

    /// What is changed in the gates of `model`; nil for nothing. Throws `Fault`.
    func plan(for model: LanguageModel) throws -> SteeringPlan? {
        guard let steering else { return nil }
        let written: JSONValue
        do throws(JSONReader.Slip) {
            written = try JSONReader.read(Array(steering.utf8))
        } catch {
            throw Fault(
                .invalidRequest, "--steering", "it is no JSON: \(error.what), at byte \(error.column)",
                expected: #"A list such as [{"layer": 0, "mask": [3], "boost": {"5": 2}}] is expected"#)
        }
        guard let plan = try SteeringWish.read(written, at: "--steering").map({ SteeringPlan($0) }) else { return nil }
        if let obstacle = plan.obstacle(expertCounts: model.expertCounts) {
            throw Fault(.invalidRequest, "--steering", "\(obstacle)", hint: obstacle.hint)
        }
        return plan
    }
}
