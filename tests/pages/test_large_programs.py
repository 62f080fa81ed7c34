"""Programs that record more than anybody can look at: the page answers, and sends little."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from components.address.packing import pack
from tests.pages.reading import html, payloads

START = "import torch\nx = torch.ones(1, requires_grad=True)\n"
PROGRAMS = {
    "a cat over a long chain": """h, hs = x, []
for i in range(9000):
    h = h * 1
    hs.append(h)
y = torch.cat(hs).sum()
""",
    "slices of cats": """hs = [x * 1 for i in range(140)]
for k in range(60):
    c = torch.cat(hs)
    hs = [c[i:i + 1] for i in range(140)]
y = torch.cat(hs).sum()
""",
    "empty inputs": "y = torch.cat([x] + [torch.ones(1)] * 60000).sum()\n",
    "one wide layer": "y = torch.stack([x * 1 for i in range(700)]).sum()\ny.backward()\n",
    "stacks of everything": """hs = [x * 1 for i in range(200)]
y = torch.stack([torch.stack(hs) for i in range(200)]).sum()
y.backward()
""",
    "many passes": """for k in range(9):
    h, hs = x, []
    for i in range(500):
        h = h * 1
        hs.append(h)
    torch.cat(hs).sum().backward()
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_that_records_a_huge_graph_is_shown_and_little_is_sent(name):
    """Whatever of it is chosen; the program runs once for all of that."""
    app = AppTest.from_file("../../app.py", default_timeout=30)
    app.query_params.update(page="playground", lang="en", code=pack(START + PROGRAMS[name]))

    for select in ("", "node-1", "edge-1-100", "line-5"):
        app.query_params["select"] = select
        app.run()

        assert not app.exception
        sent = payloads(app)
        assert 0 < len(sent["graph_view"][0]["boxes"]) <= 160
        for component, data in sent.items():
            assert len(json.dumps(data, allow_nan=False)) <= 400_000, (select, component)
        assert sum(map(len, html(app))) <= 20_000
