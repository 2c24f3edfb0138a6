import Core
import Yams

/// Keys.
extension Setting {
    /// A key: only as `${env.NAME}`, so that it never stands in a file; what was written instead is not repeated.
    ///
    /// - Parameter suggestion: a variable's name for the message.
    func secret(suggestion: String) -> Secret? {
        let variable = suggestion.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        let example = "write \"${env.\(String(variable))}\""
        guard case .scalar = node else {
            refuse("a key is a single value, not \(kind)", fix: "Keys are read from the environment: \(example)")
            return nil
        }
        guard let name = EnvironmentText.onlyVariable(of: written) else {
            refuse(
                "a key stands in the file",
                expected: "Keys are read from the environment, so that they are never in a file",
                fix: "Set a variable and \(example); leave it out if no key is needed")
            return nil
        }
        guard let value = environment?.variables[name], !value.isEmpty else {
            refuse("the environment variable \(name.asPathPart) is not set", fix: "Set it: export \(name.asPathPart)=…")
            return nil
        }
        // A key travels in a header line: it cannot hold spaces or line ends, which often come along when copying.
        guard value.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) else {
            refuse(
                "the environment variable \(name.asPathPart) holds spaces, line ends or signs that no key has",
                fix: "Set it anew, without what came along when copying")
            return nil
        }
        return Secret(variable: name, value: value)
    }
}
