import Glibc

/// Opens the sockets on which a `ScriptedSocketServer` listens.
enum SocketListener {
    /// On any free port of 127.0.0.1.
    static func loopback() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ScriptedSocketServer.NoSocket(step: "socket", errno: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && listen(descriptor, 128) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else { throw failure(descriptor) }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// On a new socket in the file system, which stays there for its owner to remove.
    static func file(_ path: String) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { throw ScriptedSocketServer.NoSocket(step: "path", errno: ENAMETOOLONG) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ScriptedSocketServer.NoSocket(step: "socket", errno: errno) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                    && listen(descriptor, 128) == 0
            }
        }
        guard isBound else { throw failure(descriptor) }
        return descriptor
    }

    private static func failure(_ descriptor: Int32) -> ScriptedSocketServer.NoSocket {
        let why = errno
        close(descriptor)
        return ScriptedSocketServer.NoSocket(step: "bind", errno: why)
    }
}
