import Core
import Settings
import Testing

/// Files that nobody writes by hand: whatever they hold, they are read in bounded time and told about in a few lines.
struct HostileSettingsTests {
    @Test(.timeLimit(.minutes(1)))
    func unknownNamesWithoutEndAreReadInTime() {
        let yaml = (0..<20_000).map { "setting\($0): 1\n" }.joined()
        #expect(Reading(yaml).sentences.count == 201)
    }

    @Test(.timeLimit(.minutes(1)))
    func namesOfNobodyWithoutEndAreReadInTime() {
        let experts = (0..<100).map { "expert-with-a-long-name-\($0): {\(Reading.usable)}" }.joined(separator: ", ")
        let members = (0..<9_000).map { "expert-with-a-lung-name-\($0)" }.joined(separator: ", ")
        let reading = Reading("experts: {\(experts)}\nrouting: {r: {strategy: fixed, members: [\(members)]}}\n")
        #expect(reading.sentences.count == 201)
    }

    @Test func moreEntriesThanAnybodyHasAreRefused() {
        let experts = (0..<1_001).map { "e\($0): {}" }.joined(separator: ", ")
        #expect(
            Reading("experts: {\(experts)}").sentences.first
                == "config.yaml:1:10: experts: there are 1001 entries. At most 1000 are read.")
        let members = [String](repeating: "a", count: 10_001).joined(separator: ", ")
        #expect(
            Reading("experts: {a: {\(Reading.usable)}}\nrouting: {r: {strategy: fixed, members: [\(members)]}}")
                .sentences == [
                    "config.yaml:2:41: routing.r.members: the list has 10001 elements. At most 10000 are read."
                ])
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            String(repeating: "\"", count: 500_001), String(repeating: "- ", count: 400_000),
            String(repeating: "? ", count: 400_000), String(repeating: "!a ", count: 300_000),
            String(repeating: "|", count: 900_000), String(repeating: "a: ", count: 300_000),
            String(repeating: "{", count: 900_000), String(repeating: "[{a: ", count: 150_000),
            String(repeating: "---\n", count: 200_000), String(repeating: "%", count: 900_000),
            "a: " + String(repeating: "x", count: 900_000), "{" + String(repeating: "a,", count: 40_000) + "}",
            "\u{0}", "a: \u{7F}", String(repeating: "\u{301}", count: 400_000), "'", "&", "*", "!", "!!", "@", "`",
        ])
    func noisePutsNothingInTheWay(yaml: String) {
        #expect((1...201).contains(Reading(yaml).sentences.count))
    }
}
