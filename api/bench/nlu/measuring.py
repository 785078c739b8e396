"""The three classifiers, each trained on the same sentences and asked the same ones, one by one."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.bench.house import copied
from api.bench.nlu.asking import ask
from api.bench.nlu.diet import Diet, ensure_diet
from api.bench.nlu.sentences import french_set, held_out, training
from api.commands.evaluation import FALLBACK, Sentence, understood
from api.core.normaliser import normalise
from api.privacy.masking import mask_for_rasa
from api.supervisor.children import Supervisor
from api.supervisor.house import ROOT

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one classifier made of the held-out sentences."""

    right: list[bool]
    seconds: list[float]
    """Of each message."""
    memory: float
    """RSS once it has read them all, MB."""
    training: float
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The three, and our classifier's score on nlp.js's French set."""

    sentences: list[Sentence]
    ours: Reading
    diet: Reading
    linear: Reading
    trained_on: str
    """When DIET was, YYYY-MM-DD."""
    french_right: int
    french_asked: int


async def measure(say: Say) -> Measured:
    """Everything: three minutes once DIET is trained. Raises ChildFailed."""
    sentences = held_out()
    async with Supervisor(say) as supervisor:
        diet = await ensure_diet(supervisor, say)
        # The ports are of programs that are not started here.
        with copied(0, 0, 0) as copy:
            say("Hent apprend, à partir de rien")
            seconds = await supervisor.run(copy.train())
            say("Hent lit les phrases tenues à l'écart")
            ours = await asyncio.to_thread(_ours, copy.root, seconds, sentences)
            say("Hent apprend et lit les phrases de nlp.js")
            french = await asyncio.to_thread(_french, copy.root)
    say("DIET lit les mêmes phrases")
    theirs = await asyncio.to_thread(_diet, diet, sentences)
    say("La régression apprend et lit les mêmes phrases")
    linear = await asyncio.to_thread(_linear, sentences)
    return Measured(sentences, ours, theirs, linear, diet.trained_on, french["right"], french["asked"])


def right(sentences: Sequence[Sentence], parsed: Sequence[dict[str, Any]]) -> list[bool]:
    """Whether the first intent is the one meant, of each; the fallback that Rasa may prefer is not an intent."""
    return [_first(one) == sentence.intent for sentence, one in zip(sentences, parsed, strict=True)]


def _first(parsed: dict[str, Any]) -> str:
    return str(parsed["ranking"][0]["name"]) if parsed["ranking"] else FALLBACK


def _ours(root: Path, seconds: float, sentences: list[Sentence]) -> Reading:
    """The whole chain, urgent words and spelling included, in correctness as in time."""
    seen, before = [], []
    for sentence in sentences:
        began = time.perf_counter()
        seen.append(normalise(mask_for_rasa(sentence.text, ())))
        before.append(time.perf_counter() - began)
    told = ask("rasa_model", seen, root / "bot", str(next((root / "models").glob("*.tar.gz"))))
    hits, after = [], []
    for sentence, one in zip(sentences, told.answer["parsed"], strict=True):
        began = time.perf_counter()
        hits.append(understood(sentence, one).intent == sentence.intent)
        after.append(time.perf_counter() - began)
    took = [sum(each) for each in zip(before, told.answer["seconds"], after, strict=True)]
    return Reading(hits, took, told.memory, seconds)


def _diet(model: Diet, sentences: list[Sentence]) -> Reading:
    told = ask("rasa_model", _texts(sentences), ROOT / "bot", str(model.archive), "--neural")
    return Reading(right(sentences, told.answer["parsed"]), told.answer["seconds"], told.memory, model.seconds)


def _linear(sentences: list[Sentence]) -> Reading:
    told = ask("linear", {"learn": training(), "texts": _texts(sentences)}, ROOT / "bot")
    answer = told.answer
    return Reading(right(sentences, answer["parsed"]), answer["seconds"], told.memory, answer["training"])


def _french(root: Path) -> dict[str, int]:
    told: dict[str, int] = ask("french_set", french_set(), root / "bot", "../build/spacy").answer
    return told


def _texts(sentences: Sequence[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]
