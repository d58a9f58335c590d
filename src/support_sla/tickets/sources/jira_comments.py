"""Jira: who wrote a comment on an issue, and whether customers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.errors import LogError
from support_sla.tickets.sources.reading import instant, key_of, mapping, needed, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIDES = {"customer": "customer", "atlassian": "agent", "app": "agent", "": "agent"}
"""The side of an account by its `accountType`; Jira Data Center has none."""
_PRIVACY = "sd.public.comment"
"""The property of a comment in which Jira Data Center says whether it is internal."""


class People(NamedTuple):
    """Who is of the desk: the reporter, the accounts named as the desk's, and those of bots."""

    reporter: str
    agents: frozenset[str] | None
    bots: frozenset[str]

    def side(self, person: Mapping[str, Any]) -> tuple[str, bool]:
        """Return the side of an account, and whether it is a program's."""
        name, kind = account_of(person), key_of(person.get("accountType"))
        if name and name == self.reporter:
            return "customer", False
        is_bot = name in self.bots or kind == "app"
        if is_bot or self.agents is not None:
            return ("agent" if is_bot or name in (self.agents or ()) else "customer"), is_bot
        if kind not in _SIDES:
            known = "'atlassian', 'customer' or 'app', or all accounts of the desk as agents={...}"
            raise LogError.value("accountType", kind, known)
        return _SIDES[kind], False

    def submitter(self, creator: object) -> str:
        """Return who wrote the issue; a program that creates it passes on what a customer wrote."""
        if creator is None:
            return "customer"
        side, is_bot = self.side(mapping("creator", creator))
        return "customer" if is_bot else side


def account_of(person: object) -> str:
    """Return what an account is known by, in the cloud or in Jira Data Center."""
    if person is None:
        return ""
    data = mapping("reporter", person)
    found = (data.get("accountId"), data.get("key"), data.get("name"))
    return next((key_of(each) for each in found if each), "")


def comment_event(
    comment: Mapping[str, Any], people: People, *, assume_public: bool
) -> dict[str, Any]:
    """Return the message that a comment is; raise if it does not say by whom, or for whom."""
    at = instant("created", needed("the comment", comment, "created", "its instant"), None)
    author = mapping("author", needed("the comment", comment, "author", "its author"))
    side, is_bot = people.side(author)
    keys = {"by": side, "public": _is_public(comment, assume_public), "automatic": is_bot}
    named = {} if comment.get("id") is None else {"id": key_of(comment["id"])}
    return {"at": at, "kind": "replied", **keys, **named}


def _is_public(comment: Mapping[str, Any], assume_public: bool) -> bool:  # noqa: FBT001  an option
    said = comment.get("jsdPublic")
    for each in rows_of("properties", comment.get("properties") or ()):
        if mapping("property", each).get("key") == _PRIVACY:
            said = mapping("value", each.get("value")).get("internal") is not True
    if isinstance(said, bool):
        return said
    if not assume_public:
        meant = "it, or the comments with expand=properties, or assume_public=True"
        raise LogError.missing("jsdPublic", "the comment", meant)
    return comment.get("visibility") is None
