package import Hummingbird
package import NIOCore

/// What Hummingbird tells us about a request besides the request itself.
package struct DoorContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The connection it came by.
    package let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
