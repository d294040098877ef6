"""Request counts: how many requests a source's crawls made in the last hour, for its budget of them."""

from datetime import timedelta

from sqlalchemy import Connection, delete, func, or_, select, update

from archive.schema import now, request_counts

HOUR = timedelta(hours=1)


def count_request(connection: Connection, source: str, *, most: int) -> bool:
    """Count a request that is about to be made; False, and nothing counted, where the last hour had `most` already.

    Counts of a minute that lies ahead were made by a clock that was wrong: they are forgotten.
    """
    time = now()
    minute = time.replace(second=0, microsecond=0)
    own = request_counts.c.source == source
    outside = or_(request_counts.c.minute <= minute - HOUR, request_counts.c.minute > minute)
    connection.execute(delete(request_counts).where(own, outside))
    made = connection.scalar(select(func.sum(request_counts.c.count)).where(own))
    if int(made or 0) >= most:
        return False
    this = update(request_counts).where(own, request_counts.c.minute == minute)
    if not connection.execute(this.values(count=request_counts.c.count + 1)).rowcount:
        connection.execute(request_counts.insert().values(source=source, minute=minute, count=1))
    return True
