"""Where ids stand in bodies and queries of the contract: what each is the id of, and a body (or query) that is right but for it, written `{?}`.

`thing` is a name of `world.py`; a unit's code for a unit. What is a number and no id stands in NUMBERS.
"""
import dataclasses
import re

from operations import (BULLETIN, FINDING, GIFT, INSPECTION, MODEL, MOVEMENT, PETITION, REGIME, SESSION)
from policy import COMMUNE

#: Fields of bodies and queries that count something.
NUMBERS = {("*", name) for name in (
    "level_after", "denominator", "numerator", "level", "decimals", "years", "percent", "body_first", "body_last", "head_first", "head_last",
    "score", "row", "addressee_level", "working_days", "from_day", "from_months", "to_day", "minutes", "revision", "below", "city", "commune",
    "district", "extension_part", "days", "years_back", "quarter", "year", "limit", "round", "version")}


@dataclasses.dataclass(frozen=True)
class Body:
    """`known`: a unit that is out of scope may be told from none, since everybody sees the tree; it must be refused all the same.
    `sent`: it may even be named, as who is to receive something. `never`: the place takes nothing in the state the thing is in."""
    method: str
    path: str
    field: str
    thing: str
    body: object
    known: bool = False
    sent: bool = False
    never: bool = False

    @property
    def pattern(self):
        """The path as the contract has it."""
        return re.sub(r"\{(10183|279)\}", "{unit}", self.path.split("?")[0]).replace("{gift}", "{contribution}").replace("{twin_gift}", "{contribution}").replace("{district_bulletin}", "{bulletin}").replace(
            "{request}/narrative/1", "{request}/narrative/{section}").replace("{report}/sections/1", "{report}/sections/{section}")


@dataclasses.dataclass(frozen=True)
class Query:
    """`known`: of the tree alone, which everybody sees."""
    path: str
    thing: str
    known: bool = False

    @property
    def pattern(self):
        return re.sub(r"\{(10183|279)\}", "{unit}", self.path.split("?")[0]).replace("papers/self_report", "papers/{paper}").replace(
            "papers/answer", "papers/{letter}").replace("{system}", "{system}").replace("{packet}", "{kind}")

    @property
    def name(self):
        return re.search(r"[?&](\w+)=(\w+:)?\{\?\}", self.path).group(1)


PLAN = {"title": "T", "document": "D", "on": "2022-01-01", "events": []}
PAPER = {"kept_by": "{279}", "unit": "{279}", "profile": "state-nd30-2020", "kind": "BC", "subject": "S", "issued_on": "2021-03-01"}
PROGRAMME = {"unit": "{279}", "kind": "programme", "number": "P", "title": "T", "issued_on": "2021-01-01"}
IMPORT = {**PROGRAMME, "base64": "TG/huqFpLE3DoyxO4buZaSBkdW5nCk3hu6VjIHRpw6p1LDEsTeG7mXQK"}
TASK = {"title": "T", "lead": "{10183}", "deliverable": "D", "from": "2021-01-01", "due": "2099-02-01"}
NEW_TASK = {**TASK, "programme": "{programme}", "unit": "{279}"}
REQUEST = {"unit": "{279}", "title": "T", "period": "2021-10", "due_on": "2021-11-01", "indicators": ["F05"], "units": ["{10183}"]}
QUESTION = {"unit": "{279}", "period": "2021-12", "indicators": ["F09"], "title": "T", "reason": "đính chính", "replaces": None}
AN_INSPECTION = INSPECTION | {"unit": "{279}"}
A_GIFT = GIFT | {"unit": "{10183}", "body": "{10183}"}
A_MODEL = {"field": "economy", "title": "Mô hình", "story": "Kể lại."}
DEMAND = {"title": "T", "lead": "{10183}", "deliverable": "D", "due": "2099-01-01"}
FIGURE = {"publication": "{publication}", "indicator": "F09", "unit": "{279}"}
INSPECTED, PETITIONED = "/inspections/{inspection}", "/petitions/{petition}"
MOVED = "/movements/{movement}"


def evidence(kind, **more):
    return {"kind": "strength", "text": "T", "evidence": [{"kind": kind, "id": "{?}", **more}]}


def units(method, path, field, body, **more):
    return Body(method, path, field, COMMUNE, body, known=True, **more)


def sources():
    for method, path in (("POST", "/bulletins"), ("PUT", "/bulletins/{district_bulletin}"), ("POST", "/bulletins/{district_bulletin}/preview")):
        words = BULLETIN | ({"unit": "{279}"} if path == "/bulletins" else {})
        yield Body(method, path, "publication", "publication", words | {"figures": [FIGURE | {"publication": "{?}"}]})
        yield units(method, path, "unit", words | {"figures": [FIGURE | {"unit": "{?}"}]}, never=True)
        for kind, thing in (("session", "session"), ("movement", "movement"), ("publication", "publication")):
            yield Body(method, path, "id", thing, words | {"source": {"kind": kind, "id": "{?}", "text": "T"}})


def findings():
    for method, path in (("POST", INSPECTED + "/findings"), ("PUT", INSPECTED + "/findings/{finding}")):
        for kind, thing in (("fact", "fact"), ("document", "document"), ("note", "note")):
            yield Body(method, path, "id", thing, evidence(kind))
        yield Body(method, path, "id", "report", evidence("section", section="1"))
        yield Body(method, path, "repeats", "finding", FINDING | {"repeats": "{?}"}, never=True)
        yield units(method, path, "unit", FINDING | {"unit": "{?}"})


BODIES = [
    units("POST", "/reorganisations", "unit", {"unit": "{?}", "plan": PLAN}),
    units("POST", "/reorganisations/proposals", "unit", {"unit": "{?}", "title": "T", "document": "D", "on": "2022-01-01", "catalogue": "code,name\n279,Huyện Thường Tín\n"}),
    units("POST", "/documents", "kept_by", PAPER | {"kept_by": "{?}"}),
    units("POST", "/documents", "unit", PAPER | {"unit": "{?}"}),
    units("POST", "/documents", "recipients", PAPER | {"recipients": ["{?}"]}, sent=True),
    Body("POST", "/documents", "document", "document", PAPER | {"relations": [{"kind": "answers", "document": "{?}"}]}),
    Body("POST", "/documents/{document}/relations", "document", "document", {"kind": "answers", "document": "{?}"}),
    units("POST", "/programmes", "unit", PROGRAMME | {"unit": "{?}"}),
    units("POST", "/programmes", "addressees", PROGRAMME | {"addressees": ["{?}"]}),
    Body("POST", "/programmes", "document", "document", PROGRAMME | {"document": "{?}"}),
    Body("POST", "/programmes", "implements", "programme", PROGRAMME | {"implements": "{?}"}),
    units("POST", "/programmes/imports", "unit", IMPORT | {"unit": "{?}"}),
    units("POST", "/programmes/imports", "addressees", IMPORT | {"addressees": ["{?}"]}),
    Body("POST", "/programmes/imports", "document", "document", IMPORT | {"document": "{?}"}),
    Body("POST", "/programmes/imports", "implements", "programme", IMPORT | {"implements": "{?}"}),
    Body("PUT", "/programmes/{programme}/adoptions/{10183}", "programme", "own_programme", {"state": "adopted", "programme": "{?}"}),
    units("PUT", "/targets/{target}/allocations", "unit", {"items": [{"unit": "{?}", "value": "1"}]}),
    Body("POST", "/units/{10183}/adoptions", "programme", "programme", {"items": [{"programme": "{?}", "state": "adopted"}]}),
    Body("POST", "/units/{10183}/adoptions", "target", "target", {"items": [{"target": "{?}", "state": "adopted"}]}),
    Body("POST", "/units/{10183}/adoptions", "by_programme", "own_programme",
         {"items": [{"programme": "{programme}", "state": "adopted", "by_programme": "{?}"}]}),
    units("PUT", "/tasks/{task}", "lead", TASK | {"lead": "{?}"}, sent=True),
    units("PUT", "/tasks/{task}", "supporting", TASK | {"supporting": ["{?}"]}, sent=True),
    Body("POST", "/reminders/seen", "ids", "reminder", {"ids": ["{?}"]}, never=True),
    Body("POST", "/report-reminders/seen", "ids", "told", {"ids": ["{?}"]}, never=True),
    units("POST", "/tasks", "unit", NEW_TASK | {"unit": "{?}"}),
    units("POST", "/tasks", "lead", NEW_TASK | {"lead": "{?}"}, sent=True),
    units("POST", "/tasks", "supporting", NEW_TASK | {"supporting": ["{?}"]}, sent=True),
    Body("POST", "/tasks", "programme", "programme", NEW_TASK | {"programme": "{?}"}),
    Body("POST", "/tasks", "parent", "task", NEW_TASK | {"parent": "{?}"}),
    units("POST", "/regimes", "unit", REGIME | {"unit": "{?}", "code": "Q"}),
    units("POST", "/regimes", "addressees", REGIME | {"unit": "{279}", "code": "Q", "addressees": ["{?}"], "addressee_level": None}),
    units("PUT", "/regimes/{regime}", "addressees", REGIME | {"addressees": ["{?}"], "addressee_level": None}),
    units("POST", "/regimes/{regime}/requests", "unit", {"period": "2022-05", "unit": "{?}"}),
    Body("POST", "/burdens", "regime", "regime", {"regime": "{?}", "period": "2022-05"}),
    units("POST", "/burdens", "unit", REQUEST | {"unit": "{?}"}),
    units("POST", "/burdens", "units", REQUEST | {"units": ["{?}"]}),
    units("POST", "/requests", "unit", REQUEST | {"unit": "{?}"}),
    units("POST", "/requests", "units", REQUEST | {"units": ["{?}"]}),
    Body("PUT", "/requests/{request}/narrative/1", "id", "block", {"blocks": [{"id": "{?}", "text": "T"}]}, never=True),
    Body("PUT", "/requests/{request}/narrative/1", "block", "block", {"blocks": [{"text": "T", "sources": [{"block": "{?}", "revision": 1}]}]}),
    Body("PUT", "/requests/{request}/narrative/1", "block", "block", {"blocks": [], "left_out": [{"block": "{?}", "reason": "trùng ý"}]}),
    Body("PUT", "/reports/{report}/sections/1", "id", "block", {"blocks": [{"id": "{?}", "text": "T"}]}),
    Body("PUT", "/reports/{report}/sections/1", "from", "block", {"blocks": [{"from": "{?}", "text": "T"}]}),
    Body("POST", "/requests/{request}/publications", "replaces", "publication", {"replaces": "{?}", "reason": "đính chính"}, never=True),
    Body("POST", "/publications", "replaces", "publication", QUESTION | {"replaces": "{?}"}),
    units("POST", "/publications", "unit", QUESTION | {"unit": "{?}"}),
    units("POST", "/inspections", "unit", AN_INSPECTION | {"unit": "{?}"}),
    units("POST", "/inspections", "units", AN_INSPECTION | {"units": ["{?}"]}),
    Body("POST", "/inspections", "programmes", "programme", AN_INSPECTION | {"programmes": ["{?}"]}),
    Body("POST", "/inspections", "documents", "document", AN_INSPECTION | {"documents": ["{?}"]}),
    units("PUT", INSPECTED, "units", INSPECTION | {"units": ["{?}"]}, never=True),
    Body("PUT", INSPECTED, "programmes", "programme", INSPECTION | {"programmes": ["{?}"]}, never=True),
    Body("PUT", INSPECTED, "documents", "document", INSPECTION | {"documents": ["{?}"]}, never=True),
    units("PUT", INSPECTED + "/prefilling", "unit", {"unit": "{?}"}),
    units("POST", INSPECTED + "/supplements", "unit", {"unit": "{?}", "due_on": "2099-01-01", "remark": "cần làm rõ thêm",
                                                   "sections": [{"section": "1", "remark": "cần làm rõ thêm"}]}),
    units("POST", INSPECTED + "/sessions", "unit", SESSION | {"unit": "{?}"}),
    units("PUT", INSPECTED + "/sessions/{session}", "unit", SESSION | {"unit": "{?}"}),
    *findings(),
    units("PUT", INSPECTED + "/conclusion", "unit", {"summary": "T", "demands": [DEMAND | {"unit": "{?}"}]}, never=True),
    units("PUT", INSPECTED + "/conclusion", "lead", {"summary": "T", "demands": [DEMAND | {"lead": "{?}"}]}, never=True),
    units("PUT", INSPECTED + "/conclusion", "supporting", {"summary": "T", "demands": [DEMAND | {"supporting": ["{?}"]}]}, never=True),
    Body("PUT", INSPECTED + "/conclusion", "programme", "programme", {"summary": "T", "demands": [DEMAND | {"programme": "{?}"}]}, never=True),
    Body("PUT", INSPECTED + "/conclusion", "finding", "finding", {"summary": "T", "demands": [DEMAND | {"finding": "{?}"}]}, never=True),
    units("POST", INSPECTED + "/commitments", "unit", DEMAND | {"unit": "{?}"}, never=True),
    units("POST", INSPECTED + "/commitments", "lead", DEMAND | {"lead": "{?}"}, never=True),
    units("POST", INSPECTED + "/commitments", "supporting", DEMAND | {"supporting": ["{?}"]}, never=True),
    Body("POST", INSPECTED + "/commitments", "programme", "programme", DEMAND | {"programme": "{?}"}, never=True),
    Body("POST", INSPECTED + "/commitments", "finding", "finding", DEMAND | {"finding": "{?}"}, never=True),
    Body("POST", INSPECTED + "/papers", "of", "session", {"paper": "minutes", "of": "{?}", "profile": "state-nd30-2020"}),
    *sources(),
    units("POST", "/bulletins", "unit", BULLETIN | {"unit": "{?}"}),
    units("POST", "/competences", "unit", {"subject": "y-te", "level": "centre", "unit": "{?}", "body": "B", "days": 5, "from": "2022-01-01"}, sent=True),
    units("POST", "/petitions", "unit", PETITION | {"unit": "{?}"}),
    units("POST", "/petitions", "unit", PETITION | {"addressees": [{"unit": "{?}"}]}),
    units("POST", PETITIONED + "/raisers", "unit", {"unit": "{?}"}),
    Body("POST", PETITIONED + "/papers", "part", "part", {"paper": "answer", "part": "{?}", "profile": "state-nd30-2020"}, never=True),
    units("PUT", PETITIONED + "/parts/{part}/forwarding", "unit", {"to": {"unit": "{?}"}}),
    units("PUT", PETITIONED + "/parts/{part}/routing", "unit", {"to": {"unit": "{?}"}}, never=True),
    Body("PUT", PETITIONED + "/parts/{part}/answer", "document", "document", {"outcome": "settled", "text": "Rồi", "document": "{?}"}),
    units("POST", PETITIONED + "/parts/{part}/task", "lead", {**TASK, "programme": "{programme}", "lead": "{?}"}),
    units("POST", PETITIONED + "/parts/{part}/task", "supporting", {**TASK, "programme": "{programme}", "supporting": ["{?}"]}, never=True),
    Body("POST", PETITIONED + "/parts/{part}/task", "programme", "programme", {**TASK, "programme": "{?}"}, never=True),
    Body("PUT", PETITIONED + "/merging", "into", "other_petition", {"into": "{?}"}),
    units("POST", "/movements", "unit", MOVEMENT | {"unit": "{?}"}),
    units("POST", "/movements", "carriers", MOVEMENT | {"unit": "{279}", "carriers": ["{?}"]}, sent=True),
    units("PUT", MOVED, "carriers", MOVEMENT | {"carriers": ["{?}"]}, sent=True),
    units("PUT", MOVED + "/plan", "carrier", {"lines": [{"carrier": "{?}", "text": "T", "due_on": "2021-06-01"}]}),
    units("PUT", MOVED + "/plan", "lead", {"lines": [{"carrier": "{10183}", "lead": "{?}", "text": "T", "due_on": "2021-06-01"}]}, sent=True),
    units("POST", MOVED + "/contributions", "body", A_GIFT | {"body": "{?}"}),
    units("POST", MOVED + "/contributions", "unit", A_GIFT | {"unit": "{?}"}),
    units("POST", MOVED + "/contributions", "giver_unit", {**A_GIFT, "giver": None, "giver_unit": "{?}"}, sent=True),
    Body("POST", MOVED + "/contributions", "document", "document", A_GIFT | {"is_other": "đợt hai", "document": "{?}"}),
    Body("POST", MOVED + "/contributions", "is_same_as", "gift", A_GIFT | {"is_same_as": "{?}"}),
    units("PUT", MOVED + "/contributions/{gift}", "unit", GIFT | {"unit": "{?}", "reason": "ghi nhầm"}),
    units("PUT", MOVED + "/contributions/{gift}", "giver_unit", {**GIFT, "giver": None, "unit": "{10183}", "giver_unit": "{?}", "reason": "ghi nhầm"}, sent=True),
    Body("PUT", MOVED + "/contributions/{gift}", "document", "document", GIFT | {"unit": "{10183}", "reason": "ghi nhầm", "document": "{?}"}),
    Body("PUT", MOVED + "/contributions/{gift}", "is_same_as", "twin_gift", GIFT | {"unit": "{10183}", "reason": "ghi nhầm", "is_same_as": "{?}"}),
    units("PUT", MOVED + "/contributions/{twin_gift}/withdrawal", "body", {"reason": "ghi nhầm", "body": "{?}"}),
    units("POST", "/models", "unit", MODEL | {"unit": "{?}"}),
    Body("POST", "/models", "movement", "movement", MODEL | {"unit": "{10183}", "movement": "{?}"}),
    Body("PUT", "/models/{model}", "movement", "movement", A_MODEL | {"movement": "{?}"}),
    units("PUT", "/models/{model}/recognition", "by", {"by": "{?}", "on": "2021-06-01"}),
    Body("PUT", "/models/{model}/recognition", "document", "document", {"by": "{279}", "on": "2021-06-01", "document": "{?}"}),
    units("POST", "/commendations", "giver", {"unit": "{10183}", "giver": "{?}", "form": "G", "number": "N", "on": "2021-06-01"}),
    units("POST", "/commendations", "unit", {"unit": "{?}", "giver": "{279}", "form": "G", "number": "N", "on": "2021-06-01"}),
    Body("POST", "/commendations", "movement", "movement", {"unit": "{10183}", "giver": "{279}", "form": "G", "number": "N2", "on": "2021-06-01", "movement": "{?}"}),
]
SEARCHES = ("/documents", "/programmes", "/regimes", "/requests", "/publications", "/inspections", "/conclusions", "/bulletins", "/petitions",
            "/movements", "/models", "/commendations", "/boundaries", "/tasks")
QUERIES = [
    *(Query(f"{path}?unit={{?}}", COMMUNE, path == "/boundaries") for path in SEARCHES),
    *(Query(f"{path}?unit={{?}}&format={form}", COMMUNE) for path in ("/documents", "/programmes", "/tasks") for form in ("csv", "xlsx")),
    Query("/tasks?programme={?}", "programme"), Query("/tasks?lead={?}", COMMUNE), Query("/tasks?parent={?}", "task"),
    Query("/publications?request={?}", "request"), Query("/inspections?subject={?}", COMMUNE),
    Query("/petitions?under={?}", COMMUNE), Query("/petitions?holder={?}", COMMUNE),
    Query("/models?movement={?}", "movement"), Query("/commendations?movement={?}", "movement"),
    *(Query(path, thing) for path, thing in (
        ("/rollup?unit={?}&period=2021", COMMUNE), ("/rollup/contributions?unit={?}&period=2021&indicator=F05", COMMUNE),
        ("/publications/{publication}/differences?from={?}", "publication"),
        ("/publications/{publication}/differences?from={publication}&unit={?}", COMMUNE),
        ("/exchange/systems/{system}/values?unit={?}&period=2021-07", COMMUNE),
        ("/exchange/packets/{packet}?unit={?}&period=2021-07", COMMUNE), ("/exchange/packets/report?report={?}", "report"),
        ("/exchange/packets/request?request={?}", "request"), ("/exchange/packets/{packet}?report={?}", "report"),
        ("/exchange/packets/{packet}?request={?}", "request"),
        ("/inspections/{inspection}/papers/self_report?of={?}", COMMUNE), ("/petitions/{petition}/papers/answer?part={?}", "part"),
        ("/movements/{movement}/totals?unit={?}", COMMUNE), ("/movements/{movement}/contributions?unit={?}", COMMUNE),
        ("/movements/{movement}/contributions?body={?}", COMMUNE))),
    *(Query(f"/journal?object={kind}:{{?}}", thing) for kind, thing in (
        ("report", "report"), ("request", "request"), ("programme", "programme"), ("task", "task"), ("document", "document"),
        ("inspection", "inspection"), ("petition", "petition"), ("bulletin", "bulletin"), ("movement", "movement"), ("model", "model"),
        ("fact", "fact"), ("publication", "publication"), ("reorganisation", "draft"), ("appointment", "appointment"), ("unit", COMMUNE),
        ("regime", "regime"))),
]
