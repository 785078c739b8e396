// The pages of the desk, and the way back to one after signing in.

export const MINE = "account";

// By the names that `me.pages` gives, in the order of the navigation.
export const PAGES = {
  requests: { path: "/", label: "Demandes" },
  people: { path: "/people", label: "Mes personnes" },
  unreached: { path: "/unreached", label: "Sans SMS" },
  team: { path: "/team", label: "Équipe" },
  accounts: { path: "/accounts", label: "Comptes" },
  notices: { path: "/notices", label: "Annonces" },
  journal: { path: "/journal", label: "Journal" },
  account: { path: "/account", label: "Mon compte" },
};

const NEXT = /^#next=(.+)$/;

/** Where one signs in before `page`. */
export function signInFirst(page) {
  return PAGES[page].path === "/" ? "/" : `/#next=${PAGES[page].path}`;
}

/** The page that a link to sign in leads on to, or null. Only ours: an address from elsewhere leads nowhere. */
export function nextPlace(hash) {
  const [, wanted] = NEXT.exec(hash) || [null, null];
  return Object.values(PAGES).some(({ path }) => path === wanted) ? wanted : null;
}
