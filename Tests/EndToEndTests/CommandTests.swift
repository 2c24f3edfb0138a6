import Testing

/// The command as it is typed: what it prints, and how it ends.
struct CommandTests {
    @Test func theDemonstrationAnswersAndSaysWhy() async throws {
        let asked = try await Program().run("ask", "--explain", "--seed", "7", "Solve for x: 5x - 8 = 37.")
        #expect(asked.status == 0, "\(asked.errors)")
        #expect(asked.output.contains("Answer: 9"))
        let lines = [
            "needs       algebra", "suitable    mathematician", "recruited   ", "answered    9", "aggregated  ",
        ]
        for line in lines { #expect(asked.output.contains(line)) }
    }

    @Test func theSameSeedRecruitsTheSame() async throws {
        let program = try Program()
        let question = "How many litres of paint does a wall of 4 by 5 metres need at 8 square metres a litre?"
        let first = try await program.run("route", "--json", "--seed", "11", question)
        let second = try await program.run("route", "--json", "--seed", "11", question)
        let seats = { (outcome: Program.Outcome) in
            let recruitment = outcome.json?["recruitment"] as? [String: Any]
            return (recruitment?["seats"] as? [[String: Any]])?.map { $0["expert"] as? String }
        }
        #expect(seats(first)?.isEmpty == false)
        #expect(seats(first) == seats(second))
    }

    @Test func anUnknownOptionIsAUsageError() async throws {
        let outcome = try await Program().run("ask", "--explian", "hi")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("--explain"), "the nearest option is named: \(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test func aWrongConfigurationSaysWhereAndWhatToWrite() async throws {
        let program = try Program(configuration: "experts:\n  a:\n    base_ulr: http://127.0.0.1:1/v1\n    model: m\n")
        for arguments in [["check"], ["ask", "hi"], ["serve", "--port", "0"]] {
            let outcome = await (try program.start(arguments)).end()
            let text = outcome.output + outcome.errors
            #expect(outcome.status == 3)
            #expect(text.contains("config.yaml:3:") && text.contains("experts.a.base_ulr"), "\(text)")
            #expect(text.contains("Did you mean base_url?"), "\(text)")
        }
    }

    @Test func anUnsetVariableIsNamedAndAKeyInTheFileIsNotRepeated() async throws {
        let expert = "experts:\n  a: {base_url: \"http://127.0.0.1:1/v1\", model: m, api_key: "
        let unset = try await Program(configuration: expert + "\"${env.NO_SUCH_KEY}\"}\n").run("check")
        #expect(unset.status == 3)
        #expect(unset.output.contains("NO_SUCH_KEY"))
        let written = try await Program(configuration: expert + "sk-secret-4711}\n").run("check")
        #expect(written.status == 3)
        #expect(!(written.output + written.errors).contains("4711"))
    }

    @Test func anAddedExpertIsThereUntilItIsRemoved() async throws {
        let program = try Program()
        let added = try await program.run(
            "expert", "add", "mine", "--base-url", "http://127.0.0.1:1/v1", "--model", "m")
        #expect(added.status == 0, "\(added.errors)")
        #expect(try await program.run("expert", "list").output.contains("mine"))
        let asked = try await program.run("ask", "--route", "mine", "hi")
        #expect(asked.status == 1)
        #expect(asked.errors.contains("nobody answers at http://127.0.0.1:1/v1"), "\(asked.errors)")
        #expect(try await program.run("expert", "remove", "mine").status == 0)
        #expect(try await !program.run("expert", "list").output.contains("mine"))
        let gone = try await program.run("expert", "remove", "mine")
        #expect(gone.status == 2)
    }

    @Test func anEmptyFolderIsExplained() async throws {
        let outcome = try await Program(skills: false).run("ask", "hi")
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("holds neither config.yaml nor the folder Skills"))
    }
}
