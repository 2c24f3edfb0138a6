import Core
import Wires

/// Streams of experts: taken apart however they are cut, and read by every wire.
enum FuzzStreams {
    static func events(_ bytes: [UInt8]) {
        let whole = reading(bytes, cutInto: [bytes.count]) { try $0.feed($1) }
        law(whole == reading(bytes, cutInto: cuts(of: bytes)) { try $0.feed($1) }, "a cut changes nothing")
        law(whole == reading(bytes, cutInto: [1]) { try $0.feed($1) }, "single bytes change nothing")
        for event in whole ?? [] { law(!event.data.utf8.contains(0x0D), "no line break is left in a line") }
    }

    static func lines(_ bytes: [UInt8]) {
        func read(_ sizes: [Int]) -> [String] {
            var lines = JSONLines()
            var texts: [String] = []
            for piece in pieces(of: bytes, cutInto: sizes) { texts += (try? lines.feed(piece)) ?? [] }
            if let rest = lines.rest() { texts.append(rest) }
            law(!lines.isMidLine && lines.rest() == nil, "the rest is taken once")
            return texts
        }
        law(read([bytes.count]) == read(cuts(of: bytes)), "a cut changes nothing")
    }

    /// Each line is one event of a stream; the whole is a whole answer.
    static func wires(_ bytes: [UInt8]) {
        let spec = { kind in ExpertSpec(card: ExpertCard(id: "math", kind: kind, model: "m")) }
        let wires: [any ChatWire] = [
            OpenAIWire(spec: spec(.openai)), AnthropicWire(spec: spec(.anthropic)), OllamaWire(spec: spec(.ollama)),
        ]
        let values = bytes.split(separator: 0x0A).compactMap { JSONValue.parse(String(decoding: $0, as: UTF8.self)) }
        let whole = JSONValue.parse(String(decoding: bytes, as: UTF8.self))
        for wire in wires {
            var state = WireState()
            for value in values { check { try wire.pieces(inEvent: value, state: &state) } }
            if let whole { check { try wire.pieces(inWhole: whole) } }
        }
    }

    private static func check(_ read: () throws -> [AnswerPiece]) {
        do {
            for case .usage(let usage) in try read() {
                let counts = [usage.promptTokens, usage.completionTokens, usage.cachedTokens ?? 0]
                law(counts.allSatisfy { (0...1 << 42).contains($0) }, "no server's count can overflow a sum")
            }
        } catch {
            law(error is WireSurprise, "a wire throws only what its reader can put into words")
        }
    }

    // MARK: Cuts

    private static func reading(
        _ bytes: [UInt8], cutInto sizes: [Int], _ feed: (inout EventStream, [UInt8]) throws -> [EventStream.Event]
    ) -> [EventStream.Event]? {
        var stream = EventStream()
        return try? pieces(of: bytes, cutInto: sizes).flatMap { try feed(&stream, $0) }
    }

    /// Sizes that the bytes themselves choose.
    private static func cuts(of bytes: [UInt8]) -> [Int] {
        let sizes = bytes.prefix(16).map { Int($0 & 15) + 1 }
        return sizes.isEmpty ? [1] : sizes
    }

    private static func pieces(of bytes: [UInt8], cutInto sizes: [Int]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var at = 0
        while at < bytes.count {
            let size = max(1, sizes[pieces.count % sizes.count])
            pieces.append(Array(bytes[at..<min(at + size, bytes.count)]))
            at += size
        }
        return pieces
    }
}
