import Core
import HTTPTypes

extension RequestOrigin {
    /// What a request says about itself; what is not of the form counts as not said.
    init(_ headers: HTTPFields) {
        self.init(
            requestID: headers[.requestID].flatMap(RequestOrigin.safe),
            parent: headers[.traceParent].flatMap { TraceParent($0) })
    }
}
