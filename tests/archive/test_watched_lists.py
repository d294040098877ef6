"""Lists on watch: when a guess is taken, what ends it, what forgets it."""

from archive.database import Database
from archive.watched_lists import WatchedList, record_guessed_page, unwatch, watch, watched

LIST = ("jstv", "jiangsu", "http://news.jstv.com/jiangsu/")


def seen(database: Database, *, next_round: bool = True, at_once: bool = False, of: str = LIST[2]) -> WatchedList:
    with database.write() as connection:
        return watch(connection, *LIST[:2], of, "no link matches", next_round=next_round, at_once=at_once)


def verdicts(database: Database, *found: bool) -> list[str]:
    with database.write() as connection:
        said = [record_guessed_page(connection, *LIST[:2], is_article=is_article) for is_article in found]
    return [reason for reason in said if reason]


def test_a_guess_is_taken_from_the_second_round_on(database: Database) -> None:
    assert (seen(database).rounds, seen(database, next_round=False).guessing) == (1, False)
    second = seen(database)
    assert (second.rounds, second.guessing) == (2, True)
    assert second.standing.startswith("runs on a guess since ")


def test_what_matches_the_pattern_is_taken_at_once(database: Database) -> None:
    assert seen(database, at_once=True).guessing


def test_a_list_that_is_right_again_is_forgotten_with_its_rounds(database: Database) -> None:
    seen(database)
    seen(database, of="another")
    with database.write() as connection:
        unwatch(connection, *LIST)
    with database.read() as connection:
        assert [row.list for row in watched(connection, "jstv")] == ["another"]
        assert watched(connection, "ahtv") == []
    assert seen(database).rounds == 1


def test_three_of_the_last_five_pages_end_a_guess_until_the_list_is_right_again(database: Database) -> None:
    seen(database)
    seen(database)
    assert verdicts(database, False, False, True, True, True, True, False, True) == []
    (reason,) = verdicts(database, False, True, False)
    assert reason == "the guess was ended: of its last 5 pages 3 were no articles"
    again = seen(database)
    assert (again.guessing, again.ended, again.standing) == (False, True, reason)


def test_pages_of_a_list_that_is_not_guessed_are_not_counted(database: Database) -> None:
    seen(database)
    assert verdicts(database, False, False, False) == []
    assert not seen(database).ended
