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
        guard let say = group["say"] else {
            group.refuseMissing("say", fix: Self.example)
            return nil
        }
        guard let text = say.text() else { return nil }
        self.init(when: group["when"]?.text() ?? "", say: text)
    }

    private static let example = "Write {when: hello, say: \"Good day.\"}"
}
