import Engine
import Testing

struct TensorTypeTests {
    /// Sizes as the ggml project states them: bytes for 256 numbers.
    @Test(arguments: [
        (TensorType.f32, "F32", 1024), (.f16, "F16", 512), (.bf16, "BF16", 512), (.q4_0, "Q4_0", 144),
        (.q4_1, "Q4_1", 160), (.q5_0, "Q5_0", 176), (.q5_1, "Q5_1", 192), (.q8_0, "Q8_0", 272), (.q2_K, "Q2_K", 84),
        (.q3_K, "Q3_K", 110), (.q4_K, "Q4_K", 144), (.q5_K, "Q5_K", 176), (.q6_K, "Q6_K", 210),
        (.mxfp4, "MXFP4", 136),
    ])
    func knowsItsNameAndSize(type: TensorType, name: String, bytes: Int) {
        #expect(type.name == name)
        #expect(256 / type.blockElements * type.blockBytes == bytes)
    }

    @Test func everyTypeIsInTheTableAbove() {
        #expect(TensorType.allCases.count == 14)
    }
}
