import Core
import Yams

extension Script {
    /// `script:` of a scripted expert.
    init(_ setting: Setting?) {
        self.init()
        guard let group = SettingGroup(setting, .script) else { return }
        lines = group["lines"]?.list().compactMap(Line.init) ?? []
        knows = group["knows"].map(Self.shares) ?? [:]
        otherwise = group["otherwise"]?.text() ?? otherwise
        delay = group["delay"]?.duration(zero: .allowed) ?? delay
        pace = group["pace"]?.duration(zero: .allowed) ?? pace
        mishaps = group["mishaps"]?.list().compactMap(Mishap.init) ?? []
    }

    /// `knows:` — shares by skill, category or `*`.
    private static func shares(_ setting: Setting) -> [String: Double] {
        guard case .mapping(let mapping) = setting.node else {
            setting.refuse(
                "shares by name belong here, not \(setting.kind)", fix: "Write {mathematics: 0.9, \"*\": 0.3}")
            return [:]
        }
        var shares: [String: Double] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            let place = setting.child(value, SettingGroup.join(setting.path, name.asPathPart))
            guard name == "*" || NamedSettings.isName(name) else {
                place.refuse(
                    "\(name.quoted) is not the name of a skill or a category", fix: "Write a skill, a category or \"*\""
                )
                continue
            }
            if let share = place.number(0...1) { shares[name] = share }
        }
        return shares
    }
}

extension Script.Line {
    fileprivate init?(_ setting: Setting) {
        guard let group = SettingGroup(setting, .line) else {
            if setting.isEmpty { setting.refuse("the line is empty", fix: Self.example) }
            return nil
        }
        guard group.has("say") || group.has("call") else {
            group.refuseMissing("say", fix: Self.example)
            return nil
        }
        let call = group["call"].map(Script.Call.init)
        // What was wrong with it has been said.
        if case .some(nil) = call { return nil }
        guard let text = group.has("say") ? group["say"]?.text() : "" else { return nil }
        self.init(when: group["when"]?.text() ?? "", say: text, call: call ?? nil)
    }

    private static let example = "Write {when: hello, say: \"Good day.\"}"
}

extension Script.Call {
    /// `call:` of a line.
    fileprivate init?(_ setting: Setting) {
        guard let group = SettingGroup(setting, .call) else { return nil }
        guard let name = group["name"]?.word() else {
            if !group.has("name") {
                group.refuseMissing("name", fix: "Write call: {name: weather, arguments: {city: Oslo}}")
            }
            return nil
        }
        guard let written = group["arguments"] else {
            self.init(name: name, arguments: .object([:]))
            return
        }
        guard let arguments = JSONValue(written.node), arguments.members != nil else {
            written.refuse("arguments by name belong here, not \(written.kind)", fix: "Write {city: Oslo}")
            return nil
        }
        self.init(name: name, arguments: arguments)
    }
}

extension JSONValue {
    /// What a piece of YAML says in JSON's terms; nil for keys that are no texts.
    fileprivate init?(_ node: Node) {
        switch node {
        case .mapping(let mapping):
            var members: [String: JSONValue] = [:]
            for (key, value) in mapping {
                guard let name = key.scalar?.string, let value = JSONValue(value) else { return nil }
                members[name] = value
            }
            self = .object(members)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for element in sequence {
                guard let value = JSONValue(element) else { return nil }
                elements.append(value)
            }
            self = .array(elements)
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            if isPlain, node.null != nil {
                self = .null
            } else if isPlain, let flag = node.bool {
                self = .bool(flag)
            } else if isPlain, let whole = node.int {
                self = .integer(whole)
            } else if isPlain, let number = node.float, number.isFinite {
                self = .number(number)
            } else {
                self = .string(scalar.string)
            }
        case .alias: return nil
        }
    }
}
