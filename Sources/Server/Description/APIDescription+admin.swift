extension APIDescription {
    private static let plain = "application/json"
    private static let object = #"{"type":"object"}"#

    /// What only the admin key opens.
    static let adminPaths: [String] = [
        keys, key, rotate, spend, experts, expert, pause, resume, test, canaries, shadow, reload,
    ]

    private static let keys: String = path(
        "/admin/keys",
        operation("get", "listKeys", "The keys of clients.", answers: [plain: object]),
        operation(
            "post", "createKey", "Makes a key; its secret is shown once.", body: [plain: object],
            answers: [plain: object], others: ["201": object]))

    private static let key: String = path(
        "/admin/keys/{id}",
        operation("get", "retrieveKey", "One key.", parameters: [id()], answers: [plain: object]),
        operation("delete", "revokeKey", "Ends a key.", parameters: [id()], answers: [plain: object]))

    private static let rotate: String = path(
        "/admin/keys/{id}/rotate",
        operation("post", "rotateKey", "Replaces a key's secret.", parameters: [id()], answers: [plain: object]))

    private static let spend: String = path(
        "/admin/spend",
        operation(
            "get", "spend", "What experts have cost.",
            parameters: [
                query("by", #"{"enum":["key","expert","route"]}"#),
                query("since", #"{"type":"string","format":"date"}"#),
            ], answers: [plain: object]))

    private static let experts: String = path(
        "/admin/experts",
        operation("get", "listExperts", "Who answers, and at what price.", answers: [plain: object]),
        operation(
            "post", "addExpert", "Adds an expert.", body: [plain: object], answers: [plain: object],
            others: ["201": object]))

    private static let expert: String = path(
        "/admin/experts/{id}",
        operation(
            "delete", "removeExpert", "Removes an expert that was added.", parameters: [id()], answers: [plain: object])
    )

    private static let pause: String = path(
        "/admin/experts/{id}/pause",
        operation("post", "pauseExpert", "Lets an expert pause.", parameters: [id()], answers: [plain: object]))

    private static let test: String = path(
        "/admin/experts/{id}/test",
        operation(
            "post", "testExpert", "Tries what an expert really does; minutes may pass.", parameters: [id()],
            answers: [plain: object]))

    private static let canaries: String = path(
        "/admin/canaries",
        operation(
            "get", "listCanaries", "Where experts stand by their canaries, before and now.", answers: [plain: object]))

    private static let shadow: String = path(
        "/admin/shadow",
        operation("get", "shadow", "What second experts said off the path.", answers: [plain: object]))

    private static let reload: String = path(
        "/admin/reload",
        operation(
            "post", "reload", "Takes over the configuration as it stands in its files.", answers: [plain: object]))

    private static let resume: String = path(
        "/admin/experts/{id}/resume",
        operation("post", "resumeExpert", "Ends an expert's pause.", parameters: [id()], answers: [plain: object]))
}
