// Whether an answer helped, as the person said last in this tab.

/** `token()` opens the conversation; what it says is told to the server, and kept in `store`. */
export function createOpinions({ transport, token, store, signal }) {
  return {
    /** The answer `seq` helped, or did not. Resolves to whether that was kept. */
    async judge(seq, helpful) {
      const kept = (await transport.judge(token(), seq, helpful, signal)).status === 204;
      if (kept && !signal.aborted) store.write("judged", { seq, helpful });
      return kept;
    },
    /** What was said of it: true, false, or null. */
    judged(seq) {
      const said = store.read("judged");
      return said && said.seq === seq ? said.helpful : null;
    },
  };
}
