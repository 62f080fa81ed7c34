"""Hostile programs as links on a running server, and what its other readers notice of them."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.address.packing import pack
from tests.harness.serving import ROOT, running_server
from tests.harness.students import Failed, Student
from tests.hostile.corpus import corpus

WITHIN = 20.0  # seconds in which another reader is served, whatever runs
# One of each way to hold the server up that a run or a page knows.
WORST = (
    "t001_hash_collisions_set", "t006_lbfgs_lambda", "t013_endless_iterator_clip",
    "t016_cumprod_double_backward", "t021_factorial_tensor", "t034_module_dag_train",
    "t039_dict_values_print", "t048_trunc_normal_far", "m005_print_many_lists",
    "m053_gaussian_nll_internals", "m072_state_dict_module_dag", "m089_splits",
    "g002_cat_of_a_longer_chain", "g003_dense_layers", "g006_many_passes",
    "s026_cat_wide_layout", "s032_gru_short", "n002_data_pool_indices", "n017_fused_by_param_group",
    "n03_divtrunc_32", "n087_lstm_state_shapes", "s029_property_deep",
)  # fmt: skip


def run(coroutine):
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def links(kinds):
    """Addresses' parts that open a program; some texts are longer than an address may be."""
    found = {hostile.name: pack(hostile.source) for hostile in corpus() if hostile.kind in kinds}
    return {name: code for name, code in found.items() if code is not None}


async def open_link(url, code):
    """Open a program as its link does; the page has to come, without a fault of ours on it."""
    reader = Student(url, {"page": "playground", "code": code, "lang": "en"})
    try:
        await reader.arrive()
    finally:
        await reader.leave()


def files():
    """What lies in the server's folder, but for what tests beside this one may put there."""
    return {path.name for path in ROOT.iterdir()} - {".hypothesis", ".pytest_cache", "__pycache__"}


def pairs(names):
    names = [*names]
    return [tuple(names[i : i + 2]) for i in range(0, len(names), 2)]


async def waits(url, codes):
    """How long another reader waits for a moved dial, while two of the programs are opened."""
    other = Student(url, {"page": "explorer", "lang": "en"})
    await other.arrive()
    found = {}
    for names in pairs(codes):
        opening = [asyncio.create_task(open_link(url, codes[name])) for name in names]
        await asyncio.sleep(0.1)
        begun = time.monotonic()
        try:
            await other.move()
        except Failed:  # the server has been started again: the reader comes back by the address
            other = Student(url, dict(other.query))
            await other.arrive()
        found[names] = time.monotonic() - begun
        await asyncio.gather(*opening, return_exceptions=True)
    await other.leave()
    return found


def test_what_reaches_for_more_than_a_program_may_reaches_nothing_through_a_link():
    codes = links("erpl")
    folder = files()

    failures = {}

    async def one(url, name):
        try:
            await open_link(url, codes[name])
        except Failed as failed:
            failures[name] = str(failed)[:80]

    async def all_of_them(url):
        for names in pairs(codes):
            await asyncio.gather(*(one(url, name) for name in names))

    with running_server() as server:
        run(all_of_them(server.url))
        assert server.process.poll() is None and server.is_healthy()
        log = server.stop()

    assert len(codes) > 150
    assert not failures
    assert "Traceback" not in log
    assert files() == folder


def test_others_are_served_while_the_worst_run():
    codes = links("mntsgdx")

    with running_server() as server:
        found = run(waits(server.url, {name: codes[name] for name in WORST}))
        assert server.process.poll() is None and server.is_healthy()
        log = server.stop()

    print({name: round(seconds, 1) for name, seconds in found.items() if seconds > 1})
    assert max(found.values()) < WITHIN, found
    assert "Traceback" not in log


@pytest.mark.soak
def test_others_are_served_while_any_runs():
    codes = links("mntsgdx")

    with running_server() as server:
        found = run(waits(server.url, codes))
        assert server.process.poll() is None and server.is_healthy()

    print(f"{len(found)} programs; longest waits:", sorted(found.items(), key=lambda w: -w[1])[:9])
    assert max(found.values()) < WITHIN, found
