import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { knownRows, spaced } = await load("accountview.js");
const { ACTS, actsOf, found, stateWords } = await load("accountsview.js");
const { about, countWords, query } = await load("journalview.js");
const { meaning } = await load("answers.js");
const { words } = await load("transcripts.js");

const account = { active: true, second_factor: true, sessions: 2, invited: false, mine: false };

test("a key is shown in groups of four", () => {
  assert.equal(spaced("ABCDEFGHIJ"), "ABCD EFGH IJ");
  assert.equal(spaced("ABCDEFGH"), "ABCD EFGH");
});

test("an absence whose end nobody knows says when it begins", () => {
  const away = { absent_from: "2026-12-01", absent_until: null, stand_in: null };
  const said = Object.fromEntries(knownRows(away));
  assert.equal(said.Absence, "À partir du 1 décembre 2026");
  assert.equal(said.Remplacement, "Personne");
});

test("the state of an account is said in words", () => {
  assert.equal(stateWords(account), "Actif, protégé par un code, 2 sessions ouvertes");
  assert.equal(
    stateWords({ ...account, second_factor: false, sessions: 0, invited: true }),
    "Actif, sans code, invitation en attente"
  );
  assert.equal(stateWords({ ...account, active: false }), "Désactivé");
});

test("nobody acts upon their own account, and only what means something is offered", () => {
  assert.deepEqual(actsOf({ ...account, mine: true }), []);
  assert.deepEqual(actsOf({ ...account, active: false }), ["activate"]);
  assert.deepEqual(actsOf(account), ["invite", "end-sessions", "remove-second-factor", "deactivate"]);
  assert.deepEqual(actsOf({ ...account, sessions: 0, second_factor: false }), ["invite", "deactivate"]);
});

test("what takes something away is asked first", () => {
  const asked = Object.keys(ACTS).filter((name) => ACTS[name].sure);
  assert.deepEqual(asked, ["remove-second-factor", "deactivate"]);
});

test("an account is found by any word, without accents", () => {
  const all = [
    { name: "Maël Guégan", email: "mael@example.org", organisation: "CDAS de Brest" },
    { name: "Sarah Le Bris", email: "sarah@example.org", organisation: "CDAS de Quimper" },
  ];
  assert.deepEqual(found(all, "guegan brest"), [all[0]]);
  assert.deepEqual(found(all, " "), all);
  assert.deepEqual(found(all, "guegan quimper"), []);
});

test("a page of the journal says where it stands", () => {
  assert.equal(countWords(1, 50, 132), "1 à 50, sur 132 consultations");
  assert.equal(countWords(3, 32, 132), "101 à 132, sur 132 consultations");
  assert.equal(countWords(1, 0, 0), "Aucune consultation.");
  assert.equal(countWords(9, 0, 132), "Cette page est vide.");
});

test("an entry of the journal says whose file, or whose account", () => {
  assert.equal(about({ person: "Maëlle Le Goff", account: null }), "Maëlle Le Goff");
  assert.equal(about({ person: null, account: "Maël Guégan" }), "Compte : Maël Guégan");
  assert.equal(about({ person: null, account: null }), "Aucune");
});

test("what is not asked for is not in the address", () => {
  assert.equal(query(2, { caseworker: "", from: "2026-11-01", until: "" }), "page=2&from=2026-11-01");
});

test("whoever mistypes their password stays; whoever is signed out goes", () => {
  const mistyped = meaning({ status: 401, body: { error: "wrong_password", message: "Ce mot de passe n’est pas le vôtre." } });
  assert.deepEqual([mistyped.ended, mistyped.say], [false, "Ce mot de passe n’est pas le vôtre."]);
  assert.equal(meaning({ status: 401, body: { error: "signed_out" } }).ended, true);
  assert.match(meaning({ status: 0, body: null }).say, /ne répond pas/);
  assert.equal(meaning({ status: 204, body: null }).done, true);
});

test("a copy says who asked, why, and who has to agree", () => {
  const one = {
    line: "mon loyer",
    asked_by: "Ronan Le Gall",
    asked_at: "2026-12-02T13:05:00Z",
    why: "pour son avocat",
    approved_by: null,
    can_approve: false,
  };
  assert.match(words(one), /^« mon loyer » : copie demandée par Ronan Le Gall, .*14:05\. Motif : pour son avocat — une autre/);
  assert.match(words({ ...one, approved_by: "Nolwenn Kerbourch" }), /accord de Nolwenn Kerbourch$/);
  assert.match(words({ ...one, can_approve: true }), /pour son avocat$/);
});
