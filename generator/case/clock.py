"""Time between moments, counted in UTC: two local times that share a zone lie when its clock changes."""

from datetime import date, time, timedelta

from whenever import PlainDateTime, ZonedDateTime

from generator.case.values import Moment

TOLERANCE = timedelta(minutes=30)
"""How far an approximate time may be off: a limit missed by less than this on both sides together is not pleaded."""


def elapsed(first: Moment, last: Moment, zone: str) -> timedelta | None:
    """Return the true time from `first` to `last` in the zone; `None` where a time of day is not known."""
    start, end = _zoned(first, zone), _zoned(last, zone)
    return None if start is None or end is None else timedelta(seconds=(end - start).total("seconds"))


def uncertainty(first: Moment, last: Moment) -> timedelta:
    """Return how far the time between two moments may be off."""
    return TOLERANCE * (first.approximate + last.approximate)


def least_elapsed(first: Moment, last: Moment, zone: str) -> timedelta:
    """Return the least time there can be from `first` to `last`, whatever the hour of either where it is not known."""
    ended = first if first.clock else Moment(first.day + timedelta(days=1), time(0), first.approximate)
    begun = last if last.clock else Moment(last.day, time(0), last.approximate)
    return elapsed(ended, begun, zone) or timedelta(0)


def later(start: Moment, hours: int, zone: str) -> Moment | None:
    """Return the moment so many true hours after `start` in the zone; `None` where its time of day is not known."""
    begin = _zoned(start, zone)
    if begin is None:
        return None
    end = begin.add(hours=hours)
    return Moment(date(end.year, end.month, end.day), time(end.hour, end.minute), start.approximate)


def _zoned(moment: Moment, zone: str) -> ZonedDateTime | None:
    if moment.clock is None:
        return None
    day, clock = moment.day, moment.clock
    return PlainDateTime(day.year, day.month, day.day, clock.hour, clock.minute).assume_tz(zone)
