/// A text from outside as a refusal shows it.
enum ShownText {
    private static let most = 64

    /// In quotes, cut to a line and with unprintable letters escaped.
    static func of(_ text: String) -> String {
        String(text.prefix(most)).debugDescription + (text.count > most ? "…" : "")
    }
}
