"""Two crawls and the index at once on one archive: none is refused, nothing is lost, nothing is twice."""

from tests.databases import both_databases
from tests.product import Product
from tests.replica import Replica

SOURCES = ("cnr_anhui", "kankanews")


@both_databases
def test_processes_on_one_archive_take_turns(product: Product, replica: Replica) -> None:
    product.run("index")  # tables and index are there
    processes = [product.start("crawl", name) for name in SOURCES]
    while any(process.poll() is None for process in processes):
        product.run("index")
    for process in processes:
        said = process.communicate()
        assert process.returncode == 0, said
        assert "Traceback" not in said[1]
    product.run("index")
    found = [article["canonical_url"] for article in product.articles()]
    assert sorted(found) == sorted(article.canonical_url for name in SOURCES for article in replica.articles(name))
    stories = product.rows("search", "长三角", "--limit", "100")
    assert len({story["url"] for story in stories}) == len(stories) > 0
