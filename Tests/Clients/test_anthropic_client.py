"""Anthropic's own package against a running Muster server; scripts/test-clients starts the servers.

python Tests/Clients/test_anthropic_client.py http://127.0.0.1:8080
"""

import sys

import anthropic
from harness import expect, run, test

client = anthropic.Anthropic(base_url=sys.argv[1], api_key="unused", max_retries=0, timeout=60,
                             http_client=anthropic.DefaultHttpxClient(trust_env=False))
WEATHER = {"name": "weather", "description": "Tells the weather.",
           "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}}}
QUESTION = [{"role": "user", "content": "What about the weather?"}]
INPUT = {"city": "Oslo", "days": 2, "why": "What about the weather?"}


def ask(**more):
    return client.messages.create(**{"model": "auto", "max_tokens": 100, "messages": QUESTION, **more})


@test
def a_message_has_text_stop_reason_and_usage():
    answer = ask(system="Be brief.")
    expect(("message", "assistant", "auto", "end_turn", None),
           (answer.type, answer.role, answer.model, answer.stop_reason, answer.stop_sequence))
    expect(["You asked: What about the weather?"], [block.text for block in answer.content])
    assert answer.usage.input_tokens > 0 and answer.usage.output_tokens > 0, answer.usage
    assert answer.id.startswith("msg_") and answer._request_id, answer


@test
def experts_of_another_format_answer_too():
    answer = ask(model="upstream", metadata={"user_id": "u"}, extra_body={"top_k": 3})
    expect(["hello"], [block.text for block in answer.content])


@test
def a_stream_is_read_by_the_librarys_own_reader():
    for model in ("auto", "both", "upstream"):
        with client.messages.stream(model=model, max_tokens=100, messages=QUESTION) as stream:
            text = "".join(stream.text_stream)
            final = stream.get_final_message()
        expect(text, final.content[0].text, model)
        expect(ask(model=model).content[0].text, text, model)
        expect("end_turn", final.stop_reason, model)
        expect(ask(model=model).usage.output_tokens, final.usage.output_tokens, model)


@test
def a_tool_is_used_and_its_result_is_read():
    with client.messages.stream(model="auto", max_tokens=100, messages=QUESTION, tools=[WEATHER]) as stream:
        streamed = stream.get_final_message()
    for answer in (ask(tools=[WEATHER]), streamed):
        expect(["text", "tool_use"], [block.type for block in answer.content])
        use = answer.content[1]
        expect(("tool_use", "weather", INPUT), (answer.stop_reason, use.name, use.input))
        after = ask(tools=[WEATHER], messages=QUESTION + [
            {"role": "assistant", "content": answer.content},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": use.id, "content": "rain"}]}])
        expect("They say: rain", after.content[0].text)


@test
def a_cut_answer_says_so():
    answer = ask(max_tokens=2)
    expect(("max_tokens", "You asked:"), (answer.stop_reason, answer.content[0].text))


@test
def tokens_are_counted_without_asking():
    count = client.messages.count_tokens(model="auto", messages=QUESTION, tools=[WEATHER])
    assert count.input_tokens > 10, count


@test
def errors_are_the_librarys_own():
    for kind, status, more in ((anthropic.BadRequestError, 400, {"extra_body": {"temperature": 1.5}}),
                               (anthropic.NotFoundError, 404, {"model": "nope"}),
                               (anthropic.RateLimitError, 429, {"model": "limited"})):
        try:
            ask(**more)
        except kind as error:
            expect((status, "error"), (error.status_code, error.body["type"]))
            assert error.request_id and error.body["error"]["message"], error.body
        else:
            raise AssertionError(f"{more} was answered")


@test
def a_stream_that_breaks_off_is_an_error_and_not_an_end():
    try:
        with client.messages.stream(model="broken", max_tokens=100, messages=QUESTION) as stream:
            text = "".join(stream.text_stream)
    except anthropic.APIStatusError as error:
        expect("api_error", error.body["error"]["type"])
        return
    raise AssertionError(f"it ended well: {text!r}")


sys.exit(run())
