/// The right to use a model; given back when the last copy is gone. While anybody has it the model stays.
package final class ModelLease<Model: Sendable>: Sendable {
    package let model: Model
    private let end: @Sendable () -> Void

    init(_ model: Model, end: @escaping @Sendable () -> Void) {
        self.model = model
        self.end = end
    }

    deinit { end() }
}
