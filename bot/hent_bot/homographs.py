"""Communes of Brittany whose name, once folded, is also a French word or a first name.

Read through by hand from the 1,202 names of data/reference/communes_bretagne.csv and from communes_everyday.yml. Vitré,
Fougères, Vannes and Redon are left out on purpose: they are towns where many people live, far likelier here than a
pane, ferns, jokes or "redon".
"""

from __future__ import annotations

# A place only after a preposition of place, or alone in its message.
NEEDS_PREPOSITION = frozenset(
    {
        "bain",
        "beauce",
        "bille",
        "bouillie",
        "brie",
        "brulais",
        "caro",
        "cast",
        "champeaux",
        "cintre",
        "esse",
        "feins",
        "ferre",
        "gael",
        "graces",
        "josselin",
        "la bouillie",
        "la martyre",
        "la motte",
        "le cours",
        "le ferre",
        "le mene",
        "le palais",
        "le saint",
        "le verger",
        "le vieux bourg",
        "le vieux marche",
        "martyre",
        "melle",
        "mene",
        "motte",
        "moulins",
        "mousse",
        "moutiers",
        "palais",
        "parce",
        "paule",
        "prat",
        "prince",
        "rieux",
        "rohan",
        "romagne",
        "sains",
        "sene",
        "taillis",
        "taule",
        "treve",
        "trimer",
        "verger",
        "vieux bourg",
        "vieux marche",
    }
)
# Without its article it would be found in almost every sentence.
NEVER_WITHOUT_ARTICLE = frozenset({"le cours", "le saint"})
