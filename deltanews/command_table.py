"""The table of contents of the program: every command, where it stands, and what it is for in a line.

A package's command is imported only when it is called, so that `deltanews --help` answers at once.
"""

from dataclasses import dataclass

COLLECT = "Collect"
FIND = "Find"
STORE = "Archive"
OPERATE = "Operate"


@dataclass(frozen=True)
class Command:
    """One command of the program."""

    name: str
    """What the user types after `deltanews`; two words for a command of a group, as `sources list`."""
    target: str
    """Module and function, as `crawler.commands.crawl:crawl`."""
    panel: str
    """Heading of the help page that it stands under."""
    summary: str
    """The first line of the function's docstring, which the help page shows without importing it."""


COMMANDS = (
    Command("crawl", "crawler.commands.crawl:crawl", COLLECT, "Fetch what is new from the sources into the archive."),
    Command(
        "run",
        "scheduler.commands.run:run",
        COLLECT,
        "Crawl every source on its interval and index what comes, until it is told to stop.",
    ),
    Command(
        "sources list",
        "crawler.commands.sources:list_sources",
        COLLECT,
        "List every source: whether it is on and why, how well it is proven, and by how new evidence.",
    ),
    Command(
        "sources show",
        "crawler.commands.sources:show",
        COLLECT,
        "Show all that is known of a source: its file, its lists, its evidence, what is assumed.",
    ),
    Command(
        "sources check",
        "crawler.commands.source_check:check",
        COLLECT,
        "Try sources against their sites: robots.txt, lists, links, three articles, their fields, their relevance.",
    ),
    Command(
        "sources resume",
        "crawler.commands.source_resume:resume",
        COLLECT,
        "End a source's pause and lift its rate limit: crawl it again before the time that its site asked to wait for.",
    ),
    Command(
        "sources add",
        "crawler.commands.source_add:add",
        COLLECT,
        "Look at a page of links and write the draft of a source file: kind, link pattern, where fields stand.",
    ),
    Command(
        "index",
        "indexer.commands.index:index",
        FIND,
        "Group what is new in the archive into stories, these into events, and write them to the search index.",
    ),
    Command(
        "search",
        "indexer.commands.search:search",
        FIND,
        "Print the stories that match, newest first: time, broadcaster, title, copies, address, id.",
    ),
    Command(
        "story",
        "indexer.commands.story:story",
        FIND,
        "Print a story: its original and why it is that one, its text, every copy, and what each copy changed.",
    ),
    Command(
        "web",
        "web.commands.web:web",
        FIND,
        "Serve the reader's page: the day's events, search, stories side by side with their copies, feeds, exports.",
    ),
    Command("tokens add", "web.commands.tokens:add", FIND, "Make a token and print it, this once."),
    Command(
        "tokens list",
        "web.commands.tokens:list_all",
        FIND,
        "List the tokens: for whom, for what, since when.",
    ),
    Command("tokens revoke", "web.commands.tokens:revoke", FIND, "Have a token count for nothing from now on."),
    Command(
        "extract",
        "crawler.commands.extract:extract",
        FIND,
        "Print what is read out of one page: title, time, credit, names, clean body, and what kind of page it is.",
    ),
    Command(
        "relevance",
        "crawler.commands.relevance:relevance",
        FIND,
        "Say what a text has to do with 长三角一体化: level, score, topics, and the words that decide it.",
    ),
    Command(
        "dedupe",
        "indexer.commands.dedupe:dedupe",
        FIND,
        "Group the articles of a file into stories, with no archive: prints id, story id, original's id.",
    ),
    Command(
        "events",
        "indexer.commands.events:events",
        FIND,
        "List events, newest first; or group the articles of a file, with no archive: prints id, event id.",
    ),
    Command(
        "event",
        "indexer.commands.event:event",
        FIND,
        "Print an event: headline, when and where, who was first, who carried it, and every report with its copies.",
    ),
    Command(
        "gaps",
        "indexer.commands.gaps:gaps",
        FIND,
        "List the events that other provinces carried and one did not, or later: first report, lag, headline, who.",
    ),
    Command(
        "standing",
        "indexer.commands.standing:standing",
        FIND,
        "Say per week and outlet: originals, copies by others, median lead, events first and missed, credits dropped.",
    ),
    Command(
        "correct",
        "indexer.commands.correct:correct_article",
        FIND,
        "Correct an article, for good: it survives every rebuild; without options, list the article's corrections.",
    ),
    Command(
        "corrections list",
        "indexer.commands.corrections:list_corrections",
        FIND,
        "List the corrections of all articles: number, article, what, extracted and corrected, when and who.",
    ),
    Command(
        "corrections undo",
        "indexer.commands.corrections:undo_correction",
        FIND,
        "Undo corrections by their numbers; what was extracted counts again after the next `deltanews index`.",
    ),
    Command(
        "corrections export",
        "indexer.commands.corrections:export_corrections",
        FIND,
        "Print every correction as a test case, one JSON object a line: the stored page, the field, what is right.",
    ),
    Command(
        "kibana import",
        "indexer.commands.kibana:import_assets",
        FIND,
        "Put data view, saved searches and dashboard into Kibana, as far as they are missing there or of an older "
        "version.",
    ),
    Command(
        "kibana export",
        "indexer.commands.kibana:export_assets",
        FIND,
        "Write data view, saved searches and dashboard into a file that Kibana's own page for saved objects imports.",
    ),
    Command(
        "archive export",
        "archive.commands.export:export",
        STORE,
        "Write the archive's articles, each in its newest revision, in the order in which they were first stored.",
    ),
    Command(
        "archive backup",
        "archive.commands.backup:backup",
        STORE,
        "Back up the archive, while everything works on: its database, and every raw page that the database names.",
    ),
    Command(
        "archive restore",
        "indexer.commands.restore:restore",
        STORE,
        "Make a back-up the archive that the settings name; what was forgotten since stays forgotten.",
    ),
    Command(
        "archive forget",
        "indexer.commands.forget:forget_stored",
        STORE,
        "Forget an article, or all of a source, for good: text, revisions, raw pages, search documents.",
    ),
    Command(
        "reextract",
        "crawler.commands.reextract:reextract",
        STORE,
        "Run today's extraction and relevance over the stored pages, without a single request.",
    ),
    Command(
        "reclassify",
        "crawler.commands.reclassify:reclassify",
        STORE,
        "Reclassify every article by today's gazetteer and rules, and show which rise or fall.",
    ),
    Command(
        "rebuild stories",
        "indexer.commands.rebuild:rebuild_stories",
        STORE,
        "Rebuild all stories from the archive's articles, and write them to the search index.",
    ),
    Command(
        "rebuild events",
        "indexer.commands.rebuild:rebuild_events",
        STORE,
        "Rebuild all events from the archive's stories, and write those to the search index.",
    ),
    Command(
        "rebuild index",
        "indexer.commands.rebuild_index:rebuild",
        STORE,
        "Rebuild the search index from the archive's stories beside the one that is searched, then switch to it.",
    ),
    Command(
        "rebuild remove-old",
        "indexer.commands.rebuild_index:remove_old",
        STORE,
        "Remove the search indexes that a rebuild has replaced; the active one is never touched.",
    ),
    Command(
        "status",
        "deltanews.commands.status:status",
        OPERATE,
        "Say what is stored, what is still to be done, and what somebody should look at.",
    ),
    Command(
        "runs",
        "archive.commands.runs:runs",
        OPERATE,
        "List the crawls, newest first: when, of which source, by whom, how each ended, how long it took.",
    ),
    Command(
        "why",
        "deltanews.commands.why:why",
        OPERATE,
        "Say what became of an address: every stage it passed, where it was stopped, and what would change that.",
    ),
    Command(
        "health",
        "scheduler.commands.health:health",
        OPERATE,
        "Say whether each source is well, judged by its own last 28 days, and what is wrong where it is not.",
    ),
    Command(
        "doctor",
        "deltanews.commands.doctor:doctor",
        OPERATE,
        "Say what is configured, what answers, what does not and how to fix it.",
    ),
    Command(
        "service crawl",
        "scheduler.commands.service:crawl",
        OPERATE,
        "Have the running service crawl a source now; its interval begins anew.",
    ),
    Command(
        "service pause",
        "scheduler.commands.service:pause",
        OPERATE,
        "Have the running service leave a source alone until it is resumed, over restarts too.",
    ),
    Command(
        "service resume",
        "scheduler.commands.service:resume",
        OPERATE,
        "Have the running service crawl a paused source again, at once where it is due.",
    ),
    Command(
        "service reload",
        "scheduler.commands.service:reload",
        OPERATE,
        "Have the running service read the source files and its settings again, without a restart.",
    ),
    Command(
        "pages retry",
        "crawler.commands.pages:retry",
        OPERATE,
        "Read pages once more, now, that could not be read: those that wait for their next try, and those that failed.",
    ),
    Command(
        "deadletters list",
        "indexer.commands.deadletters:list_dead_letters",
        OPERATE,
        "List the stories that the search index refuses, with its reasons, newest first.",
    ),
    Command(
        "deadletters show",
        "indexer.commands.deadletters:show",
        OPERATE,
        "Print a refused story: the reason, and the document as the index would have got it, as one JSON object.",
    ),
    Command(
        "deadletters retry",
        "indexer.commands.deadletters:retry",
        OPERATE,
        "Requeue refused stories, for the next `deltanews index` to write.",
    ),
    Command(
        "deadletters drop",
        "indexer.commands.deadletters:drop",
        OPERATE,
        "Drop refused stories: they stay in the archive, and are tried again only when they change.",
    ),
    Command(
        "config",
        "deltanews.commands.config:config",
        OPERATE,
        "Show the effective settings and where each comes from.",
    ),
)
"""Every command, in the order of the help page."""

GROUPS: dict[str, tuple[str, str]] = {
    "sources": (COLLECT, "Which sources there are, and whether they still work."),
    "corrections": (FIND, "What people corrected, in all articles."),
    "tokens": (FIND, "What programs show to use the API."),
    "kibana": (FIND, "Searches and a dashboard for Kibana's users."),
    "archive": (STORE, "What was collected: export, back-up, restore, forget."),
    "rebuild": (STORE, "Rebuild what is derived from the archive."),
    "service": (OPERATE, "What the running service is told to do."),
    "pages": (OPERATE, "Stored pages that could not be read."),
    "deadletters": (OPERATE, "Stories that the search index refuses, and what to do about them."),
}
"""First word of the commands that share one: its panel and its line of the help page."""
