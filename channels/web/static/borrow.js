// Parts of another page of ours: what is shown twice is written once.

/** The element that `selector` finds in the page at `address`, as this document's own. */
export async function borrow(address, selector) {
  const response = await fetch(address);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return document.importNode(page.querySelector(selector), true);
}
