"""What is asked of a course that was shown as help, and whom to call for each of several."""

import httpx

from api.core.database import Database
from tests import factories
from tests.actions.test_courses import learner


async def test_a_course_that_was_shown_as_help_is_told_as_help(database: Database, client: httpx.AsyncClient) -> None:
    """ "C'est quand, le cours ?" after a French course was told that no course had been shown."""
    async with database.transaction() as session:
        await factories.service(session, name="Cours de français")
    someone = await learner(database, client)
    assert (await someone.says("action_search_support", "search_support", "permis brest", place="brest"))[
        1
    ] == "support_item"

    assert await someone.details("le cours de mots passants") == ["help_what"]
    assert await someone.applies("comment je m inscris") == ["help_access"]


async def test_whoever_wants_to_join_one_of_several_is_told_whom_to_call_for_each(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client)
    await someone.searches()

    assert await someone.applies("comment je m inscris") == ["apply_training"]
    told = await someone.facts()
    assert [one["label"] for one in told["several"]] == ["Soudeur arc", "Soudeur mig", "Soudeur tig"]
    assert all(one["provider_phone"] and one["provider"] for one in told["several"])
    await someone.applies("inscrivez moi au 1")
    assert (await someone.facts())["several"] == []
