import Core
import Yams

/// A group of settings with known names: anything else in it is refused with the nearest name that exists.
struct SettingGroup {
    /// What happens to names that are not ours.
    enum Strangers {
        case refused
        /// They belong to somebody else; only what looks like a slip of one of ours is remarked on.
        case welcome
    }

    let setting: Setting
    private let members: [String: Setting]

    /// Nil if it is no group; that is a problem unless nothing was written at all.
    init?(_ setting: Setting?, _ names: SettingNames, strangers: Strangers = .refused) {
        guard let setting, !setting.isEmpty else { return nil }
        guard case .mapping(let mapping) = setting.node else {
            setting.refuse(
                "a group of settings belongs here, not \(setting.kind)",
                fix: "There are \(names.known.joined(separator: ", "))")
            return nil
        }
        self.setting = setting
        var members: [String: Setting] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                setting.child(key, setting.path).refuse("a name belongs here, not a group or a list")
                continue
            }
            guard names.known.contains(name) || !setting.problems.isFull else { continue }
            let path = Self.join(setting.path, name.asPathPart)
            if names.known.contains(name) {
                members[name] = setting.child(value, path)
            } else {
                Self.remark(on: name, at: setting.child(key, path), names, strangers)
            }
        }
        self.members = members
    }

    /// What was written under a name; nil if nothing was.
    subscript(name: String) -> Setting? { members[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// True if something was written under the name.
    func has(_ name: String) -> Bool { self[name] != nil }

    /// Notes that something necessary is missing.
    func refuseMissing(_ name: String, fix: String) { setting.refuse("\(name) is missing", fix: fix) }

    private static func remark(on name: String, at place: Setting, _ names: SettingNames, _ strangers: Strangers) {
        let meant = Setting.meant(name, among: names.known)
        switch strangers {
        case .welcome:
            if !meant.isEmpty { place.warn("this is not one of Muster's settings", fix: meant) }
        case .refused:
            let advice = ForeignNames.advice(for: name, known: names.known)
            if names.later.contains(name) {
                place.refuse("\(name) is not available in this version", fix: "Leave it out")
            } else {
                let known = "There are \(names.known.joined(separator: ", "))"
                place.refuse("there is no such setting", fix: advice ?? (meant.isEmpty ? known : meant))
            }
        }
    }

    static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
