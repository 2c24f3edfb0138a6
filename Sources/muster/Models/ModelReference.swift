import Core
import Foundation

/// A model as the user named it: by a name of the catalogue, a file of the model hub (`hf:owner/repo/file.gguf`) or an
/// address.
struct ModelReference: Sendable {
    /// As reports name it.
    var name: String
    var fileName: String
    /// The folder inside the cache; empty for the cache's own. Files of one name from two places must not meet.
    var folder: String
    /// nil if nobody said.
    var bytes: Int?
    /// Lower-case; nil if nobody said.
    var sha256: String?
    /// nil if unknown.
    var license: String?
    var sources: [ModelSource]
    /// The files that must lie beside it; see `CatalogueModel.companions`.
    var companions: [ModelReference] = []

    /// - Parameter sha256: what the user says that the file's checksum is.
    /// - Throws: a `Fault` that says what is wrong with the name.
    init(_ written: String, sha256: String?) throws {
        let sha256 = try sha256.map(Self.checksum)
        if written.hasPrefix("hf:") {
            try self.init(hub: written, sha256: sha256)
        } else if written.hasPrefix("https://") || written.hasPrefix("http://") {
            try self.init(address: written, sha256: sha256)
        } else {
            guard sha256 == nil else {
                throw Fault(
                    .invalidRequest, "--sha256", "is only for addresses and hf: files",
                    expected: "A model of the catalogue has its own checksum", hint: "Leave it out")
            }
            self.init(try ModelCatalogue.existing(written))
        }
    }

    init(_ model: CatalogueModel) {
        (name, fileName, folder) = (model.id, model.fileName, model.companions.isEmpty ? "" : model.id)
        (bytes, sha256, license, sources) = (model.bytes, model.sha256, model.license, model.sources)
        companions = model.companions.map { ModelReference($0, of: model) }
    }

    private init(_ companion: CatalogueCompanion, of model: CatalogueModel) {
        (name, fileName, folder) = (model.id, companion.fileName, model.id)
        (bytes, sha256, license, sources) = (companion.bytes, companion.sha256, nil, companion.sources)
    }

    private init(hub written: String, sha256: String?) throws {
        let fields = written.dropFirst(3).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (3...8).contains(fields.count), fields.allSatisfy({ Self.isPlain($0) }), let file = fields.last else {
            throw Fault(
                .invalidRequest, written, "does not name a file of the model hub",
                expected: "Expected hf:owner/repo/file.gguf, in letters, digits, '.', '_' and '-'")
        }
        let repository = fields.prefix(2).joined(separator: "/")
        let path = fields.dropFirst(2).joined(separator: "/")
        (name, fileName) = (written, file)
        folder = "hf/" + fields.dropLast().joined(separator: "/")
        self.sha256 = sha256
        sources = [.hub(HubFile(repository, path))]
    }

    private init(address: String, sha256: String?) throws {
        guard let sha256 else {
            throw Fault(
                .invalidRequest, "the address", "is of a file that anybody could have changed",
                expected: "Expected --sha256 with the file's checksum", hint: "sha256sum prints that of a file at hand")
        }
        guard let url = URL(string: address), url.host()?.isEmpty == false, url.user() == nil else {
            throw Fault(.invalidRequest, "the address", "cannot be read, or holds a password", hint: "Correct it")
        }
        let file = url.lastPathComponent
        guard Self.isPlain(file) else {
            throw Fault(
                .invalidRequest, "the address", "does not end in a file's name",
                expected: "Expected letters, digits, '.', '_' and '-' after the last slash")
        }
        (name, fileName) = (String(address.prefix { $0 != "?" && $0 != "#" }), file)
        folder = "by-checksum/" + sha256.prefix(16)
        self.sha256 = sha256
        sources = [.address(address)]
    }

    private static func checksum(_ written: String) throws -> String {
        let digits = written.lowercased()
        guard digits.utf8.count == 64, digits.allSatisfy({ $0.isHexDigit && $0.isASCII }) else {
            throw Fault(
                .invalidRequest, "--sha256", "is no SHA-256: \(written.prefix(80))",
                expected: "Expected 64 hexadecimal digits", hint: "sha256sum prints them")
        }
        return digits
    }

    /// True for a name that means the same in an address and in every folder.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".") && !name.hasPrefix("-")
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }
}
