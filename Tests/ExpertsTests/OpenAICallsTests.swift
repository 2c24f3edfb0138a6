import Core
import Experts
import Testing

/// Calls of tools as servers really send them; the shapes are those that users of gateways reported.
struct OpenAICallsTests {
    /// The pieces of deltas, each the JSON of `tool_calls`.
    private func read(
        _ deltas: [String], finish: String? = "tool_calls", in setting: OpenAICalls.Setting = .delta
    ) -> (
        calls: [ToolCall], finish: FinishReason, isMended: Bool
    ) {
        var calls = OpenAICalls()
        var assembled: [ToolCall] = []
        for delta in deltas {
            let message = JSONValue.object(["tool_calls": JSONValue.parse(delta) ?? .null])
            for case .call(let fragment) in calls.fragments(in: message, setting) {
                while assembled.count <= fragment.index { assembled.append(ToolCall(id: "", name: "", arguments: "")) }
                assembled[fragment.index].id += fragment.id ?? ""
                assembled[fragment.index].name += fragment.name ?? ""
                assembled[fragment.index].arguments += fragment.arguments
            }
        }
        let reason = calls.finish(finish)
        return (assembled, reason, !calls.takeMends().isEmpty)
    }

    private static let two = [
        ToolCall(id: "c1", name: "add", arguments: #"{"a":1}"#), ToolCall(id: "c2", name: "sub", arguments: "{}"),
    ]

    @Test func fragmentsOfTwoCallsAreJoined() {
        let read = read([
            #"[{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":""}}]"#,
            #"[{"index":0,"function":{"arguments":"{\"a\""}}]"#, #"[{"index":0,"function":{"arguments":":1}"}}]"#,
            #"[{"index":1,"id":"c2","type":"function","function":{"name":"sub","arguments":"{}"}}]"#,
        ])
        #expect(read.calls == Self.two && read.finish == .toolCalls)
        #expect(!read.isMended)
    }

    @Test func callsAllUnderIndexZeroAreToldApart() {
        let read = read([
            #"[{"index":0,"id":"c1","function":{"name":"add","arguments":"{\"a\":"}}]"#,
            #"[{"index":0,"function":{"arguments":"1}"}}]"#,
            #"[{"index":0,"id":"c2","function":{"name":"sub","arguments":"{}"}}]"#,
        ])
        #expect(read.calls == Self.two && read.isMended)
    }

    @Test func argumentsSentAsAnObjectBecomeText() {
        let read = read([#"[{"index":0,"id":"c1","function":{"name":"add","arguments":{"a":1}}}]"#])
        #expect(read.calls == [Self.two[0]] && read.isMended)
    }

    @Test func anAnswerThatAsksForCallsDidNotJustStop() {
        let call = #"[{"index":0,"id":"c1","function":{"name":"add","arguments":"{}"}}]"#
        #expect(read([call], finish: "stop").finish == .toolCalls)
        #expect(read([call], finish: "stop").isMended)
        #expect(read([call], finish: "length").finish == .length)
        #expect(read([], finish: "stop").finish == .stop)
        #expect(!read([], finish: "stop").isMended)
    }

    @Test func aCallWithoutIDGetsOne() {
        let read = read([#"[{"index":0,"function":{"name":"add","arguments":"{}"}}]"#])
        // Of an empty conversation; `CallIDsTests` has the others.
        var ids = CallIDs()
        #expect(read.calls.map(\.id) == [ids.id(at: 0, "add")] && read.isMended)
    }

    @Test func aWholeMessageNumbersItsCallsByTheirOrder() {
        let calls = [
            #""id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}"#,
            #""id":"c2","type":"function","function":{"name":"sub","arguments":"{}"}}"#,
        ]
        let bare = read(["[{\(calls[0]),{\(calls[1])]"], in: .message)
        #expect(bare.calls == Self.two && !bare.isMended)
        let zeros = read([#"[{"index":0,\#(calls[0]),{"index":0,\#(calls[1])]"#], in: .message)
        #expect(zeros.calls == Self.two && zeros.isMended)
    }

    /// Two calls without ids, under one index, as fragments of which each holds a name or more of the arguments.
    static let nameless = [
        [
            #"[{"index":0,"function":{"name":"look","arguments":"{\"city\":\"Oslo\"}"}}]"#,
            #"[{"index":0,"function":{"name":"look","arguments":"{\"city\":\"Rome\"}"}}]"#,
        ],
        [
            #"[{"index":0,"id":"","function":{"name":"look","arguments":""}}]"#,
            #"[{"index":0,"id":"","function":{"name":"","arguments":"{\"city\":\"Os"}}]"#,
            #"[{"index":0,"function":{"arguments":"lo\"}"}}]"#, #"[{"index":0,"function":{"name":"look"}}]"#,
            #"[{"index":0,"function":{"arguments":"{\"city\":\"Rome\"}"}}]"#,
        ],
        [
            #"[{"index":0,"function":{"name":"look","arguments":"{\"city\":\"Oslo\"}"}},{"index":0,"function":{"name":"look","arguments":"{\"city\":"}}]"#,
            #"[{"index":0,"function":{"arguments":"\"Rome\"}"}}]"#,
        ],
        [
            // The name again with every part.
            #"[{"function":{"name":"look","arguments":"{\"city\":"}}]"#,
            #"[{"function":{"name":"look","arguments":"\"Oslo\"}"}}]"#,
            #"[{"function":{"name":"look","arguments":"{\"city\":\"Rome\"}"}}]"#,
        ],
    ]

    @Test(arguments: nameless) func aNameAfterWholeArgumentsBeginsAnotherCall(_ deltas: [String]) {
        let read = read(deltas)
        #expect(read.calls.map(\.name) == ["look", "look"] && read.isMended)
        #expect(read.calls.map(\.arguments) == [#"{"city":"Oslo"}"#, #"{"city":"Rome"}"#])
        #expect(Set(read.calls.map(\.id)).count == 2)
    }

    @Test func anotherNameBeginsAnotherCallAlsoAfterOneWithoutArguments() {
        let read = read([
            #"[{"index":0,"function":{"name":"now"}}]"#, #"[{"index":0,"function":{"name":"look","arguments":"{}"}}]"#,
        ])
        #expect(read.calls.map(\.name) == ["now", "look"] && read.calls.map(\.arguments) == ["", "{}"])
    }

    @Test func aCallMayGetItsNameLate() {
        let read = read([
            #"[{"index":0,"id":"c1","type":"function"}]"#,
            #"[{"index":0,"function":{"name":"add","arguments":"{\"a\":1}"}}]"#,
        ])
        #expect(read.calls == [Self.two[0]] && !read.isMended)
    }

    @Test func bracesInsideOfTextsEndNothing() {
        let read = read([
            #"[{"index":0,"function":{"name":"add","arguments":"{\"a\":\"}\\\"{\""}}]"#,
            #"[{"index":0,"function":{"name":"add","arguments":"}"}}]"#,
        ])
        #expect(read.calls.map(\.arguments) == [#"{"a":"}\"{"}"#])
    }

    @Test func aHostileServerGetsABoundedNumberOfCalls() {
        let many = (0..<5_000).map { #"[{"index":\#($0),"id":"c\#($0)","function":{"name":"f","arguments":""}}]"# }
        #expect(read(many).calls.count == AnswerPiece.mostCalls)
        #expect(read([#"[{"index":-7,"id":"a","function":{"name":"f"}},3,null]"#]).calls.count == 3)
    }
}
