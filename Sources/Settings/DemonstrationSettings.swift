/// A configuration of scripted experts that know different things: for trying Muster without key, model or network.
public enum DemonstrationSettings {
    /// What the built-in configuration is called in messages.
    public static let name = "built-in demonstration"

    public static let yaml = """
        version: 1
        store: {path: data/demonstration.sqlite, keep_text: true}
        experts:
          generalist:
            kind: scripted
            price: {input: 0.10, output: 0.40}
            script:
              knows: {"*": 0.6}
              delay: 20ms
              pace: 2ms
              otherwise: "I am a scripted expert: I answer the graded questions in Skills/, some of them wrongly."
          mathematician:
            kind: scripted
            price: {input: 0.30, output: 1.20}
            script:
              knows: {mathematics: 0.95, reasoning: 0.85, business: 0.7, science: 0.6, "*": 0.2}
              delay: 30ms
              pace: 2ms
              otherwise: "I only know mathematics, and this is not among the questions I know."
          linguist:
            kind: scripted
            price: {input: 0.20, output: 0.80}
            script:
              knows: {language: 0.95, humanities: 0.9, law: 0.8, health: 0.6, "*": 0.15}
              delay: 30ms
              pace: 2ms
              otherwise: "I only know languages, and this is not among the questions I know."
          coder:
            kind: scripted
            price: {input: 0.20, output: 0.80}
            script:
              knows: {coding: 0.95, mathematics: 0.55, reasoning: 0.6, "*": 0.15}
              delay: 25ms
              pace: 2ms
              otherwise: "I only know programs, and this is not among the questions I know."
        routing:
          by-skill: {strategy: skill, seats: 3}
          thrifty: {strategy: value}
          everybody: {strategy: fixed, members: [generalist, mathematician, linguist, coder]}
        aggregation:
          by-generalist: {method: synthesis, by: generalist}
        routes:
          auto: {routing: by-skill, fallback: generalist}
          thrifty: {routing: thrifty, fallback: generalist}
          everybody: {routing: everybody}
          write: {routing: by-skill, aggregation: by-generalist, fallback: generalist}
        """
}
