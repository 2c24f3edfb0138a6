import Core
import HTTPTypes
import Hummingbird
import NIOCore

/// What a request body may be: JSON, and no longer than the limit. More is never held in memory.
struct RequestLimits {
    /// In bytes.
    var maximumBody: Int

    /// What a client sent: the JSON, its bytes, and where the members of an object stand in them.
    struct Body {
        var value: JSONValue
        var bytes: [UInt8]
        var members: [JSONReader.Member]
    }

    /// The value in the body.
    ///
    /// - Throws: a `Refusal` that says what is wrong with it, and where.
    func json(of request: Request) async throws -> JSONValue { try await body(of: request).value }

    /// The value in the body, and the body as it came.
    ///
    /// - Throws: a `Refusal` that says what is wrong with it, and where.
    func body(of request: Request) async throws -> Body {
        try checkType(request.headers[.contentType])
        let bytes = try await bytes(of: request)
        guard !bytes.isEmpty else {
            throw Refusal(.badRequest, code: "invalid_json", "The body is empty. A JSON object is expected.")
        }
        do {
            let (value, members) = try JSONReader.readPlaces(bytes)
            return Body(value: value, bytes: bytes, members: members)
        } catch {
            throw Refusal(
                .badRequest, code: "invalid_json",
                "The body is not JSON: line \(error.line), column \(error.column): \(error.what).")
        }
    }

    private func checkType(_ written: String?) throws {
        guard let written else { return }
        let type = written.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard type == "application/json" || type.hasSuffix("+json") else {
            throw Refusal(
                .unsupportedMediaType, code: "unsupported_media_type",
                "The body is \(type.prefix(80)). Send JSON and the header Content-Type: application/json.")
        }
    }

    /// The bytes of the body.
    func bytes(of request: Request) async throws -> [UInt8] {
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= maximumBody else { throw tooLarge }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(announced, 1 << 20))
        do {
            for try await piece in request.body {
                guard bytes.count + piece.readableBytes <= maximumBody else { throw tooLarge }
                bytes += piece.readableBytesView
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // The client left in the middle, or its chunks make no sense.
            throw Refusal(
                .badRequest, code: "invalid_request",
                "The body breaks off after \(bytes.count) bytes, or is not cut into chunks as HTTP has it. "
                    + "Send it whole.")
        }
        return bytes
    }

    private var tooLarge: Refusal {
        Refusal(
            Fault(
                .tooLarge, "body", "it is longer than \(maximumBody) bytes",
                hint: "Send less, or raise server.max_body"))
    }
}
