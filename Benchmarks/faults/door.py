"""Clients that are wrong: requests cut at every byte, and requests that are no HTTP, no JSON or no question. The service
answers in OpenAI's shape, or hangs up on what is no HTTP, and goes on."""

import asyncio
import gzip
import json
import socket
import struct

from reading import Wrong, insist, loads, parse_http, post, question, read, read_error


def raw(line, headers, body=b""):
    return ("\r\n".join([line, "Host: localhost", "Connection: close", *headers]) + "\r\n\r\n").encode("latin-1") + body


def chat(body, *headers, kind="application/json"):
    body = body if isinstance(body, bytes) else body.encode()
    return raw("POST /v1/chat/completions HTTP/1.1", [f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers], body)


def requests():
    """Name, bytes, the statuses that are right (0: hanging up)."""
    sound = json.dumps(question("well-1", 1, False))
    line, kind = "POST /v1/chat/completions HTTP/1.1", "Content-Type: application/json"
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(sound[at:at + 7]), sound[at:at + 7].encode()) for at in range(0, len(sound), 7))
    yield "sound", chat(sound), {200}
    yield "chunked", raw(line, [kind, "Transfer-Encoding: chunked"], chunks + b"0\r\n\r\n"), {200}
    yield "chunked with trailers", raw(line, [kind, "Transfer-Encoding: chunked"], chunks + b"0\r\nA: b\r\n\r\n"), {200}
    yield "100-continue", chat(sound, "Expect: 100-continue"), {200}
    yield "HTTP/1.0", chat(sound).replace(b"HTTP/1.1", b"HTTP/1.0"), {200}
    yield "absolute address", chat(sound).replace(b"POST /v1", b"POST http://muster/v1"), {200, 404}
    for name, size in (("no number", b"zz"), ("negative", b"-1"), ("overflow", b"F" * 17)):
        yield f"chunk size {name}", raw(line, [kind, "Transfer-Encoding: chunked"], size + b"\r\n" + sound.encode() + b"\r\n0\r\n\r\n"), {0, 400, 413}
    for name, lengths in (("negative", ["-5"]), ("words", ["many"]), ("two", ["5", "6"]), ("overflow", ["9" * 30]), ("huge", ["9" * 15]), ("list", ["5, 6"])):
        yield f"length {name}", raw(line, [kind, *(f"Content-Length: {length}" for length in lengths)], sound.encode()), {0, 400, 413}
    yield "length and chunks", raw(line, [kind, f"Content-Length: {len(sound)}", "Transfer-Encoding: chunked"], chunks + b"0\r\n\r\n"), {0, 200, 400}
    yield "length too short", chat(sound).replace(b"Content-Length: ", b"Content-Length: 1\r\nX-Was: "), {400}
    for name, first in (("no version", "POST /v1/chat/completions"), ("version 9", "POST /v1/chat/completions HTTP/9.9"), ("garbage", "\x00\xff\xfe"),
                        ("spaces", "   "), ("TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), ("a long address", "GET /" + "x" * 200000 + " HTTP/1.1"), ("SSH", "SSH-2.0-x")):
        yield f"line: {name}", raw(first, []), {0, 400, 404, 414, 431, 505}
    yield "a path of 5 KB", raw("GET /" + "x" * 5000 + " HTTP/1.1", []), {0, 404}
    yield "a path with a null", raw("GET /v1/models/%00 HTTP/1.1", []), {404, 400}
    yield "a path of bad UTF-8", raw("GET /v1/models/%ff%fe HTTP/1.1", []), {404, 400}
    yield "dots", raw("GET /v1/../../etc/passwd HTTP/1.1", []), {404, 400}
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "GET"):
        yield f"method {method}", raw(f"{method} /v1/chat/completions HTTP/1.1", ["Content-Length: 0"]), {0, 405, 400, 404}
    yield "CONNECT", raw("CONNECT muster:443 HTTP/1.1", []), {0, 400, 404, 405}
    yield "a header of 1 MB", raw(line, [kind, "A: " + "x" * (1 << 20)]), {0, 400, 431}
    yield "20000 headers", raw(line, [kind] + ["A: b"] * 20000), {0, 400, 431}
    yield "no colon", raw(line, [kind, "what is this"]), {0, 400}
    yield "folded", raw(line, [kind, "A: b", " c", f"Content-Length: {len(sound)}"], sound.encode()), {0, 200, 400}
    yield "null in a header", raw(line, [kind, "A: b\0c"]), {0, 400}
    yield "another type", chat(sound, kind="text/plain"), {415}
    yield "gzip", chat(gzip.compress(sound.encode()), "Content-Encoding: gzip"), {400, 415}
    for name, body in (("empty", ""), ("null", "null"), ("list", "[]"), ("text", '"x"'), ("half", sound[:40]), ("two", sound * 2), ("NaN", '{"a": NaN}'), ("comma", sound[:-1] + ",}"),
                       ("deep", "[" * 100000), ("deep objects", '{"a":' * 10000), ("long number", "1" * 5000), ("exponent", '{"a": 1e99999}'), ("control", '{"a": "\n"}'), ("single quotes", "{'a': 1}"),
                       ("bad UTF-8", b'{"model": "\xff\xfe"}'), ("UTF-16", sound.encode("utf-16")), ("BOM", b"\xef\xbb\xbf" + sound.encode()), ("nulls", b"\0" * 1000), ("half an escape", '{"a": "\\u12"}'),
                       ("many values", "[" + "0," * 2000000 + "0]"), ("no model", '{"messages": []}'), ("no messages", '{"model": "well-1"}'), ("messages null", '{"model": "well-1", "messages": null}'),
                       ("message number", '{"model": "well-1", "messages": [7]}'), ("roles", '{"model": "well-1", "messages": [{"role": "king", "content": "x"}]}'), ("model number", '{"model": 7, "messages": []}')):
        yield f"body: {name}", chat(body), {400}
    yield "body: unknown model", chat(sound.replace("well-1", "nobody")), {404}
    yield "body: half a pair", chat(sound.replace("3 + 4?", "\\ud800")), {200, 400}
    yield "body: 17 MiB", chat(b" " * (17 << 20) + sound.encode()), {413}


def cuts():
    sound = post(question("well-1", 1, True))
    for at in range(0, len(sound)):
        yield at, sound[:at]


async def send(port, data, ending):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        try:
            writer.write(data)
            await writer.drain()
            if ending == "fin":
                writer.write_eof()
            elif ending == "reset":
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return b""
            return await asyncio.wait_for(reader.read(-1), 20)
        except (ConnectionError, BrokenPipeError):
            return b""
        except asyncio.TimeoutError:
            raise Wrong("nothing happens for 20 s")
    finally:
        writer.transport.abort()


def judge(data, statuses):
    while data.startswith(b"HTTP/1.1 100"):
        data = data.partition(b"\r\n\r\n")[2]
    if not data:
        insist(0 in statuses, "it hung up, rather than", sorted(statuses))
        return "hung up"
    status, headers, body = parse_http(data)
    insist(status in statuses, "status", status, "rather than", sorted(statuses), body[:200])
    if status == 200:
        insist(read(data).text, "no text")
        return "answered"
    if not body and status in (400, 431, 505, 414):
        return f"{status} without a body"
    code, _ = read_error(loads(body, "body"), "body")
    return code


async def run(program, count):
    """Calls `count(kind, label, name, why)` for each case."""
    for name, data, statuses in requests():
        try:
            count("wrong requests", judge(await send(program.port, data, "wait"), statuses), name, None)
        except (Wrong, UnicodeDecodeError, ValueError) as why:
            count("wrong requests", "WRONG", name, str(why))
    for ending in ("fin", "reset"):
        for at, data in cuts():
            try:
                count("requests cut at every byte", judge(await send(program.port, data, ending), {0, 400}), f"{ending}/{at}", None)
            except (Wrong, UnicodeDecodeError, ValueError) as why:
                count("requests cut at every byte", "WRONG", f"{ending}/{at}", str(why))
