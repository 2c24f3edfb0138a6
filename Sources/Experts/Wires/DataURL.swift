/// A picture carried inside its address: `data:image/png;base64,…`.
struct DataURL {
    let mediaType: String
    let base64: String

    /// Nil if the address is of another kind.
    init?(_ url: String) {
        guard url.hasPrefix("data:"), let comma = url.firstIndex(of: ",") else { return nil }
        let head = url[url.index(url.startIndex, offsetBy: 5)..<comma]
        guard head.hasSuffix(";base64") else { return nil }
        mediaType = String(head.dropLast(7))
        base64 = String(url[url.index(after: comma)...])
    }
}
