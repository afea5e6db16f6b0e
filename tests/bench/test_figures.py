import json

import pytest

from bench.figures import Aim, Figure, measure


def figure(values: list[float], target: float | None) -> Figure:
    return Figure("posts", "notes/s", values, [100.0] * len(values), "bare INSERT", target)


@pytest.mark.parametrize(
    ("values", "met"),
    [
        ([60.0, 61, 62, 63, 64], True),
        ([30.0, 31, 32, 33, 34], False),
        ([20.0, 30, 50, 70, 80], None),
    ],
    ids=["above", "below", "too noisy to tell"],
)
def test_a_target_is_met_missed_or_left_open(values: list[float], met: bool | None) -> None:
    assert figure(values, target=0.5).met is met


@pytest.mark.parametrize(
    ("values", "met"),
    [
        ([200.0, 210, 220, 230, 240], True),
        ([400.0, 410, 420, 430, 440], False),
        ([200.0, 250, 300, 350, 400], None),
    ],
    ids=["below", "above", "too noisy to tell"],
)
@pytest.mark.parametrize(("aim", "target"), [(Aim.VALUE_AT_MOST, 300), (Aim.RATIO_AT_MOST, 3)])
def test_where_less_is_better_a_target_is_met_from_below(
    values: list[float], met: bool | None, aim: Aim, target: float
) -> None:
    assert Figure("p99", "ms", values, [100.0] * 5, "bare protocol", target, aim=aim).met is met


def test_a_figure_without_a_target_gives_no_verdict() -> None:
    assert figure([1.0, 2, 3, 4, 5], target=None).met is None


def test_a_line_of_json_has_every_fact_of_a_figure() -> None:
    line = json.loads(figure([40.0, 50, 50, 50, 60], target=0.4).as_json())
    assert line == {
        "name": "posts",
        "value": 50,
        "unit": "notes/s",
        "floor": 100,
        "floor_is": "bare INSERT",
        "peer": None,
        "aim": "ratio at least",
        "ratio": 0.5,
        "rounds": 5,
        "spread": 0.4,
        "target": 0.4,
        "met": True,
        "values": [40, 50, 50, 50, 60],
        "floors": [100] * 5,
    }


def test_rounds_take_turns_and_the_first_is_thrown_away() -> None:
    went: list[str] = []

    def lane(name: str) -> float:
        went.append(name)
        return len(went)

    found = measure({"a": lambda: lane("a"), "b": lambda: lane("b")}, rounds=2)
    assert went == ["b", "a", "a", "b", "b", "a"]
    assert found == {"a": [3, 6], "b": [4, 5]}


def test_lanes_that_begin_afresh_need_no_warming_up() -> None:
    went: list[int] = []
    found = measure({"a": lambda: went.append(1) or len(went)}, rounds=2, warm_up=False)
    assert found == {"a": [1, 2]}
