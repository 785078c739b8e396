import assert from "node:assert/strict";
import test from "node:test";

import { createCalendar, isApplePocket } from "../../../channels/web/static/calendar.js";
import { createTransport } from "../../../channels/web/static/transport.js";
import { words } from "../../../channels/web/static/words.js";

const PATH = "/chat/messages/3/calendar/1";

/** A press of the button whose server gives these answers in turn; `seen` tells what was opened and said. */
function rig(...answers) {
  const seen = { asked: [], opened: [], said: [], announced: [] };
  const on = {
    read: async (path) => {
      seen.asked.push(path);
      return answers.shift();
    },
    say: (text) => seen.said.push(text),
    announce: (text) => seen.announced.push(text),
  };
  return { seen, press: createCalendar(on, (text) => seen.opened.push(text)) };
}

test("the file of the server is opened, and said aloud", async () => {
  const { press, seen } = rig({ status: 200, body: "BEGIN:VCALENDAR" });
  await press(PATH);
  assert.deepEqual(seen, { asked: [PATH], opened: ["BEGIN:VCALENDAR"], said: [""], announced: [words.card.ready] });
});

test("a file that did not come is said, and can be asked for again", async () => {
  const { press, seen } = rig({ status: 0, body: null }, { status: 404, body: "{}" }, { status: 200, body: "BEGIN" });
  await press(PATH);
  await press(PATH);
  assert.deepEqual([seen.opened, seen.said], [[], [words.card.unread, words.card.unread]]);
  await press(PATH);
  assert.deepEqual(seen.opened, ["BEGIN"]);
});

test("pressed twice before the answer, it is asked for once", async () => {
  const { press, seen } = rig({ status: 200, body: "BEGIN" });
  await Promise.all([press(PATH), press(PATH)]);
  assert.deepEqual([seen.asked, seen.opened], [[PATH], ["BEGIN"]]);
});

test("the token is in a header, and never in an address", async () => {
  const asked = [];
  const send = async (path, { headers }) => {
    asked.push(path, headers.Authorization);
    return { status: 200, headers: new Map(), text: async () => "BEGIN:VCALENDAR" };
  };
  const { body } = await createTransport({ send, hidden: () => false }).calendar("secret", PATH);
  assert.deepEqual([body, asked], ["BEGIN:VCALENDAR", [PATH, "Bearer secret"]]);
});

test("an iPhone and an iPad are known, also when an iPad says that it is a Macintosh", () => {
  const iPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 13_7 like Mac OS X) AppleWebKit/605.1.15 Version/13.1.2 Mobile/15E148 Safari/604.1";
  const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/13.1.2 Safari/605.1.15";
  const android = "Mozilla/5.0 (Linux; Android 7.0) AppleWebKit/537.36 Chrome/80.0.3987.162 Mobile Safari/537.36";
  assert.ok(isApplePocket({ userAgent: iPhone, maxTouchPoints: 5 }));
  assert.ok(isApplePocket({ userAgent: mac, maxTouchPoints: 5 }));
  assert.ok(!isApplePocket({ userAgent: mac, maxTouchPoints: 0 }));
  assert.ok(!isApplePocket({ userAgent: android, maxTouchPoints: 5 }));
});
