import Core
import Hummingbird
import Logging

/// `POST /admin/reload`: takes over the configuration and the skills as they stand in their files now. What is wrong is
/// said, and changes nothing.
struct AdminReload: Sendable {
    let steward: (any Steward)?
    let logger: Logger

    private struct Report: Encodable {
        var object = "reload"
        /// What changed but is only read at the start.
        var needsRestart: [String]
    }

    func respond() async throws -> Response {
        guard let steward else { throw AdminParts.nobodyDoes }
        let notes: [String]
        do { notes = try await steward.reload() } catch let fault as Fault {
            logger.error("the running configuration stays: \(fault.sentence)", metadata: ["because": "the admin API"])
            throw fault.code == .invalidSettings || fault.code == .invalidSkill
                ? Refusal(
                    .badRequest, code: fault.code.rawValue,
                    "The running configuration stays. \(fault.sentence)") : Refusal(fault)
        }
        logger.notice("configuration taken over", metadata: ["because": "the admin API"])
        for note in notes { logger.warning("\(note)") }
        return .json(try JSONText.of(Report(needsRestart: notes)))
    }
}
