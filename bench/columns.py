"""Columns: millions of deadlines through one look-up, beside its floor and beside who else has columns."""

from __future__ import annotations

import datetime as dt
import importlib.util
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from peers import DisagreementError
from report import Table, number, times
from support_sla import AnswerTable, Clock, load_policy
from timing import Job, calling, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support_sla import Policy
    from timing import Timing

YEARS = (2020, 2029)
ZONE = "Asia/Ho_Chi_Minh"
FLOOR, COPY = "`np.take` and `np.add`", "`np.copyto`"
PACKAGES = ("numpy", "pandas", "polars", "duckdb", "workclock", "pyarrow")


def columns(*, quick: bool) -> Iterator[Table]:
    """Measure and yield the tables about columns; none without what they are measured with."""
    if any(importlib.util.find_spec(name) is None for name in PACKAGES):
        return
    rows, turns = (1_000_000, 3) if quick else (10_000_000, 7)
    yield of_one_policy(rows, turns)
    yield beside_peers(rows, turns)
    yield grown_columns(rows, turns)


def _numpy() -> Any:
    return importlib.import_module("numpy")


def _submissions(rows: int, seed: int = 13) -> Any:
    np = _numpy()
    first, last = (dt.datetime(year, 1, 2, tzinfo=dt.UTC) for year in YEARS)
    draw = np.random.default_rng(seed)
    at = draw.integers(int(first.timestamp()), int(last.timestamp()) + 360 * 86_400, rows)
    return at * 1_000_000 + draw.integers(0, 1_000_000, rows)


class Floor:
    """What any look-up costs at least: one `take` and one `add` of as many rows."""

    def __init__(self, at: Any) -> None:
        np = _numpy()
        self.at, self.out = at, np.zeros_like(at)
        self.places = np.random.default_rng(1).integers(0, 1_000, len(at))
        self.table = np.arange(1_000)

    def jobs(self) -> list[Job]:
        """Return the floor and a plain copy as jobs."""
        np, rows = _numpy(), len(self.at)

        def take_and_add() -> None:
            np.take(self.table, self.places, out=self.out, mode="wrap")
            np.add(self.out, self.at, out=self.out)

        return [
            Job(FLOOR, calling(take_and_add), rows),
            Job(COPY, calling(lambda: np.copyto(self.out, self.at)), rows),
        ]


def _rate(timing: Timing) -> str:
    return number(1e-6 / timing.seconds)


def of_one_policy(rows: int, turns: int) -> Table:
    """Return what a column of the reference policy costs, as rows a second and times the floor."""
    from support_sla import bulk

    np, policy = _numpy(), load_policy("azdigi")
    at = _submissions(rows)
    naive = (at + 7 * 3_600 * 1_000_000).view("M8[us]")
    out = {name: np.zeros(rows, np.int64) for name in ("starts_at", "earliest_at", "due_at")}
    out["target"] = np.zeros(rows, np.int16)
    mixed = np.random.default_rng(2).integers(0, 2, rows).astype(np.int8)

    def run(submitted: Any, line: Any, outputs: Any, **more: Any) -> Callable[[int], None]:
        given = {name: out[name] for name in outputs}
        return calling(
            lambda: bulk.deadlines(submitted, policy, line=line, outputs=outputs, out=given, **more)
        )

    jobs = Floor(at).jobs()
    departments = ("technical", "billing")
    for name in departments:
        line = (name, "ticket")
        jobs += [
            Job(f"one {name}", run(at, line, ("due_at",)), rows),
            Job(f"two threads {name}", run(at, line, ("due_at",), threads=2), rows),
            Job(f"four {name}", run(at, line, tuple(out)), rows),
            Job(f"naive {name}", run(naive, line, ("due_at",), timezone=ZONE), rows),
        ]
    codes = bulk.Codes(mixed, departments)
    jobs.append(Job("mixed", run(at, codes, ("due_at",)), rows))
    timed = measure(jobs, turns)
    floor = timed[FLOOR].seconds
    table = Table(
        f"A column of {rows:,} rows of the reference policy, {YEARS[0]}-{YEARS[1]}: million rows a second",
        ("asked", "technical", "billing", f"times {FLOOR}"),
    )
    titles = {
        "one": "due alone",
        "two threads": "due alone, two threads",
        "four": "all four outputs",
        "naive": "due alone, local times without a zone",
    }
    for key, title in titles.items():
        found = [timed[f"{key} {name}"] for name in departments]
        shares = " / ".join(f"{each.seconds / floor:.2f}" for each in found)
        table.rows.append((title, *map(_rate, found), shares))
    both = timed["mixed"]
    table.rows.append(
        ("due alone, both mixed by a small number", _rate(both), "", f"{both.seconds / floor:.2f}")
    )
    table.notes = [
        (
            f"{FLOOR} of as many rows {_rate(timed[FLOOR])}, {COPY} {_rate(timed[COPY])}; "
            f"outputs preallocated, one thread unless told otherwise, min of {turns} turns."
        )
    ]
    return table


def beside_peers(rows: int, turns: int) -> Table:
    """Return what the due instants of the billing line cost others who answer columns."""
    from support_sla import bulk

    np, policy = _numpy(), load_policy("azdigi")
    at = _submissions(rows)
    out = np.zeros(rows, np.int64)
    line = ("billing", "ticket")

    def ours() -> None:
        bulk.deadlines(at, policy, line=line, outputs="due_at", out=out)

    ours()
    peers = _Peers(policy, at)
    jobs = [Job("support_sla `bulk.deadlines`", calling(ours), rows)]
    for name, (count, ask) in peers.asked().items():
        if not (np.asarray(ask(count)).astype("int64") == out[:count]).all():
            raise DisagreementError(f"{name} answers a column of the billing line otherwise")
        jobs.append(Job(name, calling(lambda ask=ask, count=count: ask(count)), count))
    jobs += [Job(f"{name}, by line", run, rows) for name, run in peers.by_line().items()]
    timed = measure(jobs, max(turns // 2, 2))
    first = timed[jobs[0].name]
    table = Table(
        "The due instants of the billing line, ten years, each in the form that costs it least",
        ("who", "rows asked", "million rows a second", "support_sla is faster by"),
    )
    for job in jobs:
        found = timed[job.name]
        table.rows.append(
            (job.name, f"{job.questions:,}", _rate(found), times(found.seconds / first.seconds))
        )
    table.notes = [
        (
            "workclock adds an hour on its schedule, the as-of joins use `AnswerTable.to_arrow`. All "
            "answers are compared before anything is timed. 'By line' is both lines of the policy mixed "
            "at random, told by the form that is named."
        )
    ]
    return table


class _Peers:
    """Others, each made ready before it is timed."""

    def __init__(self, policy: Policy, at: Any) -> None:
        np = _numpy()
        self.policy, self.at = policy, at
        self.tables = {
            name: AnswerTable.of(policy, department=name, first_year=YEARS[0], last_year=YEARS[1])
            for name in ("billing", "technical")
        }
        self.codes = np.random.default_rng(2).integers(0, 2, len(at)).astype(np.int8)
        self.names = ("billing", "technical")

    def asked(self) -> dict[str, tuple[int, Callable[[int], Any]]]:
        """Return each peer with how many rows it is asked, and how it is asked the first of them."""
        rows = len(self.at)
        return {
            "workclock `Schedule.add_many` (Rust)": (min(rows, 100_000), self._workclock()),
            "pandas `CustomBusinessHour`": (min(rows, 10_000), self._pandas()),
            "polars `join_asof`": (rows, self._polars()),
            "DuckDB `ASOF JOIN`": (rows, self._duckdb()),
        }

    def _closed(self) -> list[dt.date]:
        """Return the dates from Monday to Saturday on which the billing line does not open."""
        clock = Clock.of(self.policy, department="billing")
        zone = ZoneInfo(ZONE)
        first, last = dt.date(YEARS[0], 1, 1), dt.date(YEARS[1] + 1, 12, 31)
        start, end = (dt.datetime.combine(each, dt.time(0), zone) for each in (first, last))
        opens = {begin.date() for begin, _ in clock.periods(start, end)}
        dates = [first + dt.timedelta(days=each) for each in range((last - first).days)]
        return [date for date in dates if date.weekday() < 6 and date not in opens]

    def _workclock(self) -> Callable[[int], Any]:
        package = importlib.import_module("workclock")
        hours = package.WorkDay(dt.time(8), dt.time(17), days=(0, 1, 2, 3, 4, 5))
        schedule = package.Schedule([hours, package.Holidays(self._closed())], time_zone=ZONE)
        at, hour = self.at.view("M8[us]"), _numpy().timedelta64(1, "h")
        return lambda count: schedule.add_many(at[:count], hour)

    def _pandas(self) -> Callable[[int], Any]:
        package = importlib.import_module("pandas")
        step = package.offsets.CustomBusinessHour(
            1,
            weekmask="Mon Tue Wed Thu Fri Sat",
            holidays=self._closed(),
            start="08:00",
            end="17:00",
        )
        series = package.Series(self.at.view("M8[us]")).dt.tz_localize("UTC").dt.tz_convert(ZONE)

        def ask(count: int) -> Any:
            return (
                package.DatetimeIndex([each + step for each in series.iloc[:count]])
                .as_unit("us")
                .asi8
            )

        return ask

    def _polars(self) -> Callable[[int], Any]:
        pl = importlib.import_module("polars")
        rows = pl.from_arrow(self.tables["billing"].to_arrow()).with_columns(
            pl.col("begins_at").set_sorted()
        )
        asked = pl.DataFrame({"at": self.at}).with_columns(
            pl.col("at").cast(pl.Datetime("us", "UTC")), row=pl.int_range(pl.len())
        )
        due = pl.max_horizontal("at", "due_from") + pl.col("due_after")

        def ask(count: int) -> Any:
            joined = asked[:count].sort("at").join_asof(rows, left_on="at", right_on="begins_at")
            return joined.sort("row").select(due=due)["due"].to_physical().to_numpy()

        return ask

    def _duckdb(self) -> Callable[[int], Any]:
        link = importlib.import_module("duckdb").connect()
        link.execute("SET TimeZone = 'UTC'")
        pa = importlib.import_module("pyarrow")
        numbers = pa.array(self.at)
        tickets = pa.table(
            {"at": numbers.cast(pa.timestamp("us", "UTC")), "n": range(len(self.at))}
        )
        link.register("line", self.tables["billing"].to_arrow())

        def ask(count: int) -> Any:
            link.register("tickets", tickets.slice(0, count))
            found = link.execute(
                "SELECT epoch_us(greatest(t.at, due_from) + due_after) AS due FROM tickets t "
                "ASOF LEFT JOIN line ON t.at >= begins_at ORDER BY n"
            )
            return found.fetchnumpy()["due"]

        return ask

    def by_line(self) -> dict[str, Callable[[int], None]]:
        """Return both lines at once: ours told by numbers, categories and texts, polars by a category."""
        from support_sla import bulk

        np, pl = _numpy(), importlib.import_module("polars")
        pa = importlib.import_module("pyarrow")
        out = np.zeros(len(self.at), np.int64)
        texts = pa.array(np.array(self.names)[self.codes])
        forms = {
            "small numbers": bulk.Codes(self.codes, self.names),
            "a dictionary": texts.dictionary_encode(),
            "texts": texts,
        }

        def ours(form: Any) -> Callable[[int], None]:
            return calling(
                lambda: bulk.deadlines(self.at, self.policy, line=form, outputs="due_at", out=out)
            )

        found = {f"support_sla, {name}": ours(form) for name, form in forms.items()}
        kind = pl.Enum(self.names)
        rows = pl.concat(
            [
                pl.from_arrow(table.to_arrow()).select(
                    "begins_at", "due_from", "due_after", line=pl.lit(name, kind)
                )
                for name, table in self.tables.items()
            ]
        ).sort("begins_at")
        asked = pl.DataFrame(
            {"at": self.at, "line": np.array(self.names)[self.codes]}
        ).with_columns(
            pl.col("at").cast(pl.Datetime("us", "UTC")),
            pl.col("line").cast(kind),
            row=pl.int_range(pl.len()),
        )
        due = pl.max_horizontal("at", "due_from") + pl.col("due_after")

        def joined() -> None:
            joined = asked.sort("at").join_asof(
                rows, left_on="at", right_on="begins_at", by="line", check_sortedness=False
            )
            joined.sort("row").select(due=due)

        return found | {"polars `join_asof` by an enum": calling(joined)}


def grown_columns(rows: int, turns: int) -> Table:
    """Return what rows, years and lines of a column cost, as nanoseconds a row."""
    from support_sla import bulk

    np, policy = _numpy(), load_policy("azdigi")
    jobs = []
    for count in (rows // 100, rows // 10, rows):
        at, out = _submissions(count), np.zeros(count, np.int64)

        def run(at: Any = at, out: Any = out) -> None:
            bulk.deadlines(at, policy, line=("billing", "ticket"), outputs="due_at", out=out)

        jobs.append(Job(f"{count:,} rows, ten years", calling(run), count))
    out = np.zeros(rows, np.int64)
    for years in (1, 10, 100):
        made = _desks(1)
        start = int(dt.datetime(1950, 1, 2, tzinfo=dt.UTC).timestamp()) * 1_000_000
        at = np.random.default_rng(3).integers(start, start + years * 365 * 86_400_000_000, rows)

        def over(at: Any = at, made: Policy = made) -> None:
            bulk.deadlines(at, made, line=("desk 0", "ticket"), outputs="due_at", out=out)

        jobs.append(Job(f"{rows:,} rows, a desk over {years} years", calling(over), rows))
    at = _submissions(rows)
    for lines in (5, 50, 200):
        made = _desks(lines)
        codes = np.random.default_rng(4).integers(0, lines, rows).astype(np.int16)
        form = bulk.Codes(codes, [f"desk {place}" for place in range(lines)])

        def mixed(made: Policy = made, form: Any = form) -> None:
            bulk.deadlines(at, made, line=form, outputs="due_at", out=out)

        jobs.append(Job(f"{rows:,} rows, {lines} lines mixed, ten years", calling(mixed), rows))
    timed = measure(jobs, max(turns // 2, 2))
    table = Table("How a column grows", ("column", "ns a row", "million rows a second"))
    for job in jobs:
        found = timed[job.name]
        table.rows.append((job.name, f"{found.seconds * 1e9:.2f}", _rate(found)))
    return table


def _desks(count: int) -> Policy:
    """Return a policy of desks with hours of their own, each answering within two business hours."""
    hours = {
        f"hours {place}": f"Mo-Fr {6 + place % 5:02}:{place % 4 * 15:02}-{15 + place % 6}:00"
        for place in range(count)
    }
    return load_policy(
        {
            "name": "many desks",
            "timezone": "Europe/Paris",
            "schedules": hours,
            "departments": {
                f"desk {place}": {
                    "channels": {
                        "ticket": {
                            "hours": {"schedule": f"hours {place}"},
                            "first_response": [{"within": "2h", "counted_in": "business_time"}],
                        }
                    }
                }
                for place in range(count)
            },
        }
    )
