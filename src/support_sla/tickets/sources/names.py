"""The policy's names for those of a product, and what a change of status means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from support_sla.errors import LogError, shown
from support_sla.tickets.sources.reading import key_of, keys_of


def folded(names: frozenset[str]) -> frozenset[str]:
    """Return names as they are compared, whatever their capitals."""
    return frozenset(name.casefold() for name in names)


class Names:
    """What the policy calls something that a product names in its own way.

    Without a mapping names are taken as they are. With one, a name that it lacks is refused; with
    `may_drop` it may give None for a name that does not count.
    """

    def __init__(self, option: str, given: object, *, may_drop: bool = False) -> None:
        self._option = option
        self._names: dict[str, str | None] | None = None
        if given is None:
            return
        if not isinstance(given, Mapping):
            raise LogError.value(option, given, "a mapping of names to the policy's names")
        for value in given.values():
            if not isinstance(value, str) and not (may_drop and value is None):
                raise LogError.value(option, value, "a name of the policy for each name")
        self._names = {key_of(key): value for key, value in given.items()}

    def of(self, field: str, value: object) -> str | None:
        """Return the policy's name for the value of a field, None for no value."""
        if value is None or value == "":
            return None
        key = key_of(value)
        if self._names is None:
            return key
        if key not in self._names:
            example = f"{self._option}={{{shown(key)}: ...}}"
            raise LogError.value(field, value, f"the policy's name for it, in {example}")
        return self._names[key]

    def needed(self, field: str, value: object) -> str:
        """Return the policy's name for the value of a field that has to have one."""
        name = self.of(field, value)
        if name is None:
            raise LogError.value(field, value, "the name that the product has for it")
        return name


class Departments:
    """The department of a ticket: always one, or one for each group, queue or project."""

    def __init__(self, department: str | Mapping[Any, str]) -> None:
        self._one = department if isinstance(department, str) else None
        if self._one is None and not isinstance(department, Mapping):
            meant = "the name of a department, or a mapping to the names of departments"
            raise LogError.value("department", department, meant)
        names = {} if isinstance(department, str) else dict(department)
        self._names = Names("department", names)
        self._without = names.get(None)

    def of(self, field: str, value: object) -> str:
        """Return the department of a group, queue or project, under the key None for none."""
        if self._one is not None:
            return self._one
        found = self._names.of(field, value) or self._without
        if found is None:
            raise LogError.value(field, value, "a department for it, in department={None: ...}")
        return found


class Ends(NamedTuple):
    """The statuses, as a product names them, in which a ticket is resolved or closed.

    Capitals do not matter: a product shows a status as 'Solved' and exports it as 'solved'.
    """

    resolved: frozenset[str]
    closed: frozenset[str]

    @classmethod
    def read(cls, resolved: object, closed: object, example: str) -> Ends:
        """Return what two options list."""
        return cls(
            folded(keys_of("resolved", resolved, example)),
            folded(keys_of("closed", closed, example)),
        )

    def is_end(self, status: object) -> bool:
        """Return whether a ticket in a status is resolved or closed."""
        return key_of(status).casefold() in self.resolved | self.closed

    def changed(self, before: object, after: object, name: str) -> dict[str, Any]:
        """Return the event of a change of status; `name` is what the policy calls the new one."""
        if key_of(after).casefold() in self.resolved:
            return {"kind": "resolved", "status": name}
        if key_of(after).casefold() in self.closed:
            return {"kind": "closed", "status": name}
        if self.is_end(before):
            return {"kind": "reopened", "status": name}
        return {"kind": "status", "to": name}
