/// Chance with a seed, and texts drawn from it: SplitMix64 (Steele, Lea and Flood, 2014).
struct Draws {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    mutating func element<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

    /// Up to `most` characters: many of few kinds, some from anywhere in Unicode.
    mutating func text(upTo most: Int) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<below(most + 1) {
            if below(8) == 0, let scalar = Unicode.Scalar(UInt32(below(0x11_0000))) {
                text.append(scalar)
            } else {
                text.append(element(of: Self.usual))
            }
        }
        return String(text)
    }

    private static let usual = Array("aaabbcst  '’\n\r\t1２.,<>|é\u{301}\u{A0}\u{3000}日本한😀\u{200D}🏽".unicodeScalars)
}
