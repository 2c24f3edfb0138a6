import Core
import Foundation
import Transport

/// A file on the web as its server describes it, before any of it is fetched: model hubs send readers on to where the
/// file really lies.
struct WebFile: Sendable {
    /// Where it lies, after all redirects. It may hold a signature that is good for some minutes: never shown.
    var address: String
    /// In bytes; nil if the server does not say.
    var bytes: Int?
    /// What the model hub says that the file's SHA-256 is (`X-Linked-Etag`); nil if it does not.
    var sha256: String?

    /// A hub that does not answer must not be waited for: there are other sources.
    private static let clocks = HTTPClocks(connect: .seconds(8), firstByte: .seconds(30))
    private static let mostRedirects = 8

    /// Asks for the file's first byte, which every server that can go on in the middle of a file understands.
    ///
    /// - Parameter name: what faults call it; the address itself may hold a key.
    static func find(
        _ address: String, named name: String, over transport: HTTPTransport
    ) async throws -> WebFile {
        var file = WebFile(address: address)
        for _ in 0...mostRedirects {
            let response: HTTPResponse
            do {
                response = try await transport.send(
                    HTTPRequest(url: file.address, headers: [("Range", "bytes=0-0")], clocks: clocks))
            } catch {
                throw Fault(.unreadableFile, name, reason(error), hint: "Check the network, and pull again")
            }
            file.learn(from: response)
            guard [301, 302, 303, 307, 308].contains(response.status) else {
                try check(response.status, of: name)
                return file
            }
            file.address = try redirect(response, from: file.address, of: name)
        }
        throw Fault(.unreadableFile, name, "sends readers on more than \(mostRedirects) times", hint: "Pull later")
    }

    private mutating func learn(from response: HTTPResponse) {
        if let etag = response.header("x-linked-etag")?.lowercased().filter({ $0 != "\"" }), etag.utf8.count == 64,
            etag.allSatisfy({ $0.isASCII && $0.isHexDigit })
        {
            sha256 = etag
        }
        switch response.status {
        case 200: bytes = response.header("content-length").flatMap { Int($0) }
        // `bytes 0-0/1000`
        case 206: bytes = response.header("content-range")?.split(separator: "/").last.flatMap { Int($0) }
        default: break
        }
        if let found = bytes, found < 0 { bytes = nil }
    }

    private static func redirect(_ response: HTTPResponse, from: String, of name: String) throws -> String {
        guard let location = response.header("location"), let base = URL(string: from),
            let next = URL(string: location, relativeTo: base)?.absoluteURL, next.host()?.isEmpty == false
        else {
            throw Fault(.unreadableFile, name, "sends readers on without saying where", hint: "Pull later")
        }
        guard next.scheme == "https" || (next.scheme == "http" && base.scheme == "http") else {
            throw Fault(
                .unreadableFile, name, "sends readers on to an address without https", hint: "Use another source")
        }
        return next.absoluteString
    }

    private static func check(_ status: Int, of name: String) throws {
        switch status {
        case 200, 206: return
        case 401, 403:
            throw Fault(
                .unreadableFile, name, "is not open to everybody (status \(status)), or does not exist",
                hint: "Fetch it where you may, and use the file at hand")
        case 404: throw Fault(.unreadableFile, name, "does not exist (status 404)", hint: "Correct the name")
        default:
            throw Fault(
                .unreadableFile, name, "answered with status \(status)", expected: "Expected the file",
                hint: "Pull later")
        }
    }

    private static func reason(_ error: TransportError) -> String {
        switch error {
        case .cannotResolve(let reason), .cannotConnect(let reason): "cannot be reached: \(reason)"
        case .tls(let reason): "cannot be trusted: \(reason)"
        case .clockFired(_, let after): "did not answer within \(after)"
        case .closedEarly: "broke off"
        case .invalidRequest(let flaw): "is no address: \(flaw)"
        case .headTooLarge, .tooLarge, .cancelled, .shutDown: "was not fetched"
        case .protocolFailure(let reason): "does not speak HTTP: \(reason)"
        }
    }
}
