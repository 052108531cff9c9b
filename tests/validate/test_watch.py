"""The crossing rules follow a store that others change."""

import threading

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model.rdf import Quad
from ewgraph.validate import watch
from ewgraph.validate.watch import Watch
from ewgraph.validate.whole import whole_graph
from tests.validate.test_whole import ALL, CHANGES, MANY, RULES


def test_nothing_is_known_before_the_first_time() -> None:
    kept = Watch(RULES, GraphStore.in_memory())
    assert kept.results is None
    assert kept.pending
    assert kept.settle()
    assert kept.results == ()
    assert not kept.pending
    assert not kept.settle()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(MANY, CHANGES, st.lists(st.booleans(), min_size=6, max_size=6))
def test_however_late_it_settles_it_finds_what_a_full_run_finds(
    first: list[Quad], changes: list[tuple[list[Quad], list[Quad]]], settled: list[bool]
) -> None:
    store = GraphStore.in_memory()
    kept = Watch(RULES, store)
    store.change(first)
    kept.settle()
    for (added, removed), now in zip(changes, settled, strict=False):
        store.change([], removed)
        store.change(added)
        if now:
            kept.settle()
            assert kept.results == whole_graph(RULES, store)
    kept.settle()
    assert kept.results == whole_graph(RULES, store)


def test_changes_during_a_run_are_found_by_the_next() -> None:
    store = GraphStore.in_memory()
    kept = Watch(RULES, store)
    stop = threading.Event()

    def settle() -> None:
        while not stop.is_set():
            kept.settle()

    thread = threading.Thread(target=settle)
    thread.start()
    try:
        for start in range(0, len(ALL), 7):
            store.change(ALL[start : start + 7])
        for start in range(0, len(ALL), 14):
            store.change([], ALL[start : start + 7])
    finally:
        stop.set()
        thread.join()
    kept.settle()
    assert kept.results == whole_graph(RULES, store)
    assert kept.results


def test_past_many_changes_it_runs_in_full() -> None:
    store = GraphStore.in_memory()
    kept = Watch(RULES, store)
    kept.settle()
    few, watch._MANY = watch._MANY, 10
    try:
        store.change(ALL)
        assert kept.settle()
    finally:
        watch._MANY = few
    assert kept.results == whole_graph(RULES, store)
