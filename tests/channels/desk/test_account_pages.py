"""Accounts in a real Chromium: a code is added, somebody is invited and shut out, the journal is read."""

import pyotp
import pytest
from playwright.async_api import expect

from tests.channels.desk.browsing import Site, faults
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.desk.conftest import PASSWORD, Browser, Team

pytestmark = pytest.mark.browser


async def test_a_code_is_added_by_a_telephone(site: Site, ours: Team) -> None:
    page = await site.window(ours.caseworker)
    await site.show(page, "/account")
    await page.get_by_label("Votre mot de passe").fill(PASSWORD)
    await page.get_by_role("button", name="Commencer").press("Enter")
    picture = page.get_by_role("img", name="Code QR")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 100
    assert await faults(page) == []
    secret = await page.locator("#secret").inner_text()
    await expect(page.get_by_label("Code à six chiffres")).to_be_focused()
    await page.keyboard.type(pyotp.TOTP(secret.replace(" ", "")).now())
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Votre compte demande un code à chaque connexion.")).to_be_visible()


async def test_a_wrong_password_is_said_and_nobody_is_sent_away(site: Site, ours: Team) -> None:
    page = await site.window(ours.caseworker)
    await site.show(page, "/account")
    await page.get_by_label("Votre mot de passe").fill("faux")
    await page.get_by_role("button", name="Commencer").click()
    await expect(page.get_by_role("alert")).to_contain_text("Ce mot de passe n'est pas le vôtre.")


async def test_an_administrator_invites_finds_and_shuts_out_with_the_keyboard(site: Site, ours: Team) -> None:
    page = await site.window(ours.colleagues["Aziliz"])
    await site.show(page, "/accounts")
    await page.get_by_label("Prénom").focus()
    for typed in ("Maël", "Guégan", "mael.guegan@exemple.fr", "02 61 91 00 12"):
        await page.keyboard.type(typed)
        await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Envoyer l’invitation").press("Enter")
    await expect(page.locator("#done")).to_have_text("L’invitation de Maël Guégan est partie.")
    await page.get_by_label("Chercher un nom").fill("guegan")
    await expect(page.locator("#accounts tr")).to_have_count(1)
    assert await faults(page) == []
    await page.get_by_role("button", name="Désactiver : Maël Guégan").press("Enter")
    await page.get_by_role("button", name="Confirmer").press("Enter")
    await expect(page.locator("#accounts")).to_contain_text("Désactivé")
    await expect(page.get_by_role("button", name="Réactiver : Maël Guégan")).to_be_focused()


async def test_an_auditor_reads_who_looked(site: Site, browser: Browser, ours: Team, path: str) -> None:
    await (await browser(ours.colleagues["Ronan"])).get(path)
    page = await site.window(ours.colleagues["Sarah"])
    await site.show(page, "/journal")
    await page.get_by_label("De qui").select_option(label="Ronan Kerdoncuff")
    await page.get_by_role("button", name="Montrer").press("Enter")
    await expect(page.locator("#entries tr")).to_have_count(1)
    await expect(page.locator("#entries")).to_contain_text("Demande lue")
    assert await faults(page) == []
