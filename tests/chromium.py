"""A real Chromium: where it is, how it is started, and what happens where there is none."""

import os
import shutil

import pytest

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def executable() -> str:
    """Its path. Without one the test is skipped loudly, or fails where everything is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        assert os.environ.get("REQUIRE_ALL") != "1", "Chromium is required (REQUIRE_ALL=1) and absent"
        pytest.skip("SKIPPED: Chromium is absent, no page was tried in a browser")
    return found
