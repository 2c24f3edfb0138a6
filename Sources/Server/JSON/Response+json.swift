import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A response of one JSON text.
    static func json(_ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        .json(Array(text.utf8), status: status, headers: headers)
    }

    /// A response of one JSON text.
    static func json(_ text: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: text)))
    }
}
