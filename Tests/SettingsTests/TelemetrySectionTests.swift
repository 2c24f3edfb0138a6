import Core
import Settings
import Testing

struct TelemetrySectionTests {
    @Test func readsWhereAndHow() {
        let reading = Reading(
            """
            telemetry:
              otlp: http://127.0.0.1:4318
              headers: {authorization: "Bearer ${env.TOKEN}", x-scope-orgid: team-1}
              service_name: front
            server: {metrics: open}
            """, environment: ["TOKEN": "s3cret"])
        #expect(reading.sentences == [])
        let telemetry = reading.settings.telemetry
        #expect(telemetry.otlp == "http://127.0.0.1:4318" && telemetry.serviceName == "front")
        #expect(telemetry.headers.map(\.name) == ["authorization", "x-scope-orgid"])
        #expect(telemetry.headers.map { $0.value.reveal() } == ["Bearer s3cret", "team-1"])
        #expect(!"\(telemetry)".contains("s3cret"))
        #expect(reading.settings.server.metrics == .open)
    }

    @Test func nothingIsSentUnlessAsked() {
        let telemetry = Reading("experts: {}").settings.telemetry
        #expect(telemetry.otlp == nil && telemetry.headers.isEmpty && telemetry.serviceName == nil)
        #expect(Reading("experts: {}").settings.server.metrics == .keyed)
    }

    @Test func aKeyInTheFileIsRefusedAndNotRepeated() {
        let sentences = Reading("telemetry: {otlp: \"http://c:4318\", headers: {x-api-key: abc123}}").sentences
        #expect(
            sentences.contains {
                $0.contains("telemetry.headers.x-api-key: a key stands in the file.")
                    && $0.contains("Set a variable and write \"${env.OTLP_TOKEN}\"")
            })
        #expect(!sentences.contains { $0.contains("abc123") })
    }

    @Test(arguments: [
        ("telemetry: {otlp: \"127.0.0.1:4318\"}", "does not begin with http"),
        ("telemetry: {otpl: x}", "Did you mean otlp?"),
        ("telemetry: {otlp: \"http://c\", headers: {\"a b\": x}}", "is not the name of a header"),
        ("telemetry: {otlp: \"http://c\", headers: {a: \"x\\ny\"}}", "holds signs that no header has"),
        ("server: {metrics: public}", "keyed, open or never"),
    ])
    func saysWhatIsWrong(_ text: String, _ part: String) {
        let sentences = Reading(text).sentences
        #expect(sentences.contains { $0.contains(part) }, "\(sentences)")
    }
}
