"""`python -m hent_bot.measured.linear`: the plainest classifier that works, words weighed by rarity and a regression.

Reads `{learn: [[text, intent], …], texts: […]}`; writes `{parsed, seconds, training}`. Texts as they were written, in
lower case.
"""

from __future__ import annotations

import time
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from hent_bot.measured.talk import Watch, answer, named

# Of 1, 10 and 30, the best on tests/bot/tuning: a reference that was left untuned would flatter us.
_C = 30


def compare(question: dict[str, Any]) -> dict[str, Any]:
    """Learn, then read the texts one by one."""
    began = time.perf_counter()
    model = learn(question["learn"])
    training = time.perf_counter() - began
    watch, parsed = Watch(), []
    for text in question["texts"]:
        with watch:
            chances = model.predict_proba([text])[0]
        parsed.append(named(str(model.classes_[chances.argmax()]), float(chances.max())))
    return {"parsed": parsed, "seconds": watch.seconds, "training": training}


def learn(pairs: list[tuple[str, str]]) -> Pipeline:
    """The regression of `(text, intent)` pairs, on words alone and by two."""
    texts, intents = zip(*pairs, strict=True)
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(C=_C, max_iter=1000))
    return model.fit(texts, intents)


if __name__ == "__main__":
    answer(compare)
