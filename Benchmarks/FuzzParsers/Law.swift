import Foundation

/// Ends the process, with words, if what must always be true is not.
func law(_ isKept: Bool, _ words: @autoclosure () -> String) {
    guard !isKept else { return }
    FileHandle.standardError.write(Data("Fatal: broken law: \(words())\n".utf8))
    abort()
}
