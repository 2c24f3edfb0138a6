import Core
import Yams

/// A group of settings with known names: anything else in it is refused with the nearest name that exists.
struct SettingGroup {
    private let setting: Setting
    private let members: [String: Setting]
    let path: String

    /// Names that users of other gateways bring along, and how they are called here.
    private static let foreign = [
        "api_base": "base_url", "proxy": "base_url", "url": "base_url", "endpoint": "base_url",
        "model_name": "model", "timeout": "clocks.total", "max_tokens": "max_output",
        "context_length": "context", "num_retries": "limits.retries", "max_parallel_requests": "limits.concurrent",
        "model_list": "experts", "models": "experts", "providers": "experts",
        "litellm_params": "the expert's own settings (base_url, api_key, model)",
        "router_settings": "routing and routes", "litellm_settings": "routes", "general_settings": "server",
        "groups": "experts", "ttl": "keep_alive",
    ]

    /// - Parameters:
    ///   - known: every name that may stand in the group.
    ///   - later: names that are designed but not in this version.
    init?(_ setting: Setting, known: [String], later: [String] = []) {
        guard case .mapping(let mapping) = setting.node else {
            if !setting.isEmpty { setting.refuse("a group of settings belongs here, not \(setting.kind)") }
            return nil
        }
        self.setting = setting
        path = setting.path
        var members: [String: Setting] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                setting.child(key, setting.path).refuse("a name belongs here, not a group or list")
                continue
            }
            let child = setting.child(value, Self.join(setting.path, name))
            if known.contains(name) {
                members[name] = child
            } else {
                Self.refuseUnknown(setting.child(key, child.path), name, known: known, later: later)
            }
        }
        self.members = members
    }

    subscript(name: String) -> Setting? { members[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// True if the name was written, even without a value.
    func has(_ name: String) -> Bool { members[name] != nil }

    /// Notes that something necessary is missing.
    func refuseMissing(_ name: String, fix: String) {
        setting.refuse("\(name) is missing", fix: fix)
    }

    private static func refuseUnknown(_ place: Setting, _ name: String, known: [String], later: [String]) {
        if later.contains(name) {
            place.refuse("\(name) is not available in this version", fix: "Leave it out")
        } else if let ours = foreign[name], ours.contains(" ") || ours.contains(".") || known.contains(ours) {
            place.refuse("there is no such setting", fix: "\(name) is called \(ours) here")
        } else {
            let meant = NearestName.of(name, among: known).map { "Did you mean \($0)?" }
            place.refuse("there is no such setting", fix: meant ?? "There are \(known.sorted().joined(separator: ", "))")
        }
    }

    static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

/// A group whose names are the user's own: experts, routes, budgets.
struct NamedSettings {
    /// In the order of the file.
    let entries: [(name: String, setting: Setting)]

    init(_ setting: Setting?) {
        guard let setting, !setting.isEmpty else {
            entries = []
            return
        }
        guard case .mapping(let mapping) = setting.node else {
            setting.refuse("a group of named entries belongs here, not \(setting.kind)", fix: "Write name: {…}")
            entries = []
            return
        }
        var entries: [(String, Setting)] = []
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            let child = setting.child(value, SettingGroup.join(setting.path, name))
            if Self.isName(name) {
                entries.append((name, child))
            } else {
                setting.child(key, child.path).refuse(
                    "\"\(name.prefix(80))\" is not a name", fix: "Use up to 64 lower-case letters, digits, - _ and .")
            }
        }
        self.entries = entries
    }

    static func isName(_ text: String) -> Bool {
        let allowed = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
        }
        return allowed && !text.isEmpty && text.utf8.count <= 64
    }
}
