import Core
import Foundation

/// Turns texts into vectors by name, and writes them in OpenAI's shape.
struct EmbeddingsAnswer {
    let shelf: EmbedderShelf

    func body(for request: EmbeddingsRequest) async throws -> [UInt8] {
        try Asker.current?.check(request.model)
        var embedder = try shelf.embedder(request.model)
        let fitting = request.dimensions.flatMap { embedder.shortened(to: $0) }
        embedder = fitting ?? embedder
        // Embedders have no price and count no tokens: theirs are estimated.
        let usage = Usage(promptTokens: request.estimatedTokens, estimated: true)
        let spend = Spend(dollars: 0, usage: usage, calls: 1)
        let promise = try await Asker.current?.account?.reserve(spend)
        let vectors = try await embedder.embed(request.texts)
        promise?.settle(spend)
        if let wanted = request.dimensions, let found = vectors.first?.count, found != wanted {
            throw Fault(
                .unsupported, "dimensions", "the vectors of \(request.model) have \(found) dimensions",
                hint: "Leave it out, or ask an embedder that can shorten its vectors")
        }
        return Self.text(vectors, of: request)
    }

    private static func text(_ vectors: [[Float]], of request: EmbeddingsRequest) -> [UInt8] {
        var out = Array(#"{"object":"list","data":["#.utf8)
        for (index, vector) in vectors.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            out += #"{"object":"embedding","index":\#(index),"embedding":"#.utf8
            switch request.encoding {
            case .float:
                out.append(UInt8(ascii: "["))
                for (place, number) in vector.enumerated() {
                    if place > 0 { out.append(UInt8(ascii: ",")) }
                    out += (number.isFinite ? number.description : "0").utf8
                }
                out.append(UInt8(ascii: "]"))
            case .base64:
                let bytes = vector.flatMap { number in
                    withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
                }
                out += "\"\(Data(bytes).base64EncodedString())\"".utf8
            }
            out.append(UInt8(ascii: "}"))
        }
        let tokens = request.estimatedTokens
        out += #"],"model":\#(JSONText.quoted(request.model)),"#.utf8
        out += #""usage":{"prompt_tokens":\#(tokens),"total_tokens":\#(tokens)}}"#.utf8
        return out
    }
}
