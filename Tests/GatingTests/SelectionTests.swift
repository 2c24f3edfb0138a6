import Gating
import Testing

struct SelectionTests {
    @Test func keepsRowsOfDifferentLengthsApart() {
        var selection = Selection(expertCount: 5)
        selection.append(experts: [3, 1], weights: [0.5, 0.25])
        selection.append(experts: [], weights: [])
        selection.append(experts: [4], weights: [1])
        #expect(selection.rows == 3)
        #expect(selection.rowStart == [0, 2, 2, 3])
        #expect(selection.experts(inRow: 0) == [3, 1])
        #expect(selection.experts(inRow: 1).isEmpty)
        #expect(selection.weights(inRow: 2) == [1])
        #expect(selection.brokenLaw(repeatsAllowed: false) == nil)
    }

    @Test func theCheckFindsASeatWithoutAWeight() {
        var selection = Selection(expertCount: 5)
        selection.append(experts: [1, 2], weights: [1])
        #expect(selection.brokenLaw(repeatsAllowed: true) == "every seat has one weight")
    }

    @Test func theCheckFindsAnUnknownExpert() {
        var selection = Selection(expertCount: 2)
        selection.append(experts: [2], weights: [1])
        #expect(selection.brokenLaw(repeatsAllowed: true) == "every seat holds a known expert")
    }

    @Test func theCheckFindsAWeightThatIsNotANumber() {
        var selection = Selection(expertCount: 2)
        selection.append(experts: [1], weights: [.nan])
        #expect(selection.brokenLaw(repeatsAllowed: true) == "no weight is NaN")
    }

    @Test func theCheckFindsARepeatInsideARowOnly() {
        var selection = Selection(expertCount: 3)
        selection.append(experts: [1], weights: [1])
        selection.append(experts: [1], weights: [1])
        #expect(selection.brokenLaw(repeatsAllowed: false) == nil)
        selection.append(experts: [1, 2, 1], weights: [1, 1, 1])
        #expect(selection.brokenLaw(repeatsAllowed: false) == "a row never repeats an expert")
        #expect(selection.brokenLaw(repeatsAllowed: true) == nil)
    }
}
