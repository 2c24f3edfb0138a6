/// A trace is written for every question, so it writes itself; in the order in which its members are declared.
extension Trace: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("id", id)
            $0.put("at", at.microseconds)
            $0.put("route", route)
            $0.put("question", question)
            $0.put("text", text)
            $0.put("need", need)
            $0.put("recruitment", recruitment)
            $0.put("attempts", attempts)
            $0.put("verdict", verdict)
            $0.put("outcome", outcome)
            $0.put("usage", usage)
            $0.put("dollars", dollars)
            $0.put("seconds", seconds)
            $0.put("decisionSeconds", decisionSeconds)
            $0.put("notes", notes)
            $0.put("requestID", requestID)
            $0.put("parent", parent?.header)
            $0.put("key", key)
        }
    }
}

extension Need: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("annotator", annotator)
            $0.put("mentions", mentions)
        }
    }
}

extension Need.Mention: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("keyword", keyword)
            $0.put("score", score)
            $0.put("skill", skill?.rawValue)
            $0.put("similarity", similarity)
        }
    }
}

extension Recruitment: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("strategy", strategy)
            $0.put("form", form)
            $0.put("seats", seats)
            $0.put("suitabilities", suitabilities)
            $0.put("excluded", excluded)
            $0.put("seed", seed)
            $0.put("reason", reason)
        }
    }
}

extension Recruitment.Seat: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("expert", expert.rawValue)
            $0.put("probability", probability)
        }
    }
}

extension Recruitment.Suitability: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("expert", expert.rawValue)
            $0.put("local", local)
            $0.put("strength", strength)
            $0.put("weight", weight)
            $0.put("probability", probability)
        }
    }
}

extension Recruitment.Exclusion: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("expert", expert.rawValue)
            $0.put("because", because)
        }
    }
}

extension Verdict: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("method", method)
            $0.put("expert", expert?.rawValue)
            $0.put("ballots", ballots)
            $0.put("agreement", agreement)
            $0.put("note", note)
        }
    }
}

extension Verdict.Ballot: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("answer", answer)
            $0.put("votes", votes)
            $0.put("experts", experts)
        }
    }
}
