// How many messages came while nobody looked, in the title of the page: what a tab shows of itself.

/** `seen()`: somebody looks at `page`, a document. */
export function createUnread(page, seen) {
  const title = page.title;
  let count = 0;

  return {
    arrived(some) {
      if (seen() || !some) return;
      count += some;
      page.title = `(${count}) ${title}`;
    },
    looked() {
      if (!count) return;
      count = 0;
      page.title = title;
    },
  };
}
