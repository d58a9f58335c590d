"""Labels by language, and what a policy shows of them."""

from __future__ import annotations

from typing import Any

from builders import policy, rule_data, when
from support_sla import Labels, compute_deadline

TEXTS = {"en": "critical", "vi": "nghiêm trọng"}


def test_labels_show_how_many_there_are() -> None:
    assert "Labels(priority={...1 label...})" == repr(Labels(priority={"high": TEXTS}))


def test_a_customer_reads_labels_in_his_language_and_never_the_identifier() -> None:
    gold = {"when": {"priority": ["sev1"], "attributes": {"plan": ["gold"]}}}
    made = policy(
        {**gold, **rule_data(name="r1")},
        when(priority=("sev1",), name="r2"),
        rule_data(name="r3"),
        priorities=["sev1"],
        attributes={"plan": ["gold"]},
        labels={
            "priority": {"sev1": TEXTS},
            "attribute": {"plan": {"en": "contract", "vi": "hợp đồng"}},
            "value": {"plan": {"gold": {"en": "Gold", "vi": "Vàng"}}},
            "rule": {"r1": {"en": "Gold critical", "vi": "Vàng nghiêm trọng"}},
        },
    )
    names: dict[str, Any] = {
        "department": "desk",
        "priority": "sev1",
        "attributes": {"plan": "gold"},
    }
    found = compute_deadline(made, "2026-03-02T09:00:00+07:00", **names)
    assert (
        "because the request's priority is critical and the request's contract is Gold."
        in found.explain()
    )
    for language, said in (("en", "Rule Gold critical"), ("vi", "Vàng nghiêm trọng")):
        words = found.explain(language, long=True)
        assert said in words
        assert not {"'sev1'", "'gold'", "'plan'", "'r1'"} & {*words.split()}


def test_a_policy_in_a_notebook_says_what_a_promise_in_days_is() -> None:
    made = policy({"within": "2 business days", "by": "16:00"})
    assert "default: 2 business days by 16:00" in made._repr_markdown_()
