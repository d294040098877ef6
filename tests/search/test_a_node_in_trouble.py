"""Writing to an Elasticsearch that is killed in mid-batch, or that has no room: nothing lost, no version goes back."""

import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from elasticsearch import Elasticsearch

from indexer.search.elasticsearch.bulk import BulkLimits
from tests.deadline import DEADLINE
from tests.elasticsearch_node.home import elasticsearch_home
from tests.elasticsearch_node.node import Node
from tests.search.faulty_proxy import FaultyProxy
from tests.search.ingest import made, open_index, revisions


def test_a_node_that_is_killed_and_started_again_in_mid_batch(elasticsearch_url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, run = elasticsearch_home(), Path(folder) / "run"
        node = Node(home, run)
        proxy = FaultyProxy(node.url)
        index = open_index(proxy.url, "restarted", limits=BulkLimits(documents=10))
        started: list[Node] = []

        def restart() -> None:
            node.process.kill()
            node.process.wait()
            started.append(Node(home, run))
            proxy.target = started[0].url

        for revision in (1, 2):
            index.write(made(100, revision))
        killer = threading.Thread(target=restart)
        killer.start()
        report = index.write(made(300, revision=3))
        killer.join()
        assert report.acknowledged == {f"s{number}": 3 for number in range(300)}
        assert revisions(index) == report.acknowledged
        proxy.close()
        started[0].close()


def test_a_node_that_has_room_for_one_write_at_a_time_takes_all_in_the_end() -> None:
    writers = 8
    with tempfile.TemporaryDirectory() as folder:
        crowded = {"thread_pool.write.size": "1", "thread_pool.write.queue_size": "1"}
        node = Node(elasticsearch_home(), Path(folder) / "run", **crowded)
        try:
            indexes = [open_index(node.url, "crowded") for _ in range(writers)]
            batches = [made(200, revision=number + 1) for number in range(writers)]
            with ThreadPoolExecutor(writers) as pool:
                reports = list(pool.map(lambda index, batch: index.write(batch), indexes, batches))
            assert all(len(report.acknowledged) == 200 and not report.refused for report in reports)
            assert revisions(indexes[0]) == {f"s{number}": writers for number in range(200)}
            with Elasticsearch(node.url, request_timeout=DEADLINE) as client:
                (stats,) = client.nodes.stats(metric="thread_pool").body["nodes"].values()
            assert stats["thread_pool"]["write"]["rejected"], "else this proved nothing"
        finally:
            node.close()
