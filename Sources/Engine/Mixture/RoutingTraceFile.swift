import Foundation
import Kernels

/// A routing trace as a file: for OLMoE, 16 layers with eight of 64 experts, 416 bytes a token.
///
/// All numbers are little-endian. The letters MRTR; version, UInt32; count of layers, UInt32; dropped tokens, UInt64;
/// the count of experts of each layer, UInt32. Then, layer by layer: tokens, UInt64; seats, UInt64; the seats of each
/// token, UInt16; the expert on each seat, UInt8 in a layer of up to 256 experts and UInt16 in a larger one; the weight
/// of each seat, an IEEE half. Halves keep weights to 1 in 2048, which is finer than what anybody reads from them;
/// weights from 65520 on become infinite.
public enum RoutingTraceFile {
    /// The version that is written, and the only one that is read.
    static let version: UInt32 = 1

    static let letters = Array("MRTR".utf8)

    /// Writes `trace` to the file at `path`, in one step: a reader sees the old file or the new one. Throws
    /// `RoutingTraceRefusal`.
    public static func write(_ trace: RoutingTrace, to path: String) throws(RoutingTraceRefusal) {
        do {
            try Data(bytes(of: trace)).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw RoutingTraceRefusal(offset: 0, reason: .unreadable(error.localizedDescription))
        }
    }

    /// Reads the file at `path`. Throws `RoutingTraceRefusal`; memory is bounded by a multiple of the file's size.
    public static func read(_ path: String) throws(RoutingTraceRefusal) -> RoutingTrace {
        do {
            let file = try MappedFile(readingFileAt: path)
            return try file.withBytes(0..<file.byteCount) { bytes throws(GGUFRefusal) in
                Result { () throws(RoutingTraceRefusal) in try RoutingTraceReader.read(bytes) }
            }.get()
        } catch let refusal as RoutingTraceRefusal {
            throw refusal
        } catch let refusal as GGUFRefusal {
            guard case .unreadable(let cause) = refusal.reason else {
                throw RoutingTraceRefusal(offset: 0, reason: .unreadable("\(refusal)"))
            }
            throw RoutingTraceRefusal(offset: 0, reason: .unreadable(cause))
        } catch {
            throw RoutingTraceRefusal(offset: 0, reason: .unreadable("\(error)"))
        }
    }

    /// Size of the number that names an expert in a layer of `count` of them, bytes.
    static func expertBytes(of count: Int) -> Int { count <= 256 ? 1 : 2 }

    /// The floats that `halves` stand for.
    static func numbers(of halves: [UInt16]) -> [Float] {
        [Float](unsafeUninitializedCapacity: halves.count) { numbers, count in
            guard let start = numbers.baseAddress else { return }
            HalfNumbers.widen(halves, into: start, count: halves.count)
            count = halves.count
        }
    }

    private static func halves(of numbers: [Float]) -> [UInt16] {
        [UInt16](unsafeUninitializedCapacity: numbers.count) { halves, count in
            guard let start = halves.baseAddress else { return }
            HalfNumbers.narrow(numbers, into: start, count: numbers.count)
            count = numbers.count
        }
    }

    private static func bytes(of trace: RoutingTrace) -> [UInt8] {
        var bytes = letters
        put(version, to: &bytes)
        put(UInt32(trace.layers.count), to: &bytes)
        put(UInt64(trace.dropped), to: &bytes)
        for count in trace.expertCounts { put(UInt32(count), to: &bytes) }
        for (index, layer) in trace.layers.enumerated() {
            put(UInt64(layer.tokens), to: &bytes)
            put(UInt64(layer.expert.count), to: &bytes)
            for token in 0..<layer.tokens { put(UInt16(layer.experts(of: token).count), to: &bytes) }
            if expertBytes(of: trace.expertCounts[index]) == 1 {
                bytes.append(contentsOf: layer.expert.map { UInt8(truncatingIfNeeded: $0) })
            } else {
                for expert in layer.expert { put(expert, to: &bytes) }
            }
            for half in halves(of: layer.weight) { put(half, to: &bytes) }
        }
        return bytes
    }

    private static func put<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
