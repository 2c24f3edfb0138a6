import Bench
import Core
import Testing

/// Files of arrivals, as editors and other programs write them.
struct SwapTraceTests {
    private func refusal(_ text: String) -> String? {
        #expect(throws: Fault.self) { try SwapTrace(text: text, name: "t.txt", service: 1) }?.sentence
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func everyLineEndIsOne(end: String) throws {
        let text = ["# when who", "2 b 0.5", "", "1 a"].joined(separator: end) + end
        for mark in ["", "\u{FEFF}"] {
            let trace = try SwapTrace(text: mark + text, name: "t.txt", service: 3)
            #expect(trace.arrivals.map(\.expert) == ["a", "b"] && trace.arrivals.map(\.service) == [3, 0.5])
        }
        #expect(refusal("1 a\(end)# then\(end)soon b")?.hasPrefix("t.txt:3: ") == true)
    }

    @Test(arguments: ["1e300 a", "1 a 1e300", "-1 a", "1 a -0.1", "nan a", "inf a", "1000000001 a"])
    func timesHaveBounds(line: String) {
        #expect(
            refusal("0 a\r\n" + line)
                == "t.txt:2: \"\(line)\" is out of bounds. Times go from 0 to 1000000000 seconds. "
                + "Count seconds from the first question.")
    }

    @Test func theLongestTimesCanBeSimulated() throws {
        let trace = try SwapTrace(text: "1e9 a 1e9\n1e9 b 1e9\n0 c 1e9\n", name: "t.txt", service: 1)
        for policy in SwapSimulation.Policy.allCases {
            let outcome = SwapSimulation(BackendSpec(name: "s", holds: 1)).run(trace, policy)
            #expect(outcome.loads == 3 && outcome.makespan >= 3e9)
        }
    }

    @Test func aFileWithoutArrivalsIsRefused() {
        #expect(refusal("# nothing\r\n")?.hasPrefix("t.txt: has no arrivals. ") == true)
        #expect(refusal("") != nil)
    }
}
