import Core

/// Reads from models' names which of them belong together: `Llama-2-7b` and `Meta-Llama-3-8B`, `gpt-4o` and `gpt-3.5`.
///
/// A name's words are its runs of letters up to its first digit, without what stands before a last `/`. A model belongs to
/// the last of these words with which some model's name begins, so that a maker's name before a family's does no harm, and
/// what comes after it neither. A name that begins with a digit is a family of its own. A guess, ours: who knows better
/// names the family.
enum ModelFamilies {
    /// The number of each expert's family, from 0 in the order in which families are first seen, `[experts]`.
    static func groups(of experts: [ExpertID], named: [ExpertID: String] = [:]) -> [Int] {
        let named = experts.map { named[$0] }
        let read = experts.map { words(of: $0.rawValue) }
        let firsts = Set(read.compactMap { $0.first })
        var families: [String] = []
        return experts.indices.map { expert in
            let family = named[expert] ?? read[expert].last { firsts.contains($0) } ?? experts[expert].rawValue
            if let known = families.firstIndex(of: family) { return known }
            families.append(family)
            return families.count - 1
        }
    }

    /// The runs of letters up to the first digit, in lower case.
    static func words(of name: String) -> [String] {
        let model = name.split(separator: "/").last ?? ""
        return model.prefix { !$0.isNumber }.split { !$0.isLetter }.map { $0.lowercased() }
    }
}
