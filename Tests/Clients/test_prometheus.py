"""Reads a running server's /metrics with Prometheus' own parsers; scripts/test-clients starts the server.

python Tests/Clients/test_prometheus.py http://127.0.0.1:8080/v1
"""

import json
import math
import sys
import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_prometheus

address = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/v1").rstrip("/")
root = address.removesuffix("/v1")
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(path, accept=None):
    with opener.open(urllib.request.Request(root + path, headers={"Accept": accept} if accept else {})) as answer:
        return answer.headers["content-type"], answer.read().decode()


def ask(model, stream=False):
    body = {"model": model, "stream": stream,
            "messages": [{"role": "user", "content": "Solve for x: 5x - 8 = 37."}]}
    request = urllib.request.Request(address + "/chat/completions", json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    with opener.open(request) as answer:
        answer.read()


def families(accept=None):
    kind, text = get("/metrics", accept)
    if accept:
        assert kind.startswith("application/openmetrics-text"), kind
        return {family.name: family for family in read_openmetrics(text)}
    assert kind == "text/plain; version=0.0.4; charset=utf-8", kind
    return {family.name: family for family in read_prometheus(text)}


def total(found, name, sample, **labels):
    family = found.get(name)
    if family is None:
        return 0
    return sum(each.value for each in family.samples
               if each.name == sample and all(each.labels.get(key) == value for key, value in labels.items()))


def check_histograms(found):
    checked = 0
    for family in found.values():
        if family.type != "histogram":
            continue
        series = {}
        for sample in family.samples:
            key = tuple(sorted((name, value) for name, value in sample.labels.items() if name != "le"))
            series.setdefault(key, {}).setdefault(sample.name.rsplit("_", 1)[1], []).append(sample)
        for parts in series.values():
            bounds = [float(sample.labels["le"]) for sample in parts["bucket"]]
            counts = [sample.value for sample in parts["bucket"]]
            assert bounds == sorted(bounds) and math.isinf(bounds[-1]), (family.name, bounds)
            assert counts == sorted(counts) and counts[-1] == parts["count"][0].value, (family.name, counts)
            checked += 1
    assert checked > 5, checked


def main():
    before = families()
    for model, stream in [("auto", False), ("auto", True), ("mathematician", False), ("mathematician", True)]:
        ask(model, stream)
    after = families()
    for expected in ("muster_requests", "muster_request_seconds", "muster_questions", "muster_upstream_requests",
                     "muster_expert_tokens", "muster_expert_state", "muster_requests_in_flight", "muster_open_streams",
                     "gen_ai_client_operation_duration_seconds", "gen_ai_client_token_usage",
                     "gen_ai_server_time_to_first_token_seconds", "process_resident_memory_bytes", "process_open_fds",
                     "process_cpu_seconds", "muster_build_info"):
        assert expected in after and after[expected].documentation, expected

    def grown(name, sample, **labels):
        return total(after, name, sample, **labels) - total(before, name, sample, **labels)

    assert grown("muster_requests", "muster_requests_total", endpoint="chat", status="200") == 4
    assert grown("muster_questions", "muster_questions_total", outcome="complete") == 4
    assert grown("muster_questions", "muster_questions_total", route="mathematician") == 2
    # Three seats of auto twice, and two questions to one expert; a seat that the vote no longer needs may be let go of.
    assert grown("muster_upstream_requests", "muster_upstream_requests_total") == 8
    assert grown("muster_upstream_requests", "muster_upstream_requests_total", outcome="answered") >= 6
    assert total(after, "muster_requests_in_flight", "muster_requests_in_flight") == 1
    check_histograms(after)
    openmetrics = families("application/openmetrics-text; version=1.0.0")
    # Whatever the first form shows the stricter one shows, too.
    missing = {name for name in after if name not in openmetrics}
    assert not missing, missing
    check_histograms(openmetrics)
    print(f"passed  {len(after)} metrics read by prometheus_client in both forms")


main()
