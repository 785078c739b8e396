// Server-sent events read by hand (HTML standard, § 9.2): EventSource cannot send the Authorization header.

/** A parser: `feed(chunk)` takes text however it is cut and calls `onEvent({event, id, data})` for each whole event. */
export function createParser(onEvent) {
  let rest = "";
  let fields = {};

  function line(text) {
    if (text === "") return flush();
    if (text.startsWith(":")) return;
    const colon = text.indexOf(":");
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    fields[name] = name === "data" && "data" in fields ? `${fields.data}\n${value}` : value;
  }

  function flush() {
    if ("data" in fields) onEvent({ event: fields.event || "message", id: fields.id || null, data: fields.data });
    fields = {};
  }

  function feed(chunk) {
    // A final \r may be half of \r\n: it waits for the next piece.
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(line);
  }

  return { feed };
}
