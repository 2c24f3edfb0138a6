import Core
import Engine

extension ExpertMemory {
    /// What `engine.expert_cache` asks for; without it the experts lie where the mapped file has them.
    init(_ settings: ExpertCacheSettings?) {
        guard let settings else {
            self = .mapped
            return
        }
        let policy: any EvictionPolicy =
            switch settings.policy {
            case .leastRecent: LeastRecentlyUsed()
            case .leastFrequent: LeastFrequentlyUsed()
            }
        self = .budget(bytes: settings.bytes, policy: policy)
    }
}
