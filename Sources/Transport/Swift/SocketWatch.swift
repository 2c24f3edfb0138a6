import CCurl
import Glibc

/// Waits for many sockets at once (`epoll`), for the one thread that drives transfers; others may wake it.
///
/// A connection's socket stays registered between two requests, so that a request on a kept connection costs no call to
/// the kernel. What libcurl opens for itself (its name look-up) is registered and taken off as libcurl says, because
/// nothing tells when such a socket is closed.
final class SocketWatch {
    /// A socket that has something to say.
    struct Ready {
        var socket: Int32
        var canRead: Bool
        var canWrite: Bool
        var hasFailed: Bool
    }

    private struct Watched {
        /// Opened for a connection, and not yet closed.
        var isConnection = false
        /// What libcurl waits for, as `EPOLL_EVENTS`; nothing while a connection lies unused.
        var wanted: UInt32 = 0
        /// What the kernel was told.
        var registered: UInt32 = 0
        /// No request is on it: whatever comes now, nobody asked for.
        var isIdle = false
    }

    private static let readable = EPOLLIN.rawValue
    private static let writable = EPOLLOUT.rawValue

    private let poll: Int32
    private let bell: Bell
    /// By the socket's number.
    private var table: [Watched] = []
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    init(bell: Bell) {
        self.bell = bell
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        precondition(poll >= 0, "the system gives one more file descriptor")
        control(EPOLL_CTL_ADD, bell.descriptor, Self.readable)
    }

    deinit { close(poll) }

    // MARK: What libcurl says

    /// A new connection's socket; its number may have belonged to another one before.
    func opened(_ socket: Int32) { change(socket) { $0 = Watched(isConnection: true) } }

    /// A connection's socket is about to be closed.
    func closing(_ socket: Int32) {
        change(socket) { entry in
            if entry.registered != 0 { control(EPOLL_CTL_DEL, socket, 0) }
            entry = Watched()
        }
    }

    /// libcurl waits for this much of a socket from now on.
    func want(_ socket: Int32, read: Bool, write: Bool) {
        let wanted = (read ? Self.readable : 0) | (write ? Self.writable : 0)
        change(socket) { entry in
            entry.wanted = wanted
            if wanted != 0 { entry.isIdle = false }
            if entry.isConnection, wanted == 0 || entry.registered == wanted { return }
            register(socket, &entry)
        }
    }

    /// The last request on a connection has ended.
    func idle(_ socket: Int32) { change(socket) { $0.isIdle = $0.isConnection } }

    static func at(_ context: UnsafeMutableRawPointer?) -> SocketWatch {
        guard let context else { preconditionFailure("libcurl hands back the context it was given") }
        return Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue()
    }

    // MARK: Waiting

    /// Calls back for each socket that is ready, after at most so many milliseconds.
    func wait(milliseconds: Int32, awake: () -> Void, each: (Ready) -> Void) {
        let count = events.withUnsafeMutableBufferPointer {
            epoll_wait(poll, $0.baseAddress, Int32($0.count), milliseconds)
        }
        awake()
        for event in events.prefix(Int(max(0, count))) {
            let socket = event.data.fd
            if socket == bell.descriptor {
                bell.silence()
            } else if isWanted(socket) {
                each(
                    Ready(
                        socket: socket, canRead: event.events & Self.readable != 0,
                        canWrite: event.events & Self.writable != 0,
                        hasFailed: event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0))
            }
        }
    }

    /// An unused connection that is closed by its server, or one that pauses, would be reported for ever.
    private func isWanted(_ socket: Int32) -> Bool {
        change(socket) { entry in
            if entry.isIdle { spoil(socket, &entry) }
            if entry.wanted == 0, entry.registered != 0 { register(socket, &entry) }
            return entry.wanted != 0
        }
    }

    /// Something came on a connection without a request: its end, or an answer that nobody asked for and that would be
    /// taken for the next one's. Both are the end of it: libcurl finds it closed and opens another.
    ///
    /// A socket that was only shut down it takes for open while a byte or an error waits there (7.88). So another one is
    /// put in its place, whose other end is closed.
    private func spoil(_ socket: Int32, _ entry: inout Watched) {
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
            shutdown(socket, Int32(SHUT_RDWR))
            return
        }
        close(pair[1])
        // The kernel forgets what was registered for the one that this closes.
        if dup2(pair[0], socket) >= 0 { entry.registered = 0 }
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        close(pair[0])
    }

    private func register(_ socket: Int32, _ entry: inout Watched) {
        if entry.wanted == 0 {
            control(EPOLL_CTL_DEL, socket, 0)
        } else if entry.registered == 0 {
            // Known already where nobody told that a socket of this number was closed.
            if !control(EPOLL_CTL_ADD, socket, entry.wanted) { control(EPOLL_CTL_MOD, socket, entry.wanted) }
        } else if !control(EPOLL_CTL_MOD, socket, entry.wanted) {
            control(EPOLL_CTL_ADD, socket, entry.wanted)
        }
        entry.registered = entry.wanted
    }

    @discardableResult
    private func control(_ operation: Int32, _ socket: Int32, _ wanted: UInt32) -> Bool {
        var event = epoll_event(events: wanted, data: epoll_data_t(fd: socket))
        return epoll_ctl(poll, operation, socket, &event) == 0
    }

    private func change<Result>(_ socket: Int32, _ body: (inout Watched) -> Result) -> Result {
        let index = Int(socket)
        while table.count <= index { table.append(Watched()) }
        return body(&table[index])
    }
}
