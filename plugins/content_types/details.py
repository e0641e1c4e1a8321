"""What each content type has of its own, made from the values of its fields."""

from __future__ import annotations

from plugins.content_types.values import Values
from plugins.domain.content import (
    CollectionDetails,
    Details,
    EventDetails,
    LeaderArticleDetails,
    LinkDetails,
    NoticeDetails,
    PersonDetails,
    PlainDetails,
    ProgramDetails,
    SectionDetails,
)


def section(values: Values) -> Details:
    """Return the own values of a section."""
    return SectionDetails(
        page_size=values.count("page_size", 0),
        owner=values.text("owner"),
        update_days=values.count("update_days"),
        default_type=values.text("default_type"),
        show_empty=values.flag("show_empty"),
    )


def plain(values: Values) -> Details:
    """Return the own values of a type that has none."""
    return PlainDetails()


def leader_article(values: Values) -> Details:
    """Return the own values of a leader article."""
    return LeaderArticleDetails(
        speaker=values.text("speaker"),
        office=values.text("office"),
        occasion=values.text("occasion"),
        spoken_on=values.day("spoken_on"),
    )


def program(values: Values) -> Details:
    """Return the own values of a program."""
    return ProgramDetails(
        audience=values.text("audience"),
        participation=values.text("participation"),
        phone=values.text("phone"),
        place=values.text("place"),
        starts=values.day("starts"),
        ends=values.day("ends"),
    )


def notice(values: Values) -> Details:
    """Return the own values of a notice."""
    return NoticeDetails(
        document_number=values.text("document_number"),
        issuing_body=values.text("issuing_body"),
        issued_on=values.day("issued_on"),
        deadline=values.day("deadline"),
        repealed_on=values.day("repealed_on"),
    )


def event(values: Values) -> Details:
    """Return the own values of a event."""
    return EventDetails(
        starts=values.moment("starts"),
        ends=values.moment("ends"),
        place=values.text("place"),
        organiser=values.text("organiser"),
        phone=values.text("phone"),
    )


def link(values: Values) -> Details:
    """Return the own values of a link."""
    return LinkDetails(target=values.text("target"))


def collection(values: Values) -> Details:
    """Return the own values of a collection."""
    query = values.record("query") or Values({})
    return CollectionDetails(
        types=query.texts("type"),
        section=query.text("section"),
        any_tags=query.texts("tags"),
        people=query.texts("people"),
        programs=query.texts("program"),
        since=query.day("since"),
        until=query.day("until"),
        order=query.text("order") or "newest",
        limit=query.count("limit"),
        page_size=values.count("page_size", 0),
    )


def person(values: Values) -> Details:
    """Return the own values of a person."""
    return PersonDetails(
        office=values.text("office"),
        organisation=values.text("organisation"),
        since=values.day("since"),
        until=values.day("until"),
    )
