"""What desks call things, in French."""

from api.escalations.tables import Event, Kind, Priority, Reason
from api.pathways.state import Stage

REASONS = {
    Reason.asked: "veut parler à quelqu'un",
    Reason.callback: "veut être rappelé",
    Reason.first_appointment: "attend depuis plus longtemps que le délai",
    Reason.no_slot: "aucun créneau libre",
    Reason.appointment_change: "rendez-vous à changer",
    Reason.appointment_declined: "rendez-vous annulé par la personne",
    Reason.hindrance: "difficulté",
    Reason.training_application: "formation voulue",
    Reason.support: "aide demandée",
    Reason.erasure: "effacement demandé",
    Reason.not_understood: "pas compris par l'assistant",
    Reason.urgent: "message urgent",
    Reason.complaint: "mécontentement",
    Reason.letter: "courrier avec une date limite",
    Reason.by_caseworker: "contactée par le service",
    Reason.number: "téléphone à vérifier",
    Reason.noticed: "suivi à relancer",
}
PRIORITIES = {Priority.urgent: "Urgent", Priority.high: "Prioritaire", Priority.normal: "Normal"}
KINDS = {Kind.to_answer: "À répondre", Kind.to_know: "À savoir"}
EVENTS = {
    Event.opened: "Demande reçue",
    Event.repeated: "Demandé de nouveau",
    Event.note: "Note",
    Event.closed: "Clôturée",
    Event.reopened: "Rouverte",
    Event.taken: "Prise en charge",
    Event.given_back: "Remise dans la file",
    Event.handed_back: "Rendue à l'assistant",
    Event.replied: "Réponse envoyée",
    Event.assigned: "Confiée",
    Event.passed_on: "Transmise",
    Event.snoozed: "Mise de côté",
    Event.returned: "Revenue dans la liste",
    Event.raised: "Message urgent reçu",
    Event.withdrawn: "La personne est revenue à l'assistant",
    Event.appointment: "Rendez-vous",
}
OUTCOMES = {
    "answered": "Réponse donnée",
    "called": "Personne appelée",
    "appointment": "Rendez-vous fixé",
    "unreachable": "Personne injoignable",
    "transferred": "Transmise à un autre service",
    "nothing": "Sans suite",
}
"""What became of a request that is closed."""
STAGES = {
    Stage.unknown: None,
    Stage.waiting: "Attend son orientation",
    Stage.oriented: "Orientation décidée",
    Stage.to_sign: "Contrat à signer",
    Stage.contract: "Contrat signé",
    Stage.ended: "Contrat arrêté avant son terme",
    Stage.moved: "A changé de territoire",
    Stage.closed: "Parcours clos",
}
