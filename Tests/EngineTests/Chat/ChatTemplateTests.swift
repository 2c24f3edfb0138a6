import Engine
import Testing

/// Small templates made of what the families in use are made of.
struct ChatTemplateTests {
    private let turns = [
        ChatTurn(role: "system", content: "Be brief."), ChatTurn(role: "user", content: " Hi\n"),
        ChatTurn(role: "assistant", content: "<think>hm</think>\n\nYes."), ChatTurn(role: "user", content: "More"),
    ]

    @Test func writesTurnsBetweenMarks() throws {
        let template = try ChatTemplate(
            """
            {%- for message in messages %}
                {{- '<|start|>' + message['role'] + '\\n' + message.content + '<|end|>' + '\\n' }}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|start|>assistant\\n' }}
            {%- endif %}
            """)
        let one = Array(turns[1...1])
        #expect(try template.render(one) == "<|start|>user\n Hi\n<|end|>\n<|start|>assistant\n")
        #expect(
            try template.render(one, with: ChatVariables(addGenerationPrompt: false)) == "<|start|>user\n Hi\n<|end|>\n"
        )
    }

    /// The system's text goes into the first user's turn, and earlier thoughts are cut away.
    @Test func foldsTheSystemTextIntoTheFirstTurn() throws {
        let template = try ChatTemplate(
            """
            {%- if messages[0]['role'] == 'system' %}{% set system = messages[0]['content'] ~ '\\n\\n' %}
            {%- set rows = messages[1:] %}{% else %}{% set system = '' %}{% set rows = messages %}{% endif -%}
            {{ bos_token }}{% for m in rows %}
            {%- if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}
            {{- raise_exception('roles must alternate') }}{% endif %}
            {%- if m['role'] == 'user' %}[INST] {{ (system if loop.first else '') + m['content'] | trim }} [/INST]
            {%- else %} {{ m['content'].split('</think>')[-1].lstrip('\\n') }}{{ eos_token }}{% endif %}{% endfor %}
            """)
        let variables = ChatVariables(beginningOfText: "<s>", endOfText: "</s>")
        #expect(
            try template.render(turns, with: variables)
                == "<s>[INST] Be brief.\n\nHi [/INST] Yes.</s>[INST] More [/INST]")
        #expect(throws: ChatTemplateRefusal.self) { try template.render(Array(turns[2...]), with: variables) }
    }

    @Test func writesToolsAndTheirCalls() throws {
        let tool: TemplateValue = .mapping(["name": "add", "parameters": .mapping(["type": "object"])])
        let call: TemplateValue = .mapping([
            "function": .mapping(["name": "add", "arguments": .mapping(["b": 2, "a": .number(1.5)])])
        ])
        let template = try ChatTemplate(
            """
            {%- if tools %}{% for tool in tools %}{{ tool | tojson }};{% endfor %}{% endif %}
            {%- for m in messages %}{% for c in m.tool_calls %}
            {%- if c.function is defined %}{% set c = c.function %}{% endif -%}
            {{ c.name }} {{ c.arguments | tojson }}{% endfor %}{% endfor %}
            """)
        let turn = ChatTurn(role: "assistant", content: .none, fields: ["tool_calls": .list([call])])
        #expect(
            try template.render([turn], with: ChatVariables(others: ["tools": .list([tool])]))
                == #"{"name": "add", "parameters": {"type": "object"}};add {"b": 2, "a": 1.5}"#)
    }

    @Test func noToolsAreNone() throws {
        #expect(try rendered("{{ tools is none }}{{ tools is defined }}{{ bos_token is defined }}") == "TrueTrueFalse")
    }

    /// The last turn that a user opened is found from the end.
    @Test func findsTheLastQuestion() throws {
        let template = try ChatTemplate(
            """
            {% set ns = namespace(searching=true, last=messages | length - 1) %}
            {% for m in messages[::-1] %}{% set index = messages | length - 1 - loop.index0 %}
            {% if ns.searching and m.role == 'user' %}{% set ns.searching = false %}{% set ns.last = index %}{% endif %}
            {% endfor %}
            {{ ns.last }}
            """)
        #expect(try template.render(turns + [ChatTurn(role: "assistant", content: "a")]) == "3")
    }

    @Test func readsTheTemplateOfAFile() throws {
        var file = GGUFBytes()
        file.add("tokenizer.chat_template", type: 8, GGUFBytes.text("{{ messages[0].content }}!"))
        let template = try ChatTemplate(in: try metadata(of: file))
        #expect(try template.render([ChatTurn(role: "user", content: "Hi")]) == "Hi!")
    }

    @Test func aFileWithoutATemplateSaysWhatToDo() throws {
        let metadata = try metadata(of: GGUFBytes())
        let refusal = #expect(throws: ChatTemplateRefusal.self) { try ChatTemplate(in: metadata) }
        #expect(refusal?.reason == .missing)
        #expect(
            refusal?.description
                == "chat template: the model file carries none (tokenizer.chat_template), expected one to write a "
                + "conversation with. Use the model to complete plain text, or use an instruction-tuned download.")
    }

    private func metadata(of file: GGUFBytes) throws -> GGUFMetadata {
        try TemporaryFile.with(file.bytes) { try GGUFFile(readingFileAt: $0).metadata }
    }
}
