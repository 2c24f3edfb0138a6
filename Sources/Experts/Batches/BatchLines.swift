import Core

/// The lines of a list and of its results, as OpenAI's Batch API has them.
struct BatchLines: Sendable {
    /// Where every line goes.
    static let endpoint = "/v1/chat/completions"
    /// One batch takes no more lines, and ours no more bytes (OpenAI: 50,000 and 200 MB).
    static let mostLines = 50_000
    static let mostBytes = 100 << 20

    let wire: OpenAIWire
    let faults: ExpertFaults
    let time: TimeSource
    let expert: ExpertID

    /// The list, in as many parts as have to be sent.
    func parts(of list: [ListedQuestion]) throws -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var part: [UInt8] = []
        var count = 0
        for listed in list {
            let line = try line(for: listed)
            if count == Self.mostLines || (count > 0 && part.count + line.count > Self.mostBytes) {
                parts.append(part)
                (part, count) = ([], 0)
            }
            part += line
            count += 1
        }
        return count > 0 ? parts + [part] : parts
    }

    private func line(for listed: ListedQuestion) throws -> [UInt8] {
        var line = Array(#"{"custom_id":\#(JSONText.quoted(listed.id)),"method":"POST","url":"#.utf8)
        line += #""\#(Self.endpoint)","body":"#.utf8
        line += try wire.request(listed.question, delivery: .whole).body
        line += "}\n".utf8
        return line
    }

    /// What became of the lines of a file of results, in its order.
    ///
    /// - Parameter questions: by id; lines of others are left out.
    func results(
        in bytes: [UInt8], of questions: [String: Question]
    ) -> [(id: String, result: Result<Answer, Fault>)] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard let value = try? JSONReader.read(Array(line)), let id = value["custom_id"]?.text,
                let question = questions[id]
            else { return nil }
            return (id, result(value, question))
        }
    }

    private func result(_ line: JSONValue, _ question: Question) -> Result<Answer, Fault> {
        guard let response = line["response"], case .object = response, let body = response["body"] else {
            return .failure(failure(line["error"]))
        }
        let status = response["status_code"]?.whole ?? 200
        guard status == 200 else {
            return .failure(faults.status(status, header: { _ in nil }, body: JSONText.bytes(of: body)))
        }
        do {
            var assembly = AnswerAssembly(expert: expert, time: time)
            for piece in try wire.pieces(inWhole: body, to: question) { assembly.add(piece) }
            var answer = assembly.answer(to: question)
            // Nobody knows when it was written.
            (answer.seconds, answer.firstTextSeconds) = (0, nil)
            return .success(answer)
        } catch let surprise as WireSurprise {
            return .failure(faults.surprise(surprise))
        } catch {
            return .failure(faults.surprise(.unexpected("sent a line that cannot be read")))
        }
    }

    /// What a line without a response says: nothing about the question if it was never asked.
    private func failure(_ error: JSONValue?) -> Fault {
        switch error?["code"]?.text {
        case "batch_expired", "batch_cancelled": Self.unasked(expert)
        default: faults.surprise(.serverError(error?["message"]?.text ?? "no response"))
        }
    }

    /// A question that its batch did not come to.
    static func unasked(_ expert: ExpertID) -> Fault {
        Fault(.expertLimited, expert.rawValue, "ended a batch before this question was asked", hint: "Ask it again")
    }
}
