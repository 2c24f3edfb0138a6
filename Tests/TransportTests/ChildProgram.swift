import Glibc

/// Programs of this machine that tests start: servers that speak what we do not write ourselves.
enum ChildProgram {
    /// Why a program could not be started.
    struct NotStarted: Error {
        var step: String
    }

    static let openssl = find("openssl")
    static let nghttpd = find("nghttpd")

    /// Where a program is; nil if the machine has none.
    private static func find(_ name: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    static func end(_ process: pid_t) {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// Starts a program; what it says can be read from `output`.
    static func spawn(_ words: [String]) throws -> (process: pid_t, output: Int32) {
        var pipes: [Int32] = [0, 0]
        guard pipe(&pipes) == 0 else { throw NotStarted(step: "making a pipe") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes[1], 1)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_RDWR, 0)
        // Other tests' sockets, which must close when they are closed there.
        for other in 3..<min(Int32(sysconf(Int32(_SC_OPEN_MAX))), 4_096) {
            posix_spawn_file_actions_addclose(&actions, other)
        }
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let result = posix_spawn(&process, words[0], &actions, nil, &arguments, environ)
        close(pipes[1])
        guard result == 0 else {
            close(pipes[0])
            throw NotStarted(step: "starting \(words[1])")
        }
        return (process, pipes[0])
    }
}
