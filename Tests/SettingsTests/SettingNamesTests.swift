import Core
import Foundation
import Settings
import Testing
import Yams

/// The loader, the example and the schema know the same names: none of them can fall behind.
struct SettingNamesTests {
    @Test func theExampleNamesEverySettingThatIsRead() throws {
        let node = try #require(try Parser(yaml: Repository.text("config.example.yaml")).singleRoot())
        var shown: [String: Set<String>] = [:]
        Self.gather(node, at: "", into: &shown)
        for group in SettingNames.all {
            #expect(shown[group.place] == Set(group.known), "\(group.place.isEmpty ? "the top" : group.place)")
        }
    }

    @Test func theSchemaKnowsExactlyTheNamesThatAreRead() throws {
        let schema = try SchemaNames(
            JSONDecoder().decode(JSONValue.self, from: Data(Repository.text("config.schema.json").utf8)))
        #expect(schema.loose.isEmpty, "these groups let unknown names pass")
        #expect(Set(schema.names.keys) == Set(SettingNames.all.map(\.place)))
        for group in SettingNames.all {
            #expect(schema.names[group.place] == Set(group.known), "\(group.place.isEmpty ? "the top" : group.place)")
        }
    }

    @Test func theSchemaOffersTheSameChoices() throws {
        let schema = try JSONDecoder().decode(JSONValue.self, from: Data(Repository.text("config.schema.json").utf8))
        let choices: [(JSONValue?, [String])] = [
            (schema["$defs"]?["expert"]?["properties"]?["kind"], ExpertKind.allCases.map(\.rawValue)),
            (schema["$defs"]?["routing"]?["properties"]?["strategy"], RoutingPlan.Strategy.allCases.map(\.rawValue)),
            (schema["$defs"]?["routing"]?["properties"]?["draw"], RoutingPlan.Draw.allCases.map(\.rawValue)),
            (
                schema["$defs"]?["routing"]?["properties"]?["normaliser"],
                RoutingPlan.Normaliser.allCases.map(\.rawValue)
            ),
            (
                schema["$defs"]?["aggregation"]?["properties"]?["method"],
                AggregationPlan.Method.allCases.map(\.rawValue)
            ),
            (
                schema["$defs"]?["aggregation"]?["properties"]?["weights"],
                AggregationPlan.Weights.allCases.map(\.rawValue)
            ),
            (
                schema["properties"]?["server"]?["properties"]?["show_trace"],
                ServerSettings.TraceDisplay.allCases.map(\.rawValue)
            ),
            (
                schema["properties"]?["engine"]?["properties"]?["expert_cache"]?["properties"]?["policy"],
                ExpertCacheSettings.Policy.allCases.map(\.rawValue)
            ),
            (schema["properties"]?["skills"]?["properties"]?["filter"], SkillSettings.Filter.allCases.map(\.rawValue)),
            (
                schema["properties"]?["skills"]?["properties"]?["unknown"],
                SkillSettings.Unknown.allCases.map(\.rawValue)
            ),
        ]
        for (place, names) in choices {
            #expect(place?["enum"]?.elements?.compactMap(\.text) == names)
        }
    }

    @Test func noNameStandsTwiceAndNoneIsBothKnownAndLater() {
        for group in SettingNames.all {
            let all = group.known + group.later
            #expect(Set(all).count == all.count, "\(group.place)")
        }
        #expect(Set(SettingNames.all.map(\.place)).count == SettingNames.all.count)
    }

    /// The names of each group of a file, under its place: `*` stands for a name of the user's, `[]` for an element.
    private static func gather(_ node: Node, at place: String, into shown: inout [String: Set<String>]) {
        let named: Set = ["experts", "backends", "routing", "aggregation", "budgets", "routes"]
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                let name = key.string ?? ""
                if named.contains(place) {
                    gather(value, at: "\(place).*", into: &shown)
                } else {
                    shown[place, default: []].insert(name)
                    gather(value, at: place.isEmpty ? name : "\(place).\(name)", into: &shown)
                }
            }
        case .sequence(let sequence): for element in sequence { gather(element, at: "\(place)[]", into: &shown) }
        case .scalar, .alias: break
        }
    }
}

/// The names of each group of a JSON schema, under its place. Only as much of the language as our schema speaks.
private struct SchemaNames {
    private(set) var names: [String: Set<String>] = [:]
    /// Groups that do not refuse other names.
    private(set) var loose: [String] = []
    private let root: JSONValue

    init(_ root: JSONValue) {
        self.root = root
        read(root, at: "", depth: 0)
    }

    private mutating func read(_ schema: JSONValue, at place: String, depth: Int) {
        guard depth < 20 else { return }
        if let reference = schema["$ref"]?.text {
            let name = String(reference.drop { $0 != "/" }.dropFirst("/$defs/".count))
            guard reference.hasPrefix("#/$defs/"), let definition = root["$defs"]?[name] else {
                loose.append("\(place): \(reference)")
                return
            }
            read(definition, at: place, depth: depth + 1)
        }
        if let items = schema["items"] { read(items, at: "\(place)[]", depth: depth + 1) }
        let others = schema["additionalProperties"]
        if case .object(let properties)? = schema["properties"] {
            names[place] = Set(properties.keys)
            if others != .bool(false) { loose.append(place) }
            for (name, property) in properties {
                read(property, at: place.isEmpty ? name : "\(place).\(name)", depth: depth + 1)
            }
        } else if let others {
            read(others, at: "\(place).*", depth: depth + 1)
        }
    }
}
