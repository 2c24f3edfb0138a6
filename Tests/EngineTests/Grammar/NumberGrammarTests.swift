import Support
import Testing

@Suite struct NumberGrammarTests {
    @Test func writesNumbersOfJSON() throws {
        let number = try GrammarReading(#"{"type": "number"}"#)
        for text in ["0", "-0", "7", "-12.50", "0.001", "1e5", "1E+05", "2.5e-10"] {
            #expect(number.accepts(text), "\(text)")
        }
        for text in ["+", ".5", "01", "-01", "1.e", "1e+ ", "N", "I", "0x", "--"] {
            #expect(!number.begins(text), "\(text)")
        }
        for text in ["-", "1.", "1e", "1e-"] {
            #expect(number.begins(text) && !number.accepts(text), "\(text) is a beginning")
        }
    }

    @Test func boundsDigitsSoThatNumbersEnd() throws {
        let number = try GrammarReading(#"{"type": "number"}"#)
        let digits = String(repeating: "9", count: 30)
        #expect(number.accepts("\(digits).\(digits)e99"))
        #expect(!number.begins(digits + "9"))
        #expect(!number.begins("0.\(digits)9"))
        #expect(!number.begins("1e999"))
        #expect(!(try GrammarReading(#"{"type": "integer"}"#)).begins(digits + "9"))
    }

    @Test func writesIntegersWithoutAPoint() throws {
        let integer = try GrammarReading(#"{"type": "integer"}"#)
        for text in ["0", "-0", "10", "-999"] { #expect(integer.accepts(text), "\(text)") }
        for text in ["1.", "1e", "00"] { #expect(!integer.begins(text), "\(text)") }
    }

    @Test func keepsIntegersWithinTheirBounds() throws {
        for (least, most) in [
            (0, 9), (-5, 12), (7, 7), (-120, -7), (95, 130), (-1, 0), (10, 99), (1, 100), (-150, 150),
        ] {
            let bounded = try GrammarReading(#"{"type": "integer", "minimum": \#(least), "maximum": \#(most)}"#)
            let outside = try GrammarReading(
                #"{"type": "integer", "exclusiveMinimum": \#(least - 1), "exclusiveMaximum": \#(most).5}"#)
            for number in -200...200 {
                #expect(
                    bounded.accepts("\(number)") == (least...most).contains(number), "\(least)...\(most): \(number)")
                // An upper bound of -7.5 is crossed by -7, one of 12.5 not by 12.
                let fits = number >= least && Double(number) < (Double("\(most).5") ?? 0)
                #expect(outside.accepts("\(number)") == fits, "\(least)...\(most): \(number)")
            }
        }
    }

    @Test func keepsIntegersAboveOrBelowOneBound() throws {
        for bound in [-101, -100, -1, 0, 1, 99, 100] {
            let above = try GrammarReading(#"{"type": "integer", "minimum": \#(bound)}"#)
            let below = try GrammarReading(#"{"type": "integer", "maximum": \#(bound)}"#)
            for number in Array(-130...130) + [-1_000_000_007, 1_000_000_007] {
                #expect(above.accepts("\(number)") == (number >= bound), "\(bound) \(number)")
                #expect(below.accepts("\(number)") == (number <= bound), "\(bound) \(number)")
            }
        }
    }

    @Test func comparesLongNumbersDigitByDigit() throws {
        var random = TestRandom(seed: 5)
        for _ in 0..<60 {
            let size = [1_000, 1_000_000, 1_000_000_000_000_000_000].randomElement(using: &random) ?? 1_000
            let ends = [Int.random(in: -size...size, using: &random), Int.random(in: -size...size, using: &random)]
                .sorted()
            let bounded = try GrammarReading(#"{"type": "integer", "minimum": \#(ends[0]), "maximum": \#(ends[1])}"#)
            for _ in 0..<40 {
                let near = ends.randomElement(using: &random) ?? 0
                let number =
                    Bool.random(using: &random)
                    ? near + Int.random(in: -12...12, using: &random) : Int.random(in: -size...size, using: &random)
                let fits = (ends[0]...ends[1]).contains(number)
                #expect(bounded.accepts("\(number)") == fits, "\(ends): \(number)")
            }
        }
    }

    @Test func keepsNumbersBetweenWholeBounds() throws {
        for (least, most) in [(0, 1), (-2, 3), (-3, -1), (5, 5), (0, 120)] {
            let bounded = try GrammarReading(#"{"type": "number", "minimum": \#(least), "maximum": \#(most)}"#)
            for step in -1300...1300 {
                let sign = step < 0 ? "-" : ""
                let text = "\(sign)\(abs(step) / 10).\(abs(step) % 10)"
                let fits = step >= least * 10 && step <= most * 10
                #expect(bounded.accepts(text) == fits, "\(least)...\(most): \(text)")
            }
            #expect(!bounded.begins("\(most)e"))
        }
        #expect(try GrammarReading(#"{"type": "number", "minimum": 0}"#).accepts("123456.75"))
        #expect(!(try GrammarReading(#"{"type": "number", "minimum": 0}"#)).begins("-"))
    }
}
