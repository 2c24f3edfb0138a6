import Yams

/// A group whose names are the user's own: experts, routes, budgets.
struct NamedSettings {
    /// More entries are refused.
    static let most = 1_000

    /// In the order of the file.
    let entries: [(name: String, setting: Setting)]

    init(_ setting: Setting?) {
        guard let setting, !setting.isEmpty else {
            entries = []
            return
        }
        guard case .mapping(let mapping) = setting.node else {
            setting.refuse(
                "a group of named entries belongs here, not \(setting.kind)", fix: "Write name: {…}, not - name: …")
            entries = []
            return
        }
        guard mapping.count <= Self.most else {
            setting.refuse("there are \(mapping.count) entries", fix: "At most \(Self.most) are read")
            entries = []
            return
        }
        var entries: [(String, Setting)] = []
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            let path = SettingGroup.join(setting.path, name.asPathPart)
            if Self.isName(name) {
                entries.append((name, setting.child(value, path)))
            } else {
                setting.child(key, path).refuse("\(name.quoted) is not a name", fix: Self.rule)
            }
        }
        self.entries = entries
    }

    static let rule = "Use up to 64 lower-case letters, digits, - _ and ."

    static func isName(_ text: String) -> Bool {
        let allowed = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        return allowed && !text.isEmpty && text.utf8.count <= 64
    }
}
