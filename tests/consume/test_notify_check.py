"""`monitor check` on endpoints of every format: what is weak is said, and nothing that is secret."""

from __future__ import annotations

import io
from pathlib import Path

from monitor.operate import check

CONFIG = """
data_dir: {folder}
sources: {{push: {{kind: push}}}}
alerts:
  endpoints:
    - {{name: ops, url: "https://ops.example/KEY", secret: whsec_c2hvcnQ=}}
    - {{name: team, url: "https://hooks.slack.example/services/KEY", format: slack, min_status: rumoured}}
    - {{name: open, url: "https://open.feishu.example/hook/KEY", format: feishu}}
    - {{name: signed, url: "https://open.feishu.example/hook/KEY", format: feishu, secret: "SECRET, no base64"}}
"""


async def test_check_takes_every_format(tmp_path: Path) -> None:
    path = tmp_path / "monitor.yaml"
    path.write_text(CONFIG.format(folder=tmp_path / "data"))
    sink = io.StringIO()
    assert await check(path, sink) == 0, sink.getvalue()
    shown = sink.getvalue()
    assert "KEY" not in shown and "SECRET" not in shown
    lines = {line.split()[1]: line for line in shown.splitlines() if line.startswith("endpoint")}
    assert "its secret is short" in lines["ops"]
    assert lines["team"].rstrip().endswith("slack to https://hooks.slack.example from rumoured")
    assert lines["open"].rstrip().endswith("feishu to https://open.feishu.example from reported; not signed")
    assert lines["signed"].rstrip().endswith("feishu to https://open.feishu.example from reported")
