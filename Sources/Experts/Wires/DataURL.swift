/// A picture carried inside its address: `data:image/png;base64,…`.
struct DataURL {
    /// As it is registered, without parameters.
    let mediaType: String
    let base64: String

    /// Nil if the address is of another kind.
    init?(_ url: String) {
        guard url.prefix(5).lowercased() == "data:", let comma = url.firstIndex(of: ",") else { return nil }
        let head = url[url.index(url.startIndex, offsetBy: 5)..<comma].lowercased()
        guard head.hasSuffix(";base64") else { return nil }
        let type = String(head.prefix { $0 != ";" })
        // A name that many write and nobody registered.
        mediaType = type == "image/jpg" ? "image/jpeg" : type
        base64 = String(url[url.index(after: comma)...])
    }
}
