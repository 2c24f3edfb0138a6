"""aider, an agent that writes code, against a running Muster server: it asks, reads the answer and edits the file.

python Tests/Clients/test_agent.py http://127.0.0.1:8080 path/of/aider
"""

import os
import pathlib
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    done = subprocess.run(
        [sys.argv[2], "--model", "openai/auto", "--openai-api-base", sys.argv[1] + "/v1", "--openai-api-key", "unused",
         "--no-git", "--yes-always", "--no-check-update", "--analytics-disable", "--no-show-model-warnings",
         "--no-show-release-notes", "--edit-format", "whole", "--map-tokens", "0", "--no-auto-lint", "--no-pretty",
         "--message", "Please write hello.py", "hello.py"],
        cwd=folder, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL,
        env={**os.environ, "HOME": folder, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"})
    file = pathlib.Path(folder, "hello.py")
    written = file.read_text() if file.exists() else "(nothing)"
if written.strip() == 'print("hello from a route")':
    print("passed  aider writes what the route says\n1 passed, 0 failed")
else:
    print(f"FAILED  aider wrote {written!r}\n{done.stdout[-3000:]}\n{done.stderr[-2000:]}")
    sys.exit(1)
