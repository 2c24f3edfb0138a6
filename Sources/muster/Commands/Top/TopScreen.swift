import Foundation

/// A terminal that is drawn over again and again, and left as it was found.
final class TopScreen {
    private var before = termios()
    private let readsKeys: Bool

    /// Nil if standard output is no terminal.
    init?() {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        readsKeys = isatty(STDIN_FILENO) == 1 && tcgetattr(STDIN_FILENO, &before) == 0
        if readsKeys {
            // Keys come at once and unseen; Ctrl-C comes as a key, so that the terminal is always put back.
            var raw = before
            raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
            tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        }
        Output.text("\u{1B}[?1049h\u{1B}[?25l")
    }

    /// Puts the terminal back.
    func leave() {
        Output.text("\u{1B}[?25h\u{1B}[?1049l")
        if readsKeys { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
    }

    var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Draws one picture in one write, so that it does not flicker.
    func draw(_ lines: [TopView.Line]) {
        var text = "\u{1B}[H"
        for (index, line) in lines.prefix(size.rows).enumerated() {
            if index > 0 { text += "\r\n" }
            switch line.kind {
            case .plain: text += line.text
            case .heading: text += "\u{1B}[1m\(line.text)\u{1B}[0m"
            case .alarm: text += "\u{1B}[31m\(line.text)\u{1B}[0m"
            }
            text += "\u{1B}[K"
        }
        Output.text(text + "\u{1B}[J")
    }

    /// Waits so long for a key; true if it is one that ends the view.
    func isEnded(within milliseconds: Int) -> Bool {
        guard readsKeys else {
            usleep(UInt32(milliseconds) * 1000)
            return false
        }
        var wanted = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, Int32(milliseconds)) > 0 else { return false }
        var keys = [UInt8](repeating: 0, count: 64)
        let count = read(STDIN_FILENO, &keys, keys.count)
        // The terminal is gone, q, Q, Ctrl-C or Ctrl-D.
        return count <= 0 || keys[..<count].contains { [0x71, 0x51, 0x03, 0x04].contains($0) }
    }
}
