// The one script that a site puts in its pages to show the chat:
//   <script src="https://hent.example/embed.js" data-authority="cd29" defer></script>
// `data-phone`, optional, is the number given when the chat cannot be reached; `data-label` the words on the button.
// It draws that button, and asks for nothing, keeps nothing, before it is pressed. Then the chat opens in a frame of
// Hent's own origin: of the conversation, this page learns that it is there and how many messages wait.
// A classic script for whatever page it stands in. Styles are set by script, which a strict policy of the page
// (style-src) allows; it must name Hent in script-src and frame-src. At most 3 KB once its blanks are gone.

(() => {
  const { src, dataset } = document.currentScript;
  const home = new URL(src).origin;
  const { authority, phone, label = "Poser une question à Hent" } = dataset;
  const BLUE = "font:inherit;padding:.7em 1.2em;background:#0d5261;color:#fff;border:2px solid #fff;border-radius:2em";
  const PANEL = "text-align:left;background:#fff;color:#14252c;border:1px solid #77858b;box-shadow:0 8px 32px #0004;";
  const WHOLE = `${PANEL}position:fixed;top:0;right:0;bottom:0;left:0`;
  const SIZE = "width:400px;height:640px;max-height:calc(100vh - 96px);margin-bottom:8px";
  const ABOVE = `${PANEL}border-radius:16px;overflow:hidden;${SIZE}`;

  const make = (into, tag, style = "", text = "", given = {}) => {
    const made = document.createElement(tag);
    made.style.cssText = style;
    made.textContent = text;
    Object.entries(given).forEach((one) => made.setAttribute(...one));
    return into.appendChild(made);
  };

  // However often a tag manager puts the script in the page.
  if (document.querySelector("hent-chat")) return;
  const root = make(
    document.body,
    "hent-chat",
    "all:initial;position:fixed;right:16px;bottom:16px;z-index:2147483647;text-align:right;font:max(1rem,16px) sans-serif"
  ).attachShadow({ mode: "open" });
  const box = make(root, "div", "display:none", "", { role: "dialog", "aria-label": "Hent, assistant automatique" });
  // What changes on the button is read aloud.
  const button = make(make(root, "div", "", "", { role: "status" }), "button", BLUE, label, { "aria-expanded": false });
  let frame, sorry, ready, open = false, last = 0;

  const tell = (word) => frame.contentWindow.postMessage({ hent: word }, home);
  const greet = () => tell(open ? "opened" : "closed");

  const fit = () => {
    // A telephone, or a window at 200 %.
    const small = Math.min(innerWidth, innerHeight) < 480;
    box.style.cssText = open ? (small ? WHOLE : ABOVE) : "display:none";
  };

  const turn = (on) => {
    open = on;
    fit();
    button.setAttribute("aria-expanded", open);
    frame ? greet() : load();
    // A frame that is not there yet would lose it.
    (open && ready ? frame : button).focus();
  };

  const load = () => {
    // As a part of a line it would be followed by a gap, by which a focus scrolls it.
    frame = make(box, "iframe", "width:100%;height:100%;border:0;float:left", "", {
      title: "Conversation",
      referrerpolicy: "no-referrer",
      src: `${home}/embed/${authority}`,
    });
    frame.onload = greet;
    setTimeout(() => ready || fail(), 1e4);
  };

  const fail = () => {
    frame.hidden = true;
    sorry = make(box, "p", "padding:1em", "L’assistant ne répond pas. Appelez votre collectivité ");
    if (phone) make(sorry, "a", "", `au ${phone}`, { href: `tel:${phone.replace(/ /g, "")}` });
    sorry.append(" ou ");
    make(sorry, "a", "", "ouvrez une autre page", { href: `${home}/chez/${authority}`, target: "_blank" });
    make(make(sorry, "p"), "button", BLUE, "Fermer").onclick = heard.close;
  };

  const heard = {
    ready() {
      ready = true;
      if (sorry) sorry.remove();
      frame.hidden = false;
      if (open) frame.focus();
    },
    unread(count) {
      button.textContent = count ? `${label} (${count} nouveau${count > 1 ? "x messages" : " message"})` : label;
    },
    close() {
      last = Date.now();
      turn(false);
    },
    // The page of quit.js.
    quit() {
      document.title = "Météo";
      document.body.textContent = "";
      location.replace("https://www.meteofrance.com/");
    },
  };

  addEventListener("message", ({ source, origin, data }) => {
    if (frame && source === frame.contentWindow && origin === home) heard[data.hent](data.count);
  });
  button.onclick = () => turn(!open);
  addEventListener("resize", fit);
  document.addEventListener("keydown", ({ key, repeat }) => {
    if (!frame || key !== "Escape" || repeat) return;
    // Once closes, twice within a second leaves, as everywhere in Hent. Closed, the page's own use of the key is its own.
    if (Date.now() - last < 1000) {
      tell("quit");
      setTimeout(heard.quit, 300);
    } else if (open) heard.close();
  });
})();
