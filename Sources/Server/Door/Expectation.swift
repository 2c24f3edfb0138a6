import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A client that sends its body only once it is told to (`Expect: 100-continue`, RFC 9110, 10.1.1).
///
/// It is told when somebody begins to read the body: a refusal that needs none of it goes out in its place, and says that
/// the connection ends, since nobody knows whether the body will still come.
final class Expectation: Sendable {
    /// Asks a connection's `PartWatch` to tell its client that the body is wanted, if it has to be told.
    struct Wanted: Sendable {}

    private let channel: any Channel
    private let isWanted = Atomic(false)

    /// Nil for a client that does not wait.
    init?(of request: Request, on channel: any Channel) {
        guard Self.isIn(request.headers[.expect] ?? "") else { return nil }
        self.channel = channel
    }

    /// True for the one expectation that HTTP knows.
    static func isIn(_ field: String) -> Bool { field.lowercased().filter { $0 != " " } == "100-continue" }

    /// The request with a body that is asked for when it is read.
    func met(by request: Request) -> Request {
        var request = request
        request.body = RequestBody(asyncSequence: AskedBody(body: request.body, expectation: self))
        return request
    }

    /// The response, saying that the connection ends if the body was never asked for.
    func closing(_ response: Response) -> Response {
        guard !isWanted.load(ordering: .relaxed) else { return response }
        var response = response
        response.headers[.connection] = "close"
        return response
    }

    private func want() {
        guard !isWanted.exchange(true, ordering: .relaxed) else { return }
        channel.triggerUserOutboundEvent(Wanted(), promise: nil)
    }

    private struct AskedBody: AsyncSequence, Sendable {
        typealias Element = ByteBuffer

        let body: RequestBody
        let expectation: Expectation

        func makeAsyncIterator() -> Iterator { Iterator(pieces: body.makeAsyncIterator(), expectation: expectation) }

        struct Iterator: AsyncIteratorProtocol {
            var pieces: RequestBody.AsyncIterator
            let expectation: Expectation

            @concurrent mutating func next() async throws -> ByteBuffer? {
                expectation.want()
                return try await pieces.next()
            }
        }
    }
}
