import Core

/// Worked examples in the form of GSM8K, written for Muster; none is taken from the suite.
enum GSM8KExamples {
    static let all = [
        GradedQuestion(
            id: "buses",
            question: """
                A school hires 3 buses with 42 seats each for a trip. 108 pupils and 9 teachers travel. How many seats \
                stay empty?
                """,
            answer: """
                The buses have 3 * 42 = 126 seats.
                Together 108 + 9 = 117 people travel.
                So 126 - 117 = 9 seats stay empty.
                #### 9
                """),
        GradedQuestion(
            id: "jam",
            question: """
                A farmer cooks 24 jars of jam and keeps a quarter of them. She sells the rest for $3.50 a jar and spent \
                $18 on sugar. How many dollars does she have left over?
                """,
            answer: """
                She keeps 24 / 4 = 6 jars.
                She sells 24 - 6 = 18 jars.
                The jars bring 18 * 3.50 = 63 dollars.
                After paying for sugar, 63 - 18 = 45 dollars are left over.
                #### 45
                """),
        GradedQuestion(
            id: "pool",
            question: """
                A pump fills 150 litres a minute, and a second one half as much more. How many minutes do both together \
                need for a pool of 11,250 litres?
                """,
            answer: """
                Half of 150 litres is 150 / 2 = 75 litres.
                The second pump fills 150 + 75 = 225 litres a minute.
                Together they fill 150 + 225 = 375 litres a minute.
                The pool needs 11250 / 375 = 30 minutes.
                #### 30
                """),
    ]
}
