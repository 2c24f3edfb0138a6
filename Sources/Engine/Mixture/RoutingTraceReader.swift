/// Reads the bytes of a routing trace's file, each piece held to what is there before memory is taken for it.
package struct RoutingTraceReader {
    private var position = 0

    private static let mostLayers: UInt64 = 1024
    // As many as UInt16 tells apart.
    private static let mostExperts: UInt64 = 1 << 16

    /// The trace in `bytes`. Throws `RoutingTraceRefusal`.
    package static func read(_ bytes: Span<UInt8>) throws(RoutingTraceRefusal) -> RoutingTrace {
        var reader = RoutingTraceReader()
        for letter in RoutingTraceFile.letters {
            guard reader.position < bytes.count, bytes[reader.position] == letter else {
                throw RoutingTraceRefusal(offset: 0, reason: .notTrace)
            }
            reader.position += 1
        }
        let version = try reader.number(bytes: 4, in: bytes)
        guard version == RoutingTraceFile.version else { throw reader.refusal(4, .version(found: version)) }
        let layers = try reader.number(bytes: 4, in: bytes)
        guard layers <= mostLayers else { throw reader.refusal(4, .layers(found: layers, most: mostLayers)) }
        let dropped = try reader.number(bytes: 8, in: bytes)
        var counts: [Int] = []
        for layer in 0..<Int(layers) {
            let count = try reader.number(bytes: 4, in: bytes)
            guard count <= mostExperts else {
                throw reader.refusal(4, .experts(layer: layer, found: count, most: mostExperts))
            }
            counts.append(Int(count))
        }
        var trace = RoutingTrace(expertCounts: counts)
        trace.dropped = Int(clamping: dropped)
        for (index, count) in counts.enumerated() {
            trace.layers[index] = try reader.layer(index, experts: count, in: bytes)
        }
        guard reader.position == bytes.count else {
            throw reader.refusal(0, .trailing(bytes: UInt64(bytes.count - reader.position)))
        }
        return trace
    }

    private mutating func layer(
        _ index: Int, experts count: Int, in bytes: Span<UInt8>
    ) throws(RoutingTraceRefusal) -> RoutingTrace.Layer {
        let start = position
        let tokens = try number(bytes: 8, in: bytes)
        let seats = try number(bytes: 8, in: bytes)
        let expertBytes = RoutingTraceFile.expertBytes(of: count)
        try need(tokens, of: 2, in: bytes)
        var perToken: [Int] = []
        for _ in 0..<Int(tokens) { perToken.append(Int(try number(bytes: 2, in: bytes))) }
        guard UInt64(perToken.reduce(0, +)) == seats, count > 0 || tokens == 0 else {
            throw RoutingTraceRefusal(offset: start, reason: .counts(layer: index, tokens: tokens, seats: seats))
        }
        try need(seats, of: UInt64(expertBytes + 2), in: bytes)
        var experts: [UInt16] = []
        for _ in 0..<Int(seats) {
            let expert = try number(bytes: expertBytes, in: bytes)
            guard expert < count else {
                throw refusal(expertBytes, .expert(layer: index, found: expert, count: count))
            }
            experts.append(UInt16(expert))
        }
        var halves: [UInt16] = []
        for _ in 0..<Int(seats) { halves.append(UInt16(try number(bytes: 2, in: bytes))) }
        return Self.layer(perToken, experts, RoutingTraceFile.numbers(of: halves))
    }

    private static func layer(_ perToken: [Int], _ experts: [UInt16], _ weights: [Float]) -> RoutingTrace.Layer {
        var layer = RoutingTrace.Layer()
        var seat = 0
        for count in perToken {
            layer.append(experts: experts[seat..<seat + count], weights: weights[seat..<seat + count])
            seat += count
        }
        return layer
    }

    private mutating func number(bytes width: Int, in bytes: Span<UInt8>) throws(RoutingTraceRefusal) -> UInt64 {
        try need(1, of: UInt64(width), in: bytes)
        var value: UInt64 = 0
        for place in (0..<width).reversed() { value = value << 8 | UInt64(bytes[position + place]) }
        position += width
        return value
    }

    /// Refuses when fewer than `count` things of `size` bytes are left.
    private func need(_ count: UInt64, of size: UInt64, in bytes: Span<UInt8>) throws(RoutingTraceRefusal) {
        guard count > UInt64(bytes.count - position) / size else { return }
        let wanted = count.multipliedReportingOverflow(by: size)
        let end = wanted.partialValue.addingReportingOverflow(UInt64(position))
        let needed = wanted.overflow || end.overflow ? .max : end.partialValue
        throw refusal(0, .truncated(found: UInt64(bytes.count), needed: needed))
    }

    /// A refusal of what ends `width` bytes behind its start.
    private func refusal(_ width: Int, _ reason: RoutingTraceRefusal.Reason) -> RoutingTraceRefusal {
        RoutingTraceRefusal(offset: position - width, reason: reason)
    }
}
