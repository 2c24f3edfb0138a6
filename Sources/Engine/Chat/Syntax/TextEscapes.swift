/// Reads the escapes of a text in quotes, such as `\n` and `\u2581`; an unknown one stays as it is.
enum TextEscapes {
    static func text(of scalars: ArraySlice<Unicode.Scalar>, line: Int) throws(ChatTemplateRefusal) -> String {
        var result = String.UnicodeScalarView()
        var rest = scalars
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let letter = rest.popFirst() else {
                result.append(scalar)
                continue
            }
            if let single = singles[letter] {
                result.append(contentsOf: single)
            } else if let length = hexadecimal[letter] {
                let digits = String(scalars: rest.prefix(length))
                guard digits.utf8.count == length, let code = UInt32(digits, radix: 16), let read = Unicode.Scalar(code)
                else {
                    throw ChatTemplateRefusal(
                        .syntax(found: "\\\(letter)\(digits)", expected: "\(length) hexadecimal digits of a character"),
                        line: line)
                }
                rest = rest.dropFirst(length)
                result.append(read)
            } else if "0"..."7" ~= letter {
                var code = letter.value - 48
                for _ in 0..<2 {
                    guard let next = rest.first, "0"..."7" ~= next else { break }
                    code = code * 8 + next.value - 48
                    rest.removeFirst()
                }
                if let read = Unicode.Scalar(code) { result.append(read) }
            } else {
                result.append("\\")
                result.append(letter)
            }
        }
        return String(result)
    }

    private static let hexadecimal: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]

    private static let singles: [Unicode.Scalar: [Unicode.Scalar]] = [
        "n": ["\n"], "t": ["\t"], "r": ["\r"], "\\": ["\\"], "'": ["'"], "\"": ["\""], "\n": [],
        "a": ["\u{7}"], "b": ["\u{8}"], "f": ["\u{C}"], "v": ["\u{B}"],
    ]
}
