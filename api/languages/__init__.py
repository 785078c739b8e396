"""Other languages: which one a message is in, what is said in it, and what in it cannot wait.

Why two witnesses are asked: docs/decisions/0025-other-languages.md.
"""

from api.languages.known import PREFIX, Language, languages, spoken_in
from api.languages.pressing import Cry, cry
from api.languages.recognising import language_of

__all__ = ["PREFIX", "Cry", "Language", "cry", "language_of", "languages", "spoken_in"]
