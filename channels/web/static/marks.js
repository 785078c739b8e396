// Tells the server how far the person has read: what a caseworker is shown, and what an SMS waits for.
// A page that nobody looks at has shown nothing.

// Several messages that come together are one mark.
const CALM = 400;

/** `tell(seq)` resolves to whether the server heard it; `visible()` says if the page is before somebody's eyes. */
export function createMarks({ tell, visible, after = setTimeout }) {
  let drawn = 0;
  let told = 0;
  let waiting = false;

  async function mark() {
    waiting = false;
    if (drawn <= told || !visible()) return;
    const seq = drawn;
    if (await tell(seq)) told = Math.max(told, seq);
  }

  function soon() {
    if (waiting || drawn <= told) return;
    waiting = true;
    after(mark, CALM);
  }

  return {
    /** Messages up to `seq` are on the page. */
    drawn(seq) {
      drawn = Math.max(drawn, seq);
      soon();
    },
    /** The page is looked at again, or the network is back. */
    looked: soon,
  };
}
