import Core
import Yams

extension TelemetrySettings {
    /// `telemetry:`
    init(_ setting: Setting?) {
        self.init()
        guard let group = SettingGroup(setting, .telemetry) else { return }
        otlp = group["otlp"]?.address()
        serviceName = group["service_name"]?.word()
        headers = group["headers"].map(Self.headers) ?? []
        if group.has("headers"), otlp == nil, !group.has("otlp") {
            group["headers"]?.warn(
                "without otlp they are sent nowhere unless OTEL_EXPORTER_OTLP_ENDPOINT is set",
                fix: "Say where the collector is: otlp: http://127.0.0.1:4318")
        }
    }

    /// `headers:` — values by name; whatever looks like a key comes from the environment.
    private static func headers(_ setting: Setting) -> [Header] {
        guard case .mapping(let mapping) = setting.node, mapping.count <= 50 else {
            setting.refuse(
                "at most 50 values by name belong here", fix: "Write {authorization: \"Bearer ${env.OTLP_TOKEN}\"}")
            return []
        }
        return mapping.compactMap { key, value in
            let name = key.scalar?.string ?? ""
            let place = setting.child(value, SettingGroup.join(setting.path, name.asPathPart))
            guard isName(name) else {
                place.refuse("\(name.quoted) is not the name of a header", fix: "Use up to 64 letters, digits and -")
                return nil
            }
            if looksSecret(name), !place.written.contains("${env.") {
                place.refuse(
                    "a key stands in the file",
                    expected: "Keys are read from the environment, so that they are never in a file",
                    fix: "Set a variable and write \"${env.OTLP_TOKEN}\"")
                return nil
            }
            guard let text = place.text() else { return nil }
            guard !text.isEmpty, text.utf8.count <= 4096, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                place.refuse("the value is empty, too long, or holds signs that no header has")
                return nil
            }
            return Header(name: name, value: Secret(variable: name, value: text))
        }
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0 == "-" || ("0"..."9").contains($0))
            }
    }

    private static func looksSecret(_ name: String) -> Bool {
        ["auth", "key", "token", "secret", "cookie"].contains { name.lowercased().contains($0) }
    }
}
