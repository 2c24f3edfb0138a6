import Foundation
import Kernels
import Synchronization
import Testing

/// Serialised, because one of the laws is about the processor time of the whole process.
@Suite(.serialized)
struct ThreadTeamTests {
    @Test(arguments: [1, 2, 3, 8])
    func doesEveryPartExactlyOnce(threads: Int) throws {
        let team = try #require(ThreadTeam(threads: threads))
        #expect(team.threadCount == threads)
        for parts in [1, 2, 3, 7, 64, 1000] {
            let times = UnsafeMutableBufferPointer<Int>.allocate(capacity: parts)
            defer { times.deallocate() }
            times.initialize(repeating: 0)
            team.run(parts: parts) { part, _ in times[part] += 1 }
            #expect(times.allSatisfy { $0 == 1 })
        }
    }

    @Test func doesManyShortPiecesOneAfterTheOther() throws {
        // Each piece adds 0 + 1 + 2 + 3 + 4 = 10; a part left for a later piece, or done twice, would show.
        let team = try #require(ThreadTeam(threads: 3))
        let sum = Atomic(0)
        for piece in 1...5000 {
            team.run(parts: 5) { part, _ in sum.wrappingAdd(part, ordering: .relaxed) }
            #expect(sum.load(ordering: .relaxed) == 10 * piece)
        }
    }

    @Test func givesAThreadOnePartAtATime() throws {
        let threads = 4
        let team = try #require(ThreadTeam(threads: threads))
        let busy = Mutex(Set<Int>())
        let broken = Mutex([String]())
        team.run(parts: 200) { part, thread in
            if !(0..<threads).contains(thread) { broken.withLock { $0.append("thread \(thread)") } }
            if !busy.withLock({ $0.insert(thread).inserted }) { broken.withLock { $0.append("twice: \(thread)") } }
            usleep(part.isMultiple(of: 10) ? 500 : 20)
            _ = busy.withLock { $0.remove(thread) }
        }
        #expect(broken.withLock { $0 } == [])
    }

    @Test func aSlowPartHoldsUpNoOther() throws {
        // Part 0 waits until the 50 others are done, which only another thread can do.
        let team = try #require(ThreadTeam(threads: 2))
        let done = Atomic(0)
        team.run(parts: 51) { part, _ in
            if part == 0 {
                while done.load(ordering: .acquiring) < 50 { usleep(100) }
            } else {
                done.wrappingAdd(1, ordering: .releasing)
            }
        }
        #expect(done.load(ordering: .acquiring) == 50)
    }

    @Test func takesCallsFromSeveralThreadsInTurn() throws {
        let team = try #require(ThreadTeam(threads: 3))
        let running = Atomic(-1)
        let mixed = Atomic(0)
        let total = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 4) { caller in
            for _ in 0..<300 {
                let left = Atomic(6)
                team.run(parts: 6) { part, _ in
                    let before = running.exchange(caller, ordering: .acquiringAndReleasing)
                    if before != -1, before != caller { mixed.wrappingAdd(1, ordering: .relaxed) }
                    total.wrappingAdd(part, ordering: .relaxed)
                    let after = left.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue
                    if after == 0 { running.store(-1, ordering: .releasing) }
                }
            }
        }
        #expect(mixed.load(ordering: .relaxed) == 0)
        #expect(total.load(ordering: .relaxed) == 4 * 300 * (0 + 1 + 2 + 3 + 4 + 5))
    }

    @Test func noPartsAreDoneAtOnce() throws {
        let team = try #require(ThreadTeam(threads: 2))
        let calls = Atomic(0)
        team.run(parts: 0) { _, _ in calls.wrappingAdd(1, ordering: .relaxed) }
        #expect(calls.load(ordering: .relaxed) == 0)
    }

    @Test(arguments: [0, -1])
    func noThreadsAreNoTeam(threads: Int) {
        #expect(ThreadTeam(threads: threads) == nil)
    }

    #if os(Linux)
        /// A law on the workers' own processor time, so that neither the clock nor other tests matter: workers that
        /// spun on would use up to 300 ms each; those that sleep use a spin of 50 microseconds.
        @Test func anIdleTeamUsesNoProcessorTime() throws {
            let threads = 3
            let team = try #require(ThreadTeam(threads: threads))
            let clocks = Mutex([Int: clockid_t]())
            let arrived = Atomic(0)
            team.run(parts: threads) { _, thread in
                var clock = clockid_t()
                if pthread_getcpuclockid(pthread_self(), &clock) == 0 { clocks.withLock { $0[thread] = clock } }
                arrived.wrappingAdd(1, ordering: .releasing)
                while arrived.load(ordering: .acquiring) < threads { usleep(100) }  // so that each takes one part
            }
            let workers = clocks.withLock { $0 }.filter { $0.key != 0 }.map(\.value)
            #expect(workers.count == threads - 1)
            let before = workers.map(seconds)
            usleep(300_000)
            for (start, end) in zip(before, workers.map(seconds)) { #expect(end - start < 0.03) }
        }

        private func seconds(of clock: clockid_t) -> Double {
            var time = timespec()
            clock_gettime(clock, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        }
    #endif
}
