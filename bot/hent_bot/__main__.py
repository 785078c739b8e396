"""`python -m hent_bot run …` and `python -m hent_bot train …`: Rasa's own command line, started lean.

Same arguments as `rasa`, to be called with `bot/` as the working directory.
"""

from __future__ import annotations

from hent_bot import lean

lean.install()

from rasa.__main__ import main  # noqa: E402  (it must find TensorFlow already left out)

from hent_bot.settings import read_secret_files  # noqa: E402

if __name__ == "__main__":
    read_secret_files()
    main()
