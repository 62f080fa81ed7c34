"""Replicas behind a real nginx, on loopback, with the very file that deploy/ offers."""

import os
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from tests.harness.serving import ROOT, Server, free_port


@contextmanager
def running_nginx(replicas, folder):
    """deploy/nginx.conf with the replicas' addresses in the place of compose's names."""
    port = free_port()
    names = iter(replicas)
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"server app-\d:8501", lambda _: f"server 127.0.0.1:{next(names).port}", text)
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    # As root, nginx would drop to a user that may not write into the folder of the test.
    text = f"daemon off;\npid {folder}/pid;\n{'user root;' if os.getuid() == 0 else ''}\n{text}"
    file = folder / "nginx.conf"
    file.write_text(text)
    process = subprocess.Popen(["nginx", "-c", str(file), "-p", str(folder)])  # noqa: S607
    server = SimpleNamespace(url=f"http://127.0.0.1:{port}")
    try:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and process.poll() is None:
            if Server.is_healthy(server):
                break
            time.sleep(0.02)
        yield server
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def running_replicas(folder):
    """(nginx, [replica, replica])"""
    if shutil.which("nginx") is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is missing, and in CI no test may be skipped")
        pytest.skip("nginx is not installed")
    secret = {"STREAMLIT_SERVER_COOKIE_SECRET": "one secret for all replicas of this test"}
    replicas = [Server(environment=secret), Server(environment=secret)]
    try:
        with running_nginx(replicas, folder) as server:
            yield server, replicas
    finally:
        for replica in replicas:
            replica.stop()


@pytest.fixture(scope="session")
def nginx(tmp_path_factory):
    """For tests that leave the replicas running."""
    with running_replicas(tmp_path_factory.mktemp("nginx")) as running:
        yield running


@pytest.fixture
def own_nginx(tmp_path):
    """For a test that stops replicas, or asks what nginx keeps."""
    with running_replicas(tmp_path) as running:
        yield running
