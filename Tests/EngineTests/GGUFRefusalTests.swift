import Engine
import Testing

struct GGUFRefusalTests {
    @Test(arguments: [
        (
            GGUFRefusal.Reason.truncated(found: 10, needed: 24),
            "the file has 10 bytes and 24 are needed. Was the download cut short?"
        ),
        (.notGGUF(found: "50 4b"), "found 50 4b, expected 47 47 55 46 (the letters GGUF). Is this a GGUF file?"),
        (.bigEndian, "the file is big-endian, expected little-endian. Convert it, or use the usual download."),
        (.unsupportedVersion(1), "found version 1, expected 2 or 3. Convert the model with a current tool."),
        (
            .tooManyTensors(found: 9, most: 2),
            "found 9 tensors, and a file of this size describes at most 2. The file is damaged."
        ),
        (
            .tooManyMetadataEntries(found: 9, most: 2),
            "found 9 metadata entries, and a file of this size holds at most 2. The file is damaged."
        ),
        (.unreadable("gone"), "the file cannot be read (gone). Check its path and permissions."),
    ])
    func saysWhereAndWhat(reason: GGUFRefusal.Reason, sentence: String) {
        #expect(GGUFRefusal(offset: 7, reason: reason).description == "GGUF file, byte 7: " + sentence)
    }
}
