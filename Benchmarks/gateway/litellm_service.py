"""LiteLLM's proxy for the comparison, from a virtual environment that scripts/bench-gateway has made."""

import os
import pathlib
import subprocess

import nginx_service

PLACE = pathlib.Path(os.environ.get("BENCH_LITELLM", pathlib.Path.home() / ".cache/muster/bench-litellm"))

CONFIG = """\
model_list:
  - model_name: mock
    litellm_params: {{model: openai/mock-model, api_base: "http://127.0.0.1:{port}/v1", api_key: none}}
litellm_settings: {{telemetry: false, num_retries: 0}}
"""


def start(folder, upstream):
    """Its port and process; nothing if it is not there."""
    program = PLACE / "bin/litellm"
    if not program.exists():
        print(f"bench-gateway: no LiteLLM at {PLACE}; it is left out")
        return None
    folder.mkdir()
    (folder / "config.yaml").write_text(CONFIG.format(port=upstream))
    port = nginx_service.free_port()
    log = open(folder / "log", "wb")
    process = subprocess.Popen(
        [program, "--config", folder / "config.yaml", "--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"],
        stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder,
        # Without a key, as Muster beside it: both listen on 127.0.0.1 only, for as long as the benchmark runs.
        env={**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "DO_NOT_TRACK": "1", "LITELLM_LOG": "ERROR",
             "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY": "true"})
    nginx_service.wait_for(port, process, "LiteLLM", seconds=120)
    return port, process
