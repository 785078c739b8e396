// A text that the page holds, as a file that the browser keeps.

// Some browsers read the Blob after the click; a minute is enough for the slowest disk.
const RELEASE = 60000;

/** Keeps `text` under `name`; `type` as in "text/plain;charset=utf-8". */
export function download(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE);
}
