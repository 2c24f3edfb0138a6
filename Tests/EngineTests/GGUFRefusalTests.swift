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
        (
            .tooLong(.key, found: 9, most: 2),
            "found a length of 9 for a key, expected at most 2. The file is damaged."
        ),
        (
            .notText(.tensor),
            "found a tensor's name that is not UTF-8. The file is damaged, or was written by a faulty tool."
        ),
        (
            .unknownValueType(13),
            "found a value of type 13, expected 0 to 12. The file is damaged, or newer than this program."
        ),
        (.notTruthValue(2), "found 2 for a truth value, expected 0 or 1. The file is damaged."),
        (.arraysTooDeep(most: 4), "found an array within 4 others, expected fewer. The file is damaged."),
        (
            .duplicate(.key, name: "a\nb"),
            #"found the key "a\nb" a second time, expected once. Convert the model again."#
        ),
        (
            .missing(.tensor, name: "norm"),
            #"the tensor "norm" is missing. Is this the model you mean? Convert it again."#
        ),
        (
            .wrongValue(key: "k", found: "a text", expected: "a number"),
            #"found a text for the key "k", expected a number. Convert the model again."#
        ),
        (
            .notFirstPart(index: 1, count: 3, ending: "-00001-of-00003.gguf"),
            "found the part with index 1 of a model in 3 files, expected index 0 in a file whose name ends in "
                + "-00001-of-00003.gguf. Name the first file, and keep the names of the download."
        ),
        (
            .part("b.gguf", GGUFRefusal(offset: 7, reason: .notTruthValue(2))),
            #"the part "b.gguf" cannot be used: found 2 for a truth value, expected 0 or 1. The file is damaged."#
        ),
        (
            .tensor(name: "t", .dimensions(found: 5, most: 4)),
            #"the tensor "t" has 5 dimensions, expected at most 4. The file is damaged."#
        ),
        (
            .tensor(name: "t", .shape([0])),
            #"the tensor "t" has the shape [0], expected dimensions of 1 or more whose product fits 63 bits. "#
                + "The file is damaged."
        ),
        (
            .tensor(name: "t", .type(20)),
            #"the tensor "t" has type 20, which this program cannot read. Use a download of one of these types: "#
                + "F32, F16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, BF16, MXFP4."
        ),
        (
            .tensor(name: "t", .unevenRows(length: 31, block: 32)),
            #"the tensor "t" has rows of 31 numbers, expected a multiple of 32. The file is damaged."#
        ),
        (
            .tensor(name: "t", .misaligned(start: 4, alignment: 32)),
            #"the tensor "t" starts at 4 in the tensor part, expected a multiple of 32. Convert the model again."#
        ),
        (
            .tensor(name: "t", .outside(end: 9, fileSize: 8)),
            #"the tensor "t" ends at byte 9 and the file has 8. Was the download cut short?"#
        ),
        (
            .tensor(name: "t", .outside(end: nil, fileSize: 8)),
            #"the tensor "t" ends at byte 2^64 or later and the file has 8. Was the download cut short?"#
        ),
        (
            .tensor(name: "t", .overlap(with: "u")),
            #"the tensor "t" shares bytes with the tensor "u", expected its own. The file is damaged."#
        ),
        (
            .tensor(name: "t", .rows(asked: 2..<9, count: 4)),
            #"the tensor "t" has 4 rows, and rows 2 to 9 (left out) were asked for."#
        ),
        (.unreadable("gone"), "the file cannot be read (gone). Check its path and permissions."),
    ])
    func saysWhereAndWhat(reason: GGUFRefusal.Reason, sentence: String) {
        #expect(GGUFRefusal(offset: 7, reason: reason).description == "GGUF file, byte 7: " + sentence)
    }

    @Test func cutsAndEscapesNamesFromTheFile() {
        let name = "\u{1B}[2J" + String(repeating: "x", count: 100)
        let text = GGUFRefusal(offset: 0, reason: .missing(.key, name: name)).description
        #expect(!text.contains("\u{1B}"))
        #expect(text.count < 200)
    }
}
