"""The current framework for probation delivery units: seven standards, a score out of 21."""

CODE = "pdu-7-standards"
NAME = "Probation delivery units: seven standards"
SCORE_MAX = 21
PANEL_MARGIN = 5
JUDGEMENT_SCALE = "progress-3"
JUDGEMENTS = [
    ["no_progress", "No progress"],
    ["some_progress", "Some progress"],
    ["sufficient_progress", "Sufficient progress"],
]
BANDS = {"inadequate": 0, "requires_improvement": 50, "good": 65, "outstanding": 80}

STANDARDS = [
    ("P 1.1", "Leadership"),
    ("P 1.2", "Staffing"),
    ("P 1.3", "Services"),
    ("P 2.1", "Assessment"),
    ("P 2.2", "Planning"),
    ("P 2.3", "Implementation and delivery"),
    ("P 2.4", "Reviewing"),
]
# Every P 2.x standard asks the same three questions, in this order; P 1.x asks none.
TOPICS = [
    "engaging the person on probation",
    "desistance: factors linked to offending, reducing reoffending",
    "keeping other people safe",
]

THEMES = {
    "risk-of-harm": "Assessing and managing risk of harm",
    "information-sharing": "Information sharing with the police and children's services",
    "victims": "Actual and potential victims",
    "desistance": "Interventions and desistance",
    "professional-curiosity": "Professional curiosity",
    "skills-and-training": "Skills, knowledge and training",
    "workload-and-staffing": "Workload and staffing",
    "management-oversight": "Management oversight",
    "resettlement": "Resettlement from custody",
    "partnerships": "Partnerships and commissioned services",
    "diversity": "Diversity and inclusion",
    "buildings": "Buildings and equipment",
}
