"""What an upstream can do wrong, named, each with what it amounts to: a good answer, a bad one, or either."""

import dataclasses
import email.utils
import gzip
import time

from upstream import (
    FIN, HANG, PIECES, RESET, SICK, anthropic_events, chunk, completion, delta, drip, dumps, good_stream, good_whole, head,
    ollama_lines, openai_events, pause, send, sse, streamed, whole)


@dataclasses.dataclass
class Fault:
    name: str
    kind: str
    stream: bool
    steps: list
    #: "good": the whole text arrives; "bad": it does not; "any": both are right.
    truth: str
    #: What is said if it is good; a beginning of it may be said in a stream before it fails.
    text: str = SICK
    #: Which experts it is for; None for those of kind openai.
    wire: str = None
    #: Clocks have to be short.
    slow: bool = False
    #: The expert is left alone for a while afterwards, in seconds.
    rest: float = 0
    #: Nothing else may be asked meanwhile: connections are shared, and what is sent unasked could meet any question.
    alone: bool = False


def events(items, **more):
    return send(streamed([sse(item) for item in items], **more))


def offsets():
    """Cut at every byte: by a reset and by an early close, whole and streamed, for each wire."""
    sound = {
        None: (good_whole(), good_stream()),
        "anthropic": (None, streamed(anthropic_events())),
        "ollama": (None, streamed(ollama_lines(), kind="application/x-ndjson")),
    }
    # From here on the answer is known to be finished, so that nothing more is needed.
    finish = {None: b'"finish_reason": "stop"', "anthropic": b'"stop_reason": "end_turn"', "ollama": b'"done": true'}
    for wire, (plain, stream) in sound.items():
        for is_stream, data in ((False, plain), (True, stream)):
            if data is None:
                continue
            settled = data.index(finish[wire]) if is_stream else len(data)
            for at in range(len(data) + 1):
                for ending, how in ((RESET, "reset"), (FIN, "close")):
                    truth = "bad" if at < settled else "any" if at < len(data) or ending is RESET else "good"
                    form = "stream" if is_stream else "whole"
                    yield Fault(f"{how}/{wire or 'openai'}/{form}/{at}", f"{how} at every byte", is_stream,
                                [send(data[:at]), ending], truth, wire=wire)


def splits():
    """The same bytes in two parts, parted at every byte; every spelling of event streams; byte by byte."""
    for wire, data in ((None, good_stream()), ("anthropic", streamed(anthropic_events())),
                       ("ollama", streamed(ollama_lines(), kind="application/x-ndjson"))):
        for at in range(1, len(data)):
            yield Fault(f"split/{wire or 'openai'}/{at}", "split at every byte", True,
                        [send(data[:at]), pause(0.001), send(data[at:])], "good", wire=wire)
        yield Fault(f"drip/{wire or 'openai'}/stream", "byte by byte", True, [drip(data)], "good", wire=wire)
    yield Fault("drip/whole", "byte by byte", False, [drip(good_whole())], "good")
    items = openai_events()
    spellings = {
        "cr": [sse(item, "\r") for item in items], "crlf": [sse(item, "\r\n") for item in items],
        "bom": ["\ufeff" + sse(items[0])] + [sse(item) for item in items[1:]],
        "comments": [": hello\n\n" + sse(item) + ":\n: " + "x" * 5000 + "\n\n" for item in items],
        "names": [f"event: chunk\nid: 7\nretry: 10\ndata: {item}\n\n" for item in items],
        "no space": [f"data:{item}\n\n" for item in items],
        "two lines": ["data: " + item.replace(", ", ",\ndata: ", 1) + "\n\n" for item in items],
        "empty events": ["\n\n\n" + sse(item) + "event: ping\n\n" for item in items],
    }
    for name, parts in spellings.items():
        data = streamed(parts)
        yield Fault(f"spelling/{name}", "spelling of events", True, [send(data)], "good")
        yield Fault(f"spelling/{name}/drip", "spelling of events", True, [drip(data, 7)], "good")


def framing():
    """Lengths, chunks, heads and protocol versions that are wrong, or right but unusual."""
    body = completion(SICK).encode()
    size = len(body)
    for name, extra, ending, truth in [
        ("too long", [f"Content-Length: {size + 9}"], FIN, "bad"), ("negative", ["Content-Length: -5"], FIN, "any"),
        ("too short", [f"Content-Length: {size - 9}"], FIN, "bad"), ("words", ["Content-Length: many"], FIN, "any"),
        ("zero", ["Content-Length: 0"], FIN, "bad"), ("huge", ["Content-Length: 99999999999999999999"], FIN, "any"),
        ("twice", [f"Content-Length: {size}"] * 2, FIN, "any"), ("list", [f"Content-Length: {size}, {size}"], FIN, "any"),
        ("two values", ["Content-Length: 7", f"Content-Length: {size}"], FIN, "any"), ("none", [], FIN, "good"),
        ("exact, reset", [f"Content-Length: {size}"], RESET, "any"),
    ]:
        yield Fault(f"length/{name}", "wrong length", False, [send(head(extra=extra) + body), ending], truth)
    top = head(extra=["Transfer-Encoding: chunked"])
    hexed = b"%x" % size
    for name, data, truth in [
        ("no number", b"zz\r\n" + body + b"\r\n0\r\n\r\n", "bad"), ("negative", b"-1\r\n" + body + b"\r\n0\r\n\r\n", "bad"),
        ("overflow", b"F" * 17 + b"\r\n" + body + b"\r\n0\r\n\r\n", "bad"), ("empty size", b"\r\n" + body, "bad"),
        ("no line break", hexed + b"\r\n" + body + b"0\r\n\r\n", "bad"), ("line feed alone", hexed + b"\n" + body + b"\n0\n\n", "any"),
        ("no end", hexed + b"\r\n" + body + b"\r\n", "bad"), ("no last line", hexed + b"\r\n" + body + b"\r\n0\r\n", "any"),
        ("size too large", b"%x\r\n" % (size + 50) + body + b"\r\n0\r\n\r\n", "bad"),
        ("size too small", b"%x\r\n" % (size - 50) + body + b"\r\n0\r\n\r\n", "bad"),
        ("extension", hexed + b";a=b\r\n" + body + b"\r\n0\r\n\r\n", "good"),
        ("trailers", hexed + b"\r\n" + body + b"\r\n0\r\nX-A: b\r\n\r\n", "good"),
        ("zeros", b"0000" + hexed + b"\r\n" + body + b"\r\n0\r\n\r\n", "any"),
        ("endless trailers", hexed + b"\r\n" + body + b"\r\n0\r\n" + b"X-A: b\r\n" * 20000 + b"\r\n", "any"),
        ("endless size line", b"0" * 200000, "bad"), ("one byte each", b"".join(chunk(body[at:at + 1]) for at in range(size)) + b"0\r\n\r\n", "good"),
    ]:
        yield Fault(f"chunks/{name}", "bad chunking", False, [send(top + data), FIN], truth)
    stream = b"".join(chunk(sse(item)) for item in openai_events())
    for name, data, truth in [("no end", stream, "good"), ("bad after two", b"".join(chunk(sse(item)) for item in openai_events()[:3]) + b"zz\r\n", "bad")]:
        yield Fault(f"chunks/stream/{name}", "bad chunking", True,
                    [send(head(kind="text/event-stream", extra=["Transfer-Encoding: chunked"]) + data), FIN], truth)
    for name, data, truth in [
        ("one of 100 KiB", head(extra=["X-Long: " + "x" * 100000], length=size), "bad"),
        ("one of 60 KB", head(extra=["X-Long: " + "x" * 60000], length=size), "good"),
        ("10000", head(extra=["X-A: b"] * 10000, length=size), "bad"), ("200", head(extra=["X-A: b"] * 200, length=size), "good"),
        ("300", head(extra=["X-A: b"] * 300, length=size), "bad"), ("long status", b"HTTP/1.1 200 " + b"x" * 100000 + b"\r\n\r\n", "bad"),
        ("no colon", head(extra=["what is this"], length=size), "any"), ("folded", head(extra=["X-A: b", " c"], length=size), "any"),
        ("line feeds", head(length=size).replace(b"\r\n", b"\n"), "any"), ("null byte", head(extra=["X-A: b\0c"], length=size), "any"),
        ("latin", head(length=size).replace(b"\r\n\r\n", b"\r\nX-A: \xff\xfe\r\n\r\n"), "any"), ("empty name", head(extra=[": x"], length=size), "any"),
        ("100", b"HTTP/1.1 100 Continue\r\n\r\n" + head(length=size), "good"),
        ("102 and 103", b"HTTP/1.1 102 Processing\r\nX-A: b\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + head(length=size), "good"),
        ("5000 times 103", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 5000 + head(length=size), "bad"),
        ("101", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", "bad"),
        ("100 alone", b"HTTP/1.1 100 Continue\r\n\r\n", "bad"), ("1.0", head(version="HTTP/1.0", length=size), "good"),
        ("1.0 until the end", head(version="HTTP/1.0"), "good"), ("2.0", head(version="HTTP/2.0", length=size), "any"),
        ("9.9", head(version="HTTP/9.9", length=size), "any"), ("no version", head(version="HTTP/", length=size), "any"),
        ("ICY", head(version="ICY", length=size), "any"), ("0.9", b"", "any"), ("no status", head("", length=size), "any"),
        ("status 99", head("99 Low", length=size), "bad"), ("status 999", head("999 High", length=size), "bad"),
        ("status words", head("fine OK", length=size), "bad"), ("status only", head("200", length=size), "good"),
        ("SSH", b"SSH-2.0-OpenSSH_9.2\r\n", "bad"), ("null bytes", b"\0" * 1000, "bad"),
    ]:
        yield Fault(f"head/{name}", "odd heads", False, [send(data + body), FIN], truth)
    yield Fault("head/endless", "odd heads", False, [send(b"HTTP/1.1 200 OK\r\n" + b"X-A: bcdefgh\r\n" * 100000), FIN], "bad")
    top10 = head(version="HTTP/1.0", kind="text/event-stream")
    yield Fault("head/1.0/stream", "odd heads", True, [send(top10 + "".join(map(sse, openai_events())).encode()), FIN], "good")
    for name, more in [("garbage", b"garbage\r\n\r\n"), ("another answer", whole(completion("Not asked for. Answer: 13"))),
                       ("a megabyte", b"x" * (1 << 20))]:
        yield Fault(f"after/{name}/whole", "bytes after the end", False, [send(good_whole() + more)], "any")
        yield Fault(f"after/{name}/stream", "bytes after the end", True, [send(good_stream() + more)], "any")
        yield Fault(f"after/{name}/later", "bytes after the end", False, [send(good_whole()), pause(0.02), send(more)], "good",
                    alone=True)


def contents():
    """Bodies that are not what the API promises."""
    wrong_utf8 = completion(SICK).encode().replace("é".encode(), b"\xff\xc3")
    deep = "[" * 100000 + "]" * 100000
    bomb = gzip.compress(b" " * (50 << 20))
    zipped = gzip.compress(completion(SICK).encode())
    long = "é" * (1 << 20)
    for name, data, truth, text in [
        ("invalid UTF-8", whole(wrong_utf8), "any", None), ("null byte", whole(completion(SICK).encode().replace(b"is", b"\0")), "any", None),
        ("half a pair", whole(completion("x").replace('"x"', '"a\\ud800b"')), "any", None), ("BOM", whole(b"\xef\xbb\xbf" + completion(SICK).encode()), "any", SICK),
        ("gzip", whole(zipped, extra=["Content-Encoding: gzip"]), "bad", None), ("gzip bomb", whole(bomb, extra=["Content-Encoding: gzip"]), "bad", None),
        ("gzip unsaid", whole(zipped), "bad", None), ("deflate", whole(zipped, extra=["Content-Encoding: deflate"]), "bad", None),
        ("gzip twice", whole(gzip.compress(bomb), extra=["Content-Encoding: gzip, gzip"]), "bad", None),
        ("gzip as transfer", head(extra=["Transfer-Encoding: gzip, chunked"]) + chunk(bomb) + b"0\r\n\r\n", "bad", None),
        ("identity", whole(completion(SICK), extra=["Content-Encoding: identity"]), "good", SICK),
        ("empty", whole(b""), "bad", None), ("empty HTML", whole(b"", kind="text/html"), "bad", None), ("spaces", whole(b" " * 100), "bad", None),
        ("HTML", whole("<html><h1>It works!</h1></html>", kind="text/html"), "bad", None), ("two values", whole(completion(SICK) * 2), "bad", None),
        ("an error", whole('{"error": {"message": "out of memory", "code": 500}}'), "bad", None), ("error text", whole('{"error": "no"}'), "bad", None),
        ("null", whole("null"), "bad", None), ("list", whole("[]"), "bad", None), ("object", whole("{}"), "bad", None), ("number", whole("7"), "bad", None),
        ("no choice", whole('{"choices": []}'), "bad", None), ("choices text", whole('{"choices": "x"}'), "bad", None),
        ("choice null", whole('{"choices": [null]}'), "bad", None), ("no message", whole('{"choices": [{}]}'), "bad", None),
        ("message null", whole('{"choices": [{"message": null}]}'), "any", None), ("content number", whole('{"choices": [{"message": {"content": 7}}]}'), "any", None),
        ("content null", whole('{"choices": [{"message": {"content": null}}]}'), "any", None), ("parts", whole(dumps({"choices": [{"message": {"content": [{"type": "text", "text": SICK}]}}]})), "good", SICK),
        ("finish number", whole(completion(SICK, finish=9)), "good", SICK), ("finish unknown", whole(completion(SICK, finish="bored")), "good", SICK),
        ("usage negative", whole(completion(SICK, usage={"prompt_tokens": -9, "completion_tokens": -1})), "good", SICK),
        ("usage huge", whole(completion(SICK, usage={"prompt_tokens": 1e300, "completion_tokens": 9223372036854775807})), "good", SICK),
        ("usage words", whole(completion(SICK, usage={"prompt_tokens": "many", "completion_tokens": []})), "good", SICK),
        ("usage list", whole(completion(SICK, usage=[1, 2])), "good", SICK), ("deep", whole(deep), "bad", None),
        ("long", whole(completion(long)), "good", long), ("40 MiB", whole(completion("x" * (40 << 20))), "bad", None),
        ("no id, object, created or model", whole(dumps({"choices": [{"message": {"content": SICK}}]})), "good", SICK),
        ("number too large", whole(completion(SICK).replace('"index": 0', '"index": 1e999')), "any", SICK),
        ("members twice", whole('{"choices": [], ' + completion(SICK)[1:]), "any", SICK),
    ]:
        yield Fault(f"body/{name}", "odd bodies", False, [send(data), FIN], truth, text if text is not None else None)
    items = openai_events()
    beginning = items[:3]
    error = '{"error": {"message": "out of memory", "type": "server_error"}}'
    call = delta(tool_calls=[{"index": 0, "id": "c1", "type": "function", "function": {"name": "f", "arguments": "{\"a\": \"x"}}])
    bad_utf8 = [sse(item).encode().replace("é".encode(), b"\xff") for item in items]
    for name, step, truth, text in [
        ("finish without end mark", events(items[:-2]), "good", SICK), ("end mark without finish", events(items[:-3] + items[-1:]), "any", SICK),
        ("end mark alone", events(["[DONE]"]), "any", ""), ("nothing", events([]), "bad", SICK), ("comments alone", send(streamed([": x\n\n"] * 100)), "bad", SICK),
        ("no end", events(beginning), "bad", SICK), ("error first", events([error]), "bad", SICK), ("error in the middle", events(beginning + [error]), "bad", SICK),
        ("error after finish", events(items[:-2] + [error]), "any", SICK), ("error by name", send(streamed([*map(sse, beginning), 'event: error\ndata: {"message": "no"}\n\n'])), "bad", SICK),
        ("error and end mark", events(beginning + [error, "[DONE]"]), "bad", SICK), ("tool call cut", events([items[0], call]), "bad", SICK),
        ("no JSON", events(beginning + ["{\"choices\": ["]), "bad", SICK), ("word", events(beginning + ["hello"]), "bad", SICK),
        ("null", events(["null"] + items), "any", SICK), ("list", events(["[]"] + items), "any", SICK), ("delta null", events([dumps({"choices": [{"index": 0, "delta": None}]})] + items), "good", SICK),
        ("no delta", events([dumps({"choices": [{"index": 0}]})] + items), "good", SICK), ("choices null", events([dumps({"choices": None})] + items), "good", SICK),
        ("end mark twice", events(items + ["[DONE]"]), "good", SICK), ("words after the end mark", events(items + [delta("more")]), "good", SICK),
        ("events twice", events(items[:-1] + items), "good", SICK), ("invalid UTF-8", send(streamed(bad_utf8)), "any", None),
        ("half a pair", events([delta("x").replace('"x"', '"a\\ud800"')] + items), "any", None), ("deep", events(beginning + [deep]), "bad", SICK),
        ("event of 9 MiB", events(beginning + [delta("x" * (9 << 20))]), "bad", SICK), ("line without end", send(streamed(["data: " + "x" * (9 << 20)])), "bad", SICK),
        ("1 MiB", events([delta(long[:1 << 19])] + items[-3:]), "good", long[:1 << 19]), ("other choice", events(items[:2] + [dumps({"choices": [{"index": 1, "delta": {"content": "no"}, "finish_reason": "stop"}]})] + items[2:]), "good", SICK),
        ("gzip", send(streamed([gzip.compress(good_stream())], extra=["Content-Encoding: gzip"])), "bad", SICK),
        ("as HTML", events(items, kind="text/html"), "bad", SICK), ("as JSON", events(items, kind="application/json"), "bad", SICK),
        ("whole", send(good_whole()), "good", SICK), ("whole as stream", send(whole(completion(SICK), kind="text/event-stream")), "bad", SICK),
        ("type in capitals", events(items, kind="TEXT/EVENT-STREAM; charset=utf-8"), "good", SICK), ("no finish, no usage", events(items[:-3]), "bad", SICK),
        ("empty texts", events([delta("")] * 500 + items), "good", SICK), ("no id, object, created or model", events([dumps({"choices": [{"delta": {"content": SICK}}]}), dumps({"choices": [{"delta": {}, "finish_reason": "stop"}]}), "[DONE]"]), "good", SICK),
        ("empty finish reasons", events([delta(piece, finish="") for piece in PIECES] + items[-3:]), "good", SICK), ("empty finish reasons, cut", events([delta(piece, finish="") for piece in PIECES[:2]]), "bad", SICK),
        ("finish twice", events(items[:-2] + items[-3:]), "good", SICK),
        ("finish, then words", events(items[:-2] + [delta("more"), "[DONE]"]), "good", SICK),
    ]:
        yield Fault(f"stream/{name}", "odd streams", True, [step, FIN], truth, text)


def statuses():
    """Every status that is no answer, with every form of Retry-After."""
    for status in (201, 204, 206, 300, 301, 302, 304, 307, 400, 401, 402, 403, 404, 405, 408, 409, 413, 418, 422, 451, 499, 500, 501, 502, 503, 504, 520, 529):
        for form, data in (("JSON", whole('{"error": {"message": "no"}}', f"{status} No")), ("HTML", whole("<html>no</html>", f"{status} No", "text/html")),
                           ("empty", whole(b"", f"{status} No")), ("cut", whole(b"x" * 99, f"{status} No")[:-50])):
            for stream in (False, True):
                steps = [send(data), FIN]
                yield Fault(f"status/{status}/{form}/{'stream' if stream else 'whole'}", "statuses", stream, steps, "bad")
    yield Fault("status/302 elsewhere", "statuses", False, [send(whole(b"", "302 Found", extra=["Location: http://127.0.0.1:9/x\r\nX-A: " + "y" * 3000]))], "bad")
    now = time.time()
    forms = {
        "none": [], "1": ["Retry-After: 1"], "0": ["Retry-After: 0"], "0.3": ["Retry-After: 0.3"], "ms": ["retry-after-ms: 300"],
        "soon": ["Retry-After: " + email.utils.formatdate(now + 2, usegmt=True)], "past": ["Retry-After: " + email.utils.formatdate(now - 99, usegmt=True)],
        "words": ["Retry-After: soon"], "negative": ["Retry-After: -5"], "not a number": ["Retry-After: nan"], "infinite": ["Retry-After: inf"],
        "empty": ["Retry-After:"], "hexadecimal": ["Retry-After: 0x1"], "two": ["Retry-After: 1", "Retry-After: 2"], "exponent": ["Retry-After: 1e999"],
    }
    for status in (429, 503, 529):
        for name, extra in forms.items():
            rest = {"1": 1, "0.3": 0.3, "ms": 0.3, "soon": 2, "two": 2}.get(name, 0)
            yield Fault(f"wait/{status}/{name}", "Retry-After", name in ("1", "ms"), [send(whole('{"error": {"message": "slow down"}}', f"{status} No", extra=extra))], "bad", rest=rest)


def silences():
    """Nothing more comes, at every so many bytes; the clocks are short."""
    for is_stream, data in ((False, good_whole()), (True, good_stream())):
        settled = data.index(b'"finish_reason": "stop"') if is_stream else len(data)
        for at in range(0, len(data), 29):
            truth = "bad" if at < settled else "any"
            yield Fault(f"silence/{'stream' if is_stream else 'whole'}/{at}", "silence", is_stream, [send(data[:at]), HANG], truth, slow=True)
    yield Fault("silence/comments", "silence", True, [send(streamed([": x\n\n"], ending=b"")), drip(chunk(": x\n\n") * 200, 11, 0.03)], "bad", slow=True)
    yield Fault("silence/drip", "silence", True, [drip(good_stream(), 1, 0.05)], "bad", slow=True)


def everything():
    for group in (offsets, splits, framing, contents, statuses, silences):
        yield from group()
