import Core
import Yams

extension Script {
    /// `script:` of a scripted expert.
    init(_ setting: Setting?) {
        self.init()
        guard let setting, let group = SettingGroup(
            setting, known: ["lines", "knows", "otherwise", "delay", "pace", "mishaps"])
        else { return }
        lines = group["lines"]?.list().compactMap(Line.init) ?? []
        for (name, share) in NamedShares(group["knows"]).entries { knows[name] = share }
        otherwise = group["otherwise"]?.text() ?? otherwise
        delay = group["delay"]?.duration() ?? delay
        pace = group["pace"]?.duration() ?? pace
        mishaps = group["mishaps"]?.list().compactMap(Mishap.init) ?? []
    }
}

/// `knows:` — shares by skill, category or `*`.
private struct NamedShares {
    var entries: [(String, Double)] = []

    init(_ setting: Setting?) {
        guard let setting else { return }
        guard case .mapping(let mapping) = setting.node else {
            setting.refuse("shares by name belong here, not \(setting.kind)", fix: "Write {mathematics: 0.9, \"*\": 0.3}")
            return
        }
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            if let share = setting.child(value, SettingGroup.join(setting.path, name)).number(0...1) {
                entries.append((name, share))
            }
        }
    }
}

extension Script.Line {
    fileprivate init?(_ setting: Setting) {
        guard let group = SettingGroup(setting, known: ["when", "say"]), let say = group["say"]?.text() else {
            setting.refuse("a line needs something to say", fix: "Write {when: hello, say: \"Good day.\"}")
            return nil
        }
        self.init(when: group["when"]?.text() ?? "", say: say)
    }
}

extension Script.Mishap {
    fileprivate init?(_ setting: Setting) {
        guard let group = SettingGroup(
            setting, known: ["when", "times", "status", "retry_after", "refuse", "hang", "cut_after"])
        else { return nil }
        let failure: Script.Failure? =
            if let status = group["status"]?.whole(400...599) {
                .status(status, retryAfter: group["retry_after"]?.duration())
            } else if group["refuse"]?.flag() == true {
                .refuse
            } else if group["hang"]?.flag() == true {
                .hang
            } else if let pieces = group["cut_after"]?.whole(0...1_000_000) {
                .cut(afterPieces: pieces)
            } else {
                nil
            }
        guard let failure else {
            setting.refuse("a mishap needs a failure", fix: "Choose status, refuse, hang or cut_after")
            return nil
        }
        self.init(when: group["when"]?.text() ?? "", times: group["times"]?.whole(1...1_000_000), failure: failure)
    }
}
