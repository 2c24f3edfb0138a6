/// Where one model's file is or will be, and the files beside it while it is on its way. `scripts/real-experts` uses
/// the same names, so that neither fetches again what the other has.
struct ModelPlace: Sendable, Hashable {
    let folder: String
    let fileName: String
    /// True in Muster's own cache, where a damaged file may be replaced; other folders are the user's.
    let isCache: Bool

    var path: String { "\(folder)/\(fileName)" }
    /// Says that the file was checked; see `VerifiedMark`.
    var mark: String { path + ".verified" }
    var lock: String { path + ".lock" }
    /// The folder of finished parts.
    var parts: String { path + ".parts" }

    func part(_ number: Int) -> String { "\(parts)/part\(number < 10 ? "0" : "")\(number).bin" }

    /// The file on its way from a source.
    func partial(from source: ModelSource) -> String {
        switch source {
        case .hub: path + ".hub-partial"
        case .packages, .address: path + ".part"
        }
    }
}
