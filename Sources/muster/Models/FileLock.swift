import Core
import Glibc

/// A lock that programs hold on a file, so that two of them do not fetch the same model at the same time. The system
/// frees it when its holder ends, however it ends.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Waits for the lock.
    ///
    /// - Parameter isTaken: called once if another program holds it.
    init(path: String, isTaken: () -> Void) async throws {
        // A child must not inherit it: it may live longer.
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Fault(.unreadableFile, path, "cannot be written", hint: "Choose another folder with --to")
        }
        var isFirst = true
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw Fault(.unreadableFile, path, "cannot be locked", hint: "Choose another folder with --to")
            }
            if isFirst { isTaken() }
            isFirst = false
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
