import Foundation
import Kernels
import Testing

struct CPUPathTests {
    @Test func staysTheSame() {
        #expect(CPUPath.current == CPUPath.current)
    }

    #if arch(x86_64)
        @Test(.enabled(if: FileManager.default.isReadableFile(atPath: "/proc/cpuinfo")))
        func isAVX2ExactlyWhereTheSystemListsItWithFMAAndHalfNumbers() throws {
            let list = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
            let flags = list.split(separator: "\n").first { $0.hasPrefix("flags") }?.split(separator: " ") ?? []
            #expect(CPUPath.current == (["avx2", "fma", "f16c"].allSatisfy(flags.contains) ? .avx2 : .portable))
        }
    #elseif arch(arm64)
        @Test func isNEONOn64BitARM() {
            #expect(CPUPath.current == .neon)
        }
    #endif
}
