// What is younger than the oldest browsers and is used all the same, each with what stands in for it there.

/** Names of ours that are also names of young things: fields of what the server answers. */
export const FIELDS = ["address", "hours", "until", "when"];

const COSMETIC = "without it the page looks a little less well, and works the same";

/** Names as the checks tell them, and why. */
export const ALLOWED = {
  ":focus-visible": "a rule of its own: where it is unknown every focus has its ring, that of a mouse as well",
  "color-scheme": "the bars and fields of the browser stay light in the dark",
  cursor: "telephones have none",
  resize: "telephones have no corner to pull",
  "scroll-behavior": "only ever set to auto, for whoever wants no movement",
  "scroll-margin-bottom": COSMETIC,
  "scroll-margin-top": COSMETIC,
  "text-size-adjust": "-webkit-text-size-adjust stands beside it",
  "text-underline-offset": COSMETIC,
};
