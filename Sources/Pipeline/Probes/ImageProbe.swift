import Core

/// Does it see pictures? Tried only where it is said to.
struct ImageProbe: CapabilityProbe {
    let capabilities: [Capability] = [.images]

    /// 32 × 32 pixels of red: a PNG with one colour in its palette.
    private static let picture =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgAQMAAABJtOi3AAAABlBMVEX/AAD/AAD/OybuAAAADElEQVR4"
        + "2mNgGNwAAACgAAGO+7G0AAAAAElFTkSuQmCC"

    func look(at asking: ProbeAsking) async throws -> [Capability: Observation] {
        let message = Message(
            role: .user,
            parts: [.text("Which colour is this picture? Answer with one word."), .image(url: Self.picture)])
        let answer = try await asking.ask([message])
        guard !answer.text.isEmpty else { return [.images: .silence(answer)] }
        let isRight = answer.text.lowercased().contains("red")
        return [.images: isRight ? .yes("saw red") : .no("called a red picture “\(answer.text.shortened)”")]
    }
}
