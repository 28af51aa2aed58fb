"""An agenda as an iCalendar, whole days only. The same agenda always gives the same bytes.

Every event needs a DTSTAMP: when what it says was last revised. The clock knows nothing of that. Of a past state of the
register it is the time of its commit; else it is the newest day of the papers that tell of the event, at midnight UTC.
So an event that no new paper tells of looks unchanged to a calendar. The UID is the identity in the register.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from icalendar import Calendar, Event

from orgreg.formats.plain import one_line
from orgreg.formats.text.facts import due
from orgreg.query.agenda import Firmness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgreg.query.agenda import Appointment

_STATUS: Final = {Firmness.FIRM: "CONFIRMED", Firmness.LOOSE: "TENTATIVE", Firmness.DROPPED: "CANCELLED"}


def calendar(agenda: Iterable[Appointment], name: str, recorded: datetime | None = None) -> str:
    """The calendar as text, with the line ends that its standard wants. `recorded` is when a past state was."""
    made = Calendar()
    made.add("prodid", "-//orgreg//orgreg 1//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", one_line(name))
    for one in agenda:
        made.add_component(_event(one, recorded))
    written: bytes = made.to_ical()
    return written.decode("utf-8")


def _event(one: Appointment, recorded: datetime | None) -> Event:
    event = Event()
    event.add("uid", one_line(f"{one.identity}@orgreg"))
    event.add("dtstamp", recorded.astimezone(UTC) if recorded else datetime.combine(one.known, time(), UTC))
    event.add("dtstart", one.first)
    event.add("dtend", one.last + timedelta(days=1))
    event.add("summary", one_line(one.title))
    when = () if one.due is None else (f"due: {due(one.due)}",)
    event.add("description", "\n".join(map(one_line, (*when, *one.told))))
    event.add("categories", [one_line(one.sort)])
    event.add("status", _STATUS[one.firmness])
    event.add("transp", "TRANSPARENT")
    return event
