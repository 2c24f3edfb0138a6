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
            try await AddedExperts(store: assembly.store).remove(name, beside: assembly.settings)
            let marks = forget ? try await assembly.store.forget(name) : 0
            if shared.json { return try Output.json(Report(removed: name, marksForgotten: marks)) }
            Output.line(
                "\(id) removed"
                    + (forget ? ", \(marks) marks forgotten" : "; its marks are kept (--forget deletes them)"))
        }
    }
}
