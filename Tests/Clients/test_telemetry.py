"""Starts a server that sends its traces to a collector made here of opentelemetry-proto, and reads what comes.

python Tests/Clients/test_telemetry.py .build/release/muster
"""

import base64
import http.server
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/muster")
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PARENT = ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331")
SECRET = "a secret that no trace may hold"
received = []  # (path, headers, ExportTraceServiceRequest)


def parsed(body):
    """OTLP's JSON has ids in hexadecimal where protobuf's own mapping has base64: the one difference in these fields."""
    def based(match):
        return f'"{match[1]}":"{base64.b64encode(bytes.fromhex(match[2])).decode()}"'

    text = re.sub(r'"(traceId|spanId|parentSpanId)":"([0-9a-f]*)"', based, body.decode())
    return json_format.Parse(text, ExportTraceServiceRequest())


class Collector(http.server.BaseHTTPRequestHandler):
    refusals = 1  # the first request is told to come again

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        busy = Collector.refusals > 0
        Collector.refusals -= 1
        if not busy:
            received.append((self.path, dict(self.headers.items()), parsed(body)))
        self.send_response(503 if busy else 200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


class Expert(http.server.BaseHTTPRequestHandler):
    headers_seen = []

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        Expert.headers_seen.append({name.lower(): value for name, value in self.headers.items()})
        body = json.dumps({"choices": [{"index": 0, "message": {"role": "assistant", "content": SECRET},
                                        "finish_reason": "stop"}],
                           "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve(handler):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def values(attributes):
    def value(any_value):
        kind = any_value.WhichOneof("value")
        if kind == "array_value":
            return [value(each) for each in any_value.array_value.values]
        return getattr(any_value, kind)

    return {attribute.key: value(attribute.value) for attribute in attributes}


def main():
    collector, expert = serve(Collector), serve(Expert)
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/config.yaml", "w") as file:
            file.write(f"""
store: {{path: store.sqlite}}
skills: {{folder: {os.path.abspath("Skills")}}}
telemetry:
  otlp: http://127.0.0.1:{collector}
  headers: {{authorization: "Bearer ${{env.OTLP_TOKEN}}"}}
experts:
  one: {{base_url: "http://127.0.0.1:{expert}/v1", model: tiny-1, price: {{input: 1, output: 1}}}}
  dead: {{base_url: "http://127.0.0.1:9/v1", model: gone, limits: {{retries: 0}}}}
routing:
  first: {{strategy: fixed, members: [dead]}}
routes:
  auto: {{routing: first, fallback: one}}
""")
        environment = {**os.environ, "OTLP_TOKEN": "t0ken", "OTEL_SERVICE_NAME": "front", "no_proxy": "*"}
        server = subprocess.Popen(
            [program, "serve", "--port", "0", "--port-file", "port", "--log-format", "json", "--log-level", "info"],
            cwd=folder, env=environment, stderr=subprocess.PIPE)
        try:
            for _ in range(200):
                if os.path.exists(folder + "/port"):
                    break
                time.sleep(0.05)
            with open(folder + "/port") as file:
                address = f"http://127.0.0.1:{file.read()}/v1/chat/completions"
            body = {"model": "auto", "messages": [{"role": "user", "content": SECRET}]}
            headers = {"Content-Type": "application/json", "x-request-id": "client-1",
                       "traceparent": f"00-{PARENT[0]}-{PARENT[1]}-01"}
            with opener.open(urllib.request.Request(address, json.dumps(body).encode(), headers)) as answer:
                assert answer.headers["x-request-id"] == "client-1", answer.headers
                trace_id = answer.headers["x-muster-trace-id"]
            # The collector is busy once; what it then takes comes before the stop, the next question with the stop.
            deadline = time.monotonic() + 60
            while not received and time.monotonic() < deadline:
                time.sleep(0.05)
            with opener.open(urllib.request.Request(
                    address, json.dumps({**body, "model": "one"}).encode(), {"Content-Type": "application/json"})) as answer:
                own_id = answer.headers["x-request-id"]
                assert answer.headers["x-muster-trace-id"] == own_id
        finally:
            server.send_signal(signal.SIGTERM)
            log = server.communicate(timeout=30)[1].decode()
        assert server.returncode == 0, log
    check_spans(trace_id, own_id)
    check_log(log, trace_id)
    print("passed  spans read by opentelemetry-proto, their parents and what experts were told, and the log in JSON")


def check_spans(trace_id, own_id):
    spans = []
    for path, headers, request in received:
        assert path == "/v1/traces" and headers["Content-Type"] == "application/json", (path, headers)
        assert headers["authorization"] == "Bearer t0ken", headers
        assert SECRET not in str(request)
        for resource in request.resource_spans:
            assert values(resource.resource.attributes)["service.name"] == "front"
            spans += [span for scope in resource.scope_spans for span in scope.spans]
    assert len(spans) == 4 + 3, [span.name for span in spans]
    first = [span for span in spans if span.trace_id.hex() == PARENT[0]]
    root, decision, failed, fallback = first
    assert root.parent_span_id.hex() == PARENT[1] and root.kind == Span.SPAN_KIND_SERVER, root
    assert root.name == "chat auto" and decision.name == "decide auto", (root.name, decision.name)
    told = values(root.attributes)
    assert told["muster.request.id"] == "client-1" and told["muster.trace.id"] == trace_id, told
    assert told["gen_ai.request.model"] == "auto" and told["gen_ai.usage.output_tokens"] == 2, told
    assert told["muster.outcome"] == "failed_over", told
    for child in (decision, failed, fallback):
        assert child.parent_span_id == root.span_id
        assert root.start_time_unix_nano <= child.start_time_unix_nano <= child.end_time_unix_nano
        assert child.end_time_unix_nano <= root.end_time_unix_nano
    assert failed.status.code == Status.STATUS_CODE_ERROR and fallback.status.code == Status.STATUS_CODE_UNSET
    assert values(failed.attributes)["error.type"] == "expert_unreachable", failed
    assert values(fallback.attributes)["gen_ai.request.model"] == "tiny-1"
    assert fallback.kind == Span.SPAN_KIND_CLIENT
    own = [span for span in spans if span.trace_id.hex() == own_id]
    assert len(own) == 3 and not own[0].parent_span_id, own
    # What the expert was told leads back to the span of the question.
    told = [headers["traceparent"] for headers in Expert.headers_seen]
    assert told == [f"00-{span.trace_id.hex()}-{span.span_id.hex()}-01" for span in (root, own[0])], told


def check_log(log, trace_id):
    lines = [json.loads(line) for line in log.splitlines()]
    assert all(line["time"].endswith("Z") and line["level"] and line["message"] for line in lines), lines
    asked = [line for line in lines if line.get("id") == "client-1"]
    assert len(asked) == 1 and asked[0]["trace"] == trace_id and asked[0]["status"] == 200, asked
    assert SECRET not in log and "t0ken" not in log


main()
