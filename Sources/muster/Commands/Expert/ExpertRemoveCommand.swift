import ArgumentParser
import Core
import Pipeline
import Settings
import Store

/// `muster expert remove`
struct ExpertRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an expert that was added by command.")

    @OptionGroup var shared: SharedOptions

    @Flag(help: "Forget its marks too.")
    var forget = false

    @Argument(help: "Its id.")
    var id: String

    private struct Report: Encodable {
        var removed: ExpertID
        var marksForgotten: Int
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let name = ExpertID(id)
            guard try await assembly.store.remove(name) else {
                if assembly.settings.experts.contains(where: { $0.card.id == name }) {
                    throw Fault(.invalidRequest, "expert \(id)", "stands in the configuration", hint: "Remove it there")
                }
                let known = try await assembly.store.definitions().map(\.id.rawValue)
                throw Fault.unknown(.unknownExpert, "expert", named: id, among: known)
            }
            let marks = forget ? try await assembly.store.forget(name) : 0
            if shared.json { return try Output.json(Report(removed: name, marksForgotten: marks)) }
            Output.line(
                "\(id) removed"
                    + (forget ? ", \(marks) marks forgotten" : "; its marks are kept (--forget deletes them)"))
        }
    }
}
