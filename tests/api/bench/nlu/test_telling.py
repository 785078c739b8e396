import pytest

from api.bench.figures import as_json
from api.bench.nlu.measuring import Measured, Reading, right
from api.bench.nlu.telling import figures, rows, share, shown
from api.commands.evaluation import Sentence

SENTENCES = [Sentence("greet", register, "bonjour") for register in ("careful", "careful", "plain", "sms")]
MEASURED = Measured(
    SENTENCES,
    ours=Reading([True, True, True, False], [0.001, 0.002, 0.003, 0.004], 500.0, 50.0),
    diet=Reading([True, False, True, False], [0.01, 0.02, 0.03, 0.04], 1000.0, 2000.0),
    linear=Reading([False, False, True, True], [0.001, 0.001, 0.001, 0.001], 200.0, 40.0),
    trained_on="2026-11-25",
    french_right=219,
    french_asked=256,
)


def parsed(*names: str) -> dict[str, list[dict[str, object]]]:
    return {"ranking": [{"name": name, "confidence": 0.5} for name in names]}


def test_the_first_intent_alone_can_be_right() -> None:
    assert right(SENTENCES[:3], [parsed("greet", "thank"), parsed("thank", "greet"), parsed()]) == [True, False, False]


def test_a_row_holds_the_three_in_order() -> None:
    told = {row.name: (row.ours, row.diet, row.linear) for row in rows(MEASURED)}
    assert told["accuracy"] == (75, 50, 50)
    assert told["accuracy_careful"] == (100, 50, 0)
    assert told["accuracy_plain"] == (100, 100, 100)
    assert told["accuracy_sms"] == (0, 0, 100)
    assert told["message_median"] == pytest.approx((2.5, 25, 1))
    assert told["message_p95"] == pytest.approx((4, 40, 1))
    assert (told["memory"], told["train"]) == ((500, 1000, 200), (50, 2000, 40))


def test_a_line_of_the_table_shows_three_digits_and_the_unit() -> None:
    assert shown(rows(MEASURED)[0]) == ("Intention juste", "75", "50", "50", "%")


def test_each_row_is_told_over_each_reference() -> None:
    told = as_json(figures(MEASURED))
    assert told["accuracy_diet"] == {"value": 75.0, "unit": "%", "reference": 50.0, "ratio": 1.5}
    assert told["message_median_diet"]["ratio"] == 0.1
    assert {f"{row.name}_{name}" for row in rows(MEASURED) for name in ("diet", "linear")} <= set(told)


def test_what_only_one_understood_is_told_with_its_test() -> None:
    told = as_json(figures(MEASURED))
    assert told["only_ours_diet"] == {"value": 1.0, "unit": "phrases", "reference": 0.0, "ratio": None}
    assert told["only_ours_linear"] == {"value": 2.0, "unit": "phrases", "reference": 1.0, "ratio": 2.0}
    assert (told["mcnemar_diet"]["value"], told["mcnemar_linear"]["value"]) == (1.0, 1.0)


def test_the_french_set_is_over_what_diet_reached() -> None:
    assert as_json(figures(MEASURED))["nlpjs_fr"] == {"value": 85.5, "unit": "%", "reference": 82.4, "ratio": 1.04}


def test_no_sentence_has_no_share() -> None:
    with pytest.raises(ZeroDivisionError):
        share([])
