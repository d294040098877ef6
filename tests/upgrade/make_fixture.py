"""Make a fixture with another version's code: `cd OLD && PYTHONPATH=. python …/tests/upgrade/make_fixture.py FOLDER`.

It crawls one source of that version's own replica, indexes it, adds by that version's own functions what a small crawl
does not bring (a revised text, links that fail, a failed run, a rate limit, a dead letter, a story that waits in the
outbox), and writes the database as SQL, the WARC file and that version's export.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

EXTRAS = """
from datetime import timedelta
from sqlalchemy import select, insert
from archive.articles import article_of, save_article
from archive.database import Database
from archive.links import NewLink, add_links, find_link, mark_failed, mark_refused
from archive.rate_limits import limit_domain
from archive.runs import Counts, finish_run, start_run
from archive.schema import articles, now
from archive.settings import ArchiveSettings
from archive.story_tables import dead_letters, outbox, search_indexes, stories
database = Database.open(ArchiveSettings.load())
with database.write() as connection:
    rows = connection.execute(select(articles).order_by(articles.c.id)).all()
    revised = article_of(rows[0])
    revised = revised.model_copy(update={"body": revised.body + "\\n（本文已更新。）"})
    save_article(connection, revised, page_id=rows[0].page_id)
    for name in ("fails", "refused", "waits"):
        url = f"https://ah.cnr.cn/upgrade/{name}.shtml"
        add_links(connection, "cnr_anhui", "yw", [NewLink(url, url)])
    mark_failed(connection, find_link(connection, "https://ah.cnr.cn/upgrade/fails.shtml").id, "HTTP 503")
    refused = find_link(connection, "https://ah.cnr.cn/upgrade/refused.shtml")
    mark_refused(connection, refused.id, "robots.txt forbids it")
    finish_run(connection, start_run(connection, "jstv", origin="service"), Counts(), error="no list could be read")
    start_run(connection, "ahtv", origin="command")
    limit_domain(connection, "ahtv.cn", now() + timedelta(days=3), "Retry-After")
    ids = connection.scalars(select(stories.c.story_id).order_by(stories.c.story_id)).all()
    connection.execute(insert(search_indexes).values(name="elasticsearch", registered_at=now(), tries=0))
    named = {"index_name": "elasticsearch", "revision": 1}
    connection.execute(insert(outbox).values(**named, story_id=ids[0], queued_at=now()))
    refusal = {"story_id": ids[1], "reason": "a field is too long", "refused_at": now()}
    connection.execute(insert(dead_letters).values(**named, **refusal))
database.close()
"""


def main(folder: Path) -> None:
    """Write archive.sql, pages/ and export.jsonl into the folder."""
    from tests.replica import Replica  # noqa: PLC0415 - the other version's own

    home = Path(tempfile.mkdtemp())
    with Replica() as replica:
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")]),
            "DELTANEWS_ARCHIVE_DIRECTORY": str(home / "archive"),
            "DELTANEWS_CRAWLER_PROXY": replica.proxy_url,
            "DELTANEWS_CRAWLER_CA_FILE": str(replica.ca_file),
            "DELTANEWS_CRAWLER_DELAY": "0.01",
        }

        def run(*args: str) -> str:
            done = subprocess.run(
                [sys.executable, *args], env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
            return done.stdout

        run("-m", "deltanews", "crawl", "cnr_anhui", "--limit", "5")
        run("-m", "deltanews", "index")
        run("-c", EXTRAS)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "export.jsonl").write_text(run("-m", "deltanews", "archive", "export"), encoding="utf-8")
    shutil.copytree(home / "archive" / "pages", folder / "pages", dirs_exist_ok=True)
    with sqlite3.connect(home / "archive" / "archive.sqlite") as database:
        (folder / "archive.sql").write_text("\n".join(database.iterdump()) + "\n", encoding="utf-8")
    shutil.rmtree(home)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
