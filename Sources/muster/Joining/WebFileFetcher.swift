import Bench
import Core
import Transport

/// Fetches files over HTTP from any place in them on, by a range request (RFC 9110, section 14).
struct WebFileFetcher: FileFetcher {
    let transport: HTTPTransport

    func fetch(_ url: String, from offset: Int, into sink: (FilePiece) throws -> Void) async throws {
        var place = offset
        do {
            let response = try await transport.send(request(url, from: offset))
            place = try start(of: response, url: url)
            while let bytes = try await response.body.next() {
                try sink(FilePiece(offset: place, bytes: bytes))
                place += bytes.count
            }
        } catch let error as TransportError {
            throw Self.fault(error, url: url, at: place)
        }
    }

    private func request(_ url: String, from offset: Int) -> HTTPRequest {
        HTTPRequest(url: url, headers: offset > 0 ? [("Range", "bytes=\(offset)-")] : [])
    }

    /// Where the body begins: the server may ignore the range and send everything.
    private func start(of response: HTTPResponse, url: String) throws -> Int {
        switch response.status {
        case 200: return 0
        case 206:
            let range = response.header("content-range") ?? ""
            // `bytes 200-999/1000`
            let digits = range.drop { !$0.isNumber }.prefix { $0.isNumber }
            guard let begin = Int(digits) else {
                throw Fault(.unreadableFile, url, "sent a part without saying which", hint: "Pull again")
            }
            return begin
        default:
            throw Fault(
                .unreadableFile, url, "answered with status \(response.status)", expected: "Expected the file",
                hint: "--data of muster bench run uses a file at hand")
        }
    }

    private static func fault(_ error: TransportError, url: String, at place: Int) -> Fault {
        let found =
            switch error {
            case .cannotResolve(let reason), .cannotConnect(let reason): "cannot be reached: \(reason)"
            case .tls(let reason): "cannot be trusted: \(reason)"
            case .clockFired(let clock, let after): "took longer than \(after) (\(clock.rawValue))"
            case .closedEarly: "broke off after \(place) bytes"
            case .invalidRequest(let flaw): "is no address: \(flaw)"
            case .headTooLarge, .tooLarge, .cancelled, .shutDown: "was not fetched"
            case .protocolFailure(let reason): "does not speak HTTP: \(reason)"
            }
        return Fault(
            .unreadableFile, url, found, hint: "What came is kept: pull again, or use a file at hand with --data")
    }
}
