internal import Kernels

/// Carries the tokens of a few texts through all layers of an encoder at once: the matrices are read once for all, and
/// only attention keeps the texts apart.
///
/// Every number is computed in the same order whatever texts are along, so a text's vector does not depend on them.
struct EncoderPass {
    /// Rows of a matrix that one part of the work multiplies, whole panels.
    private static var rowsOfPart: Int { 4 * PackedPanels.panelRows }

    /// Tokens of one part: their rows stay in the second-level cache.
    private static let tokensOfPart = 64

    let sizes: EncoderSizes
    let layers: [EncoderLayer]
    let team: ThreadTeam

    /// Where each text's tokens are among all.
    let texts: [Range<Int>]
    let memory: EncoderMemory

    private var count: Int { texts.last?.upperBound ?? 0 }

    /// Runs the layers over `memory.hidden`.
    func run() {
        let attention = EncoderAttention(sizes)
        for layer in layers {
            multiply(layer.queryKeyValue, memory.hidden, into: memory.projected)
            team.run(parts: texts.count * sizes.heads) { part, thread in
                let text = texts[part / sizes.heads]
                attention.attend(
                    head: part % sizes.heads, projected: memory.projected + text.lowerBound * 3 * sizes.hidden,
                    count: text.count, mixed: memory.mixed + text.lowerBound * sizes.hidden,
                    scratch: memory.scratch[thread])
            }
            multiply(layer.attentionOutput, memory.mixed, into: memory.added)
            addAndNormalise(layer.attentionNorm)
            multiply(layer.inner, memory.hidden, into: memory.inner) { numbers, count in
                GaussianErrorUnit.apply(to: numbers, count: count)
            }
            multiply(layer.output, memory.inner, into: memory.added)
            addAndNormalise(layer.outputNorm)
        }
    }

    private func multiply(
        _ matrix: PackedPanels, _ x: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
        then bend: ((_ numbers: UnsafeMutablePointer<Float>, _ count: Int) -> Void)? = nil
    ) {
        let groups = (matrix.rowCount + Self.rowsOfPart - 1) / Self.rowsOfPart
        let blocks = (count + Self.tokensOfPart - 1) / Self.tokensOfPart
        team.run(parts: groups * blocks) { part, _ in
            let tokens = count * (part / groups) / blocks..<count * (part / groups + 1) / blocks
            let first = part % groups * Self.rowsOfPart
            let rows = first..<min(first + Self.rowsOfPart, matrix.rowCount)
            let place = out + tokens.lowerBound * matrix.rowCount
            matrix.multiply(
                rows: rows, by: x + tokens.lowerBound * matrix.length, xStride: matrix.length, count: tokens.count,
                into: place, outStride: matrix.rowCount)
            guard let bend else { return }
            for token in 0..<tokens.count { bend(place + token * matrix.rowCount + first, rows.count) }
        }
    }

    private func addAndNormalise(_ norm: EncoderNorm) {
        let block = 16
        team.run(parts: (count + block - 1) / block) { part, _ in
            for token in part * block..<min(part * block + block, count) {
                let place = token * sizes.hidden
                norm.apply(to: memory.hidden + place, adding: memory.added + place)
            }
        }
    }
}
