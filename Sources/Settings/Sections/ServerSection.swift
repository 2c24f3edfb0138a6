import Core
import Yams

extension ServerSettings {
    init(_ setting: Setting?) {
        guard let setting, let group = SettingGroup(
            setting, known: ["host", "port", "api_keys", "show_trace", "max_body", "drain"], later: ["dashboard"])
        else { return }
        host = group["host"]?.text() ?? host
        port = group["port"]?.whole(0...65_535) ?? port
        keys = group["api_keys"]?.list().compactMap { $0.secret() } ?? keys
        showTrace = group["show_trace"]?.choice(TraceDisplay.self) ?? showTrace
        maxBody = group["max_body"]?.size() ?? maxBody
        drain = group["drain"]?.duration() ?? drain
    }
}

extension StoreLocation {
    init(_ setting: Setting?) {
        guard let setting, let group = SettingGroup(setting, known: ["path", "keep_text", "keep_traces"]) else { return }
        path = group["path"]?.text() ?? path
        keepText = group["keep_text"]?.flag() ?? keepText
        keepTraces = group["keep_traces"]?.duration() ?? keepTraces
    }
}

extension Setting {
    /// A key: only as `${env.NAME}`, so that it never stands in a file; what was written instead is not repeated.
    func secret() -> Secret? {
        guard case .scalar(let scalar) = node else {
            refuse("a key is a single value", fix: "Write \"${env.NAME}\"")
            return nil
        }
        let written = scalar.string
        let name = written.hasPrefix("${env.") && written.hasSuffix("}") ? String(written.dropFirst(6).dropLast()) : ""
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
            refuse(
                "a key stands here in the open", fix: "Keys are read from the environment: write \"${env.NAME}\" and set NAME")
            return nil
        }
        guard let value = environment[name], !value.isEmpty else {
            refuse("the environment variable \(name) is not set", fix: "Set it: export \(name)=…")
            return nil
        }
        return Secret(variable: name, value: value)
    }

    /// Bytes such as `512KiB`, `16MiB`, `1GiB`, or a plain number.
    func size() -> Int? {
        guard let text = text() else { return nil }
        for (suffix, factor) in [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("", 1)] {
            guard text.hasSuffix(suffix), let number = Int(text.dropLast(suffix.count)) else { continue }
            let (bytes, overflows) = number.multipliedReportingOverflow(by: factor)
            if !overflows, bytes > 0, bytes <= 1 << 40 { return bytes }
        }
        refuse("\"\(text)\" is not a size", fix: "Write it as 512KiB, 16MiB or 1GiB")
        return nil
    }
}
