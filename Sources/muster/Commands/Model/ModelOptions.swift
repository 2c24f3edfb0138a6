import ArgumentParser
import Core
import Engine
import Foundation
import Kernels

/// The model file of a command, and how it is run.
struct ModelOptions: ParsableArguments {
    @OptionGroup var source: ModelFileArgument

    @Option(help: "Threads that compute; all cores if left out.")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...Self.mostThreads).contains(threads) {
            throw ValidationError("--threads is \(threads); it goes from 1 to \(Self.mostThreads).")
        }
    }

    private static let mostThreads = 256

    /// The path of the file.
    var file: String { source.file }

    /// The model in the file, its weight experts kept as `experts` says. Throws `Fault`.
    func model(experts: ExpertMemory = .mapped) throws -> LanguageModel {
        do {
            return try LanguageModel(readingFileAt: file, experts: experts)
        } catch {
            throw Fault(.unsupported, file, "cannot be run: \(error)", hint: "muster model inspect shows what is in it")
        }
    }

    /// The threads. Throws `Fault` when the system gives none.
    func team() throws -> ThreadTeam {
        let count = threads ?? ProcessInfo.processInfo.activeProcessorCount
        guard let team = ThreadTeam(threads: count) else {
            throw Fault(.unsupported, "--threads", "the system gives no \(count) threads", hint: "Ask for fewer")
        }
        return team
    }
}

/// Token ids as people write them: `1,42,117`.
struct TokenList: ExpressibleByArgument {
    let ids: [Int]

    /// Most ids of one command.
    private static let most = 1 << 20

    init?(argument: String) {
        let fields = argument.split(separator: ",", omittingEmptySubsequences: false)
        let ids = fields.compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        guard ids.count == fields.count, ids.count <= Self.most else { return nil }
        self.ids = ids
    }

    init(_ ids: [Int]) { self.ids = ids }

    /// Checks that `model` has every token. Throws `Fault`.
    func check(_ model: LanguageModel) throws {
        if let id = ids.first(where: { $0 < 0 || $0 >= model.tokenCount }) {
            throw Fault(
                .invalidRequest, "--tokens", "there is no token \(id)",
                hint: "This model's tokens are 0 to \(model.tokenCount - 1)")
        }
    }
}

extension ModelOptions {
    /// The tokenizer of a model read from the file. Throws `Fault`.
    func codec(_ model: LanguageModel) throws -> TextCodec { try source.codec(model) }

    /// Does `body`, with what the engine refuses as a fault.
    func explaining<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let fault as Fault {
            throw fault
        } catch {
            throw Fault(.invalidRequest, file, "\(error)", hint: "muster model --help shows what can be asked")
        }
    }
}

extension Duration {
    /// In seconds.
    var asSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
