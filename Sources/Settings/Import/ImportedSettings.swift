/// What could be taken over from another program's configuration, and what could not.
public struct ImportedSettings: Sendable {
    /// An entry of `experts:`, its settings as YAML in order.
    struct Expert: Sendable {
        var id: String
        var settings: [(name: String, yaml: String)]
    }

    /// An entry of `routes:`, and the entry of `routing:` of the same name.
    struct Route: Sendable {
        var name: String
        /// What stands under `routing:`, such as `strategy: random, seats: 1`.
        var plan: String
        var experts: [String] = []
        var fallback: String?
    }

    /// The route that exists without being written down, so that no expert may have its name.
    static let usualRoute = "auto"

    /// The program whose file it was.
    public let program: String
    var experts: [Expert] = []
    var routes: [Route] = []
    /// Entries of `backends:`, each of which holds one model at a time.
    var backends: [String] = []
    /// Variables that hold the keys of clients.
    var clientKeys: [String] = []
    /// What was left out or has to be done by hand, in sentences.
    public private(set) var notes: [String] = []
    private var noted: Set<String> = []

    init(program: String) { self.program = program }

    /// How many experts were taken over.
    public var expertCount: Int { experts.count }

    /// Says something once.
    mutating func note(_ sentence: String) {
        let plain = String(
            String.UnicodeScalarView(
                sentence.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
        if noted.insert(plain).inserted { notes.append(plain) }
    }

    /// Says that clients ask for something by another name here.
    mutating func note(_ place: String, isCalled name: String) {
        note("\(place): names have small letters, digits, - _ and . here, none twice: clients ask for \(name).")
    }
}
