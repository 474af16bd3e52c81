"""Every operation of the contract with a body that it takes, the rule for who may, and what who may is answered.

Placeholders in braces are the names of the world's things (`world.py`). An operation may have several rows: one for each way an id comes in.
"""
import dataclasses
import hashlib
import time

from policy import (COMMUNE, DISTRICT, KEEPER, NOBODYS, OPEN, POSTED, SIBLING, SIGNED_IN, Rule, act, see)


@dataclasses.dataclass(frozen=True)
class Row:
    """`ok`: the statuses of who may; `at`: the revision sent."""
    method: str
    path: str
    rule: Rule
    ok: object
    body: object = None
    at: int = 1

    def answers(self):
        return (self.ok,) if isinstance(self.ok, int) else tuple(self.ok)


#: A packet of our own form that says nothing.
NO_FIGURES = {"packet": {"id": "1", "kind": "indicator_data", "version": "1", "sender": "", "receiver": "",
                         "at": "2021-01-01T00:00:00Z",
                         "sha256": hashlib.sha256(b'{"data":[]}').hexdigest()}, "body": {"data": []}}

CHECK = {"formula": "[F06] <= [F05]", "words_vi": "Đúng hạn nhiều hơn hồ sơ", "words_en": "More in time than there are", "severity": "note",
         "from": "2021-01-01"}
REGIME = {"name": "Báo cáo tháng", "content": "Hồ sơ", "method": "Qua hệ thống", "frequency": "month", "window": {"kind": "calendar"},
          "addressee_level": 3, "deadlines": [{"level": 3, "working_days": 2}], "cells": [{"indicator": "F05"}], "from": "2021-01-01"}
THIS_YEAR = time.localtime().tm_year
INSPECTION = {"title": "thực hiện chương trình", "team_name": "Đoàn 1", "procedure": "kiem-tra", "year": THIS_YEAR, "quarter": 1,
              "from": f"{THIS_YEAR - 1}-01-01", "to": f"{THIS_YEAR}-01-01", "units": ["{10183}"], "programmes": ["{programme}"],
              "reason": "đột xuất"}
SESSION = {"unit": "{10183}", "on": f"{THIS_YEAR}-01-05", "place": "Xã", "subject": "T", "lines": [{"kind": "attendee", "speaker": "A"}]}
PROCEDURE = {"code": "q-{person}", "name": "Kiểm tra", "basis": "1-QĐ/TW", "from": "2021-01-01", "clock": "decision", "years_back": 5,
             "caps": {"city": 9, "district": 9, "commune": 9}, "extension_part": 3,
             "steps": [{"code": "decide", "stage": "preparing", "name": "Quyết định"}]}
MOVEMENT = {"kind": "campaign", "name": "Quỹ", "from": "2021-01-01", "to": "2022-01-01"}
GIFT = {"stage": "received", "kind": "money", "quantity": "500000", "giver": "Công ty A", "on": "2021-06-01"}
MODEL = {"field": "economy", "title": "Mô hình", "story": "Kể.", "on": "2021-05-01"}
FINDING = {"kind": "strength", "text": "T", "evidence": [{"kind": "note", "id": "{note}"}]}
PETITION = {"unit": "{10183}", "kind": "obstacle", "subject": "khac", "title": "Thiếu máy tính", "text": "Hỏng cả hai.",
            "addressees": [{"unit": "{279}"}]}
BULLETIN = {"title": "T", "lead": "L", "dated_on": "2021-01-01", "category": "thong-bao", "body": [{"text": "Đ"}]}
#: One dot of black.
DOT = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC")

SEE, SEE_ABOVE = see(COMMUNE), see(DISTRICT)
ENTER, DECIDE = act("enter", COMMUNE), act("decide", DISTRICT)
DECIDE_BELOW = act("decide", DISTRICT, COMMUNE)
REGISTER, REGISTER_BELOW = act("enter", DISTRICT), act("enter", DISTRICT, COMMUNE)
APPOINT, TEMPLATES = act("appoint", COMMUNE), act("keep_templates", COMMUNE)
REORGANISE, REORGANISE_HIDDEN = act("reorganise", DISTRICT), act("reorganise", DISTRICT, hidden=True)
#: A regime is known to all it may ask: who works below its unit.
BELOW = {"seen_under": (DISTRICT,)}
SEE_REGIME = Rule((("see", DISTRICT),), (DISTRICT,), told=True, **BELOW)
DECIDE_REGIME = act("decide", DISTRICT, **BELOW)
#: A movement that runs is known to who works below its body, and to whoever sees one of its carriers.
SEE_MOVEMENT = Rule((("see", DISTRICT), ("see", COMMUNE)), (DISTRICT, COMMUNE), told=True, **BELOW)
DECIDE_MOVEMENT, CARRY = act("decide", DISTRICT, COMMUNE, **BELOW), act("enter", COMMUNE, DISTRICT, **BELOW)
CARRY_OR_DECIDE = Rule((("enter", COMMUNE), ("decide", DISTRICT)), (DISTRICT, COMMUNE), **BELOW)
EITHER = Rule((("enter", COMMUNE), ("decide", DISTRICT)), (COMMUNE, DISTRICT))
HOLDER = Rule(holder="lan")
#: Who may raise the same may join, though it was out of sight till then.
JOIN = Rule((("enter", SIBLING),), (DISTRICT,))
#: Above all who raised it (a unit merges its own, too), or the holder of all.
MERGE = Rule((("decide", COMMUNE), ("decide", DISTRICT)), (COMMUNE, DISTRICT))
#: Of a bulletin of the commune: who decides there; who only wrote it does not.
PUBLISH = act("decide", COMMUNE)
#: Inspections are seen by posts and by the team, not by what is lent for another one.
INSPECTED = {"by_post": True, "seen_at": (COMMUNE, DISTRICT)}
SEE_INSPECTION = Rule((("see", COMMUNE),), team=True, **INSPECTED)
OFFICE_SEES = Rule((("see", DISTRICT),), team=True, **INSPECTED)
TEAM, OFFICE = Rule(team=True, **INSPECTED), Rule((("decide", DISTRICT),), **INSPECTED)
OFFICE_OR_LEAD = Rule((("decide", DISTRICT),), team=True, **INSPECTED)
#: Its number comes from the district's register.
PAPERS = act("enter", DISTRICT, by_post=True)
SUBJECT = Rule((("enter", COMMUNE),), **INSPECTED)

#: What the names in braces stand for, and who sees it: a thing of the commune, unless said here. What nobody has to find is not listed.
THINGS = dict.fromkeys(("request", "report", "fact", "figure", "programme", "task", "evidence", "extension", "appointment", "document", "other",
                        "attachment", "petition", "other_petition", "part", "enclosure", "bulletin", "photo", "praise", "gift", "model",
                        "poster"), see(COMMUNE))
THINGS |= dict.fromkeys(("inspection", "session", "note", "finding", "followup", "picture"), SEE_INSPECTION)
THINGS |= dict.fromkeys(("publication", "target", "reviewed"), SEE_ABOVE) | dict.fromkeys(("draft", "reorganisation"), REORGANISE_HIDDEN)
THINGS |= {"regime": SEE_REGIME, "movement": SEE_MOVEMENT, "own": HOLDER}
THINGS |= {unit: see(unit) for unit in (COMMUNE, SIBLING, DISTRICT)}

ROWS = [
    Row("POST", "/sessions", OPEN, (401, 429), {"login": "khong-co", "password": "khong dung dau"}),
    Row("POST", "/setup", OPEN, 404, {"token": "x", "login": "ai", "name": "Ai", "password": "con đò sang sông muộn"}),
    Row("GET", "/healthz", OPEN, 200),
    Row("GET", "/readyz", OPEN, 200),
    Row("GET", "/cong-khai", OPEN, 200),
    Row("GET", "/cong-khai/muc/thong-bao", OPEN, 404),
    Row("GET", "/cong-khai/ban-tin/khong-co", OPEN, 404),
    Row("GET", "/cong-khai/anh/{photo}", OPEN, 404),
    Row("GET", "/cong-khai/so-lieu/{publication}", OPEN, 404),
    Row("GET", "/cong-khai/so-lieu/{publication}/csv", OPEN, 404),
    Row("GET", "/cong-khai/don-vi", OPEN, 200),
    Row("GET", "/cong-khai/kien-nghi", OPEN, 200),
    Row("GET", "/cong-khai/kien-nghi/{petition}", OPEN, 404),
    Row("GET", "/cong-khai/kieu/0.css", OPEN, 404),
    Row("GET", "/cong-khai/feed.xml", OPEN, 200),
    Row("GET", "/cong-khai/sitemap.xml", OPEN, 200),
    Row("GET", "/robots.txt", OPEN, 200),
    Row("GET", "/session", SIGNED_IN, 200),
    Row("GET", "/account", SIGNED_IN, 200),
    Row("GET", "/sessions", SIGNED_IN, 200),
    Row("DELETE", "/sessions/0", NOBODYS, ()),
    Row("DELETE", "/sessions", SIGNED_IN, 204),
    Row("PUT", "/account/password", SIGNED_IN, 422, {}),
    Row("PUT", "/account/second-factor", SIGNED_IN, 422, {}),
    Row("PUT", "/account/second-factor/confirmation", SIGNED_IN, 409, {"code": "000000"}),
    Row("PUT", "/account/second-factor/end", SIGNED_IN, 422, {}),
    Row("GET", "/work", SIGNED_IN, 200),
    Row("GET", "/lines", SIGNED_IN, 200),
    Row("GET", "/units", SIGNED_IN, 200),
    Row("GET", "/units/{10183}", SIGNED_IN, 200),
    Row("GET", "/units/{279}/children", SIGNED_IN, 200),
    Row("GET", "/indicators", SIGNED_IN, 200),
    Row("GET", "/indicators/1", SIGNED_IN, 200),
    Row("POST", "/indicators", KEEPER, 201, {"code": "N{report}", "name": "N{report}", "measure_unit": "m", "decimals": 0, "direction": "up", "across_units": "sum", "across_time": "sum"}),
    Row("PUT", "/indicators/{whole}/parts", KEEPER, 200, {"breakdowns": [{"name": "Trong đó", "adds_up": False, "parts": ["F05"]}]}),
    Row("GET", "/programmes", SIGNED_IN, 200),
    Row("POST", "/programmes", DECIDE, 201, {"unit": "{279}", "kind": "programme", "number": "9-{person}", "title": "T", "issued_on": "2021-01-01"}),
    Row("GET", "/programmes/{programme}", SEE, 200),
    Row("GET", "/programmes/{programme}/coverage", SEE_ABOVE, 200),
    Row("PUT", "/programmes/{programme}/adoptions/{10183}", ENTER, 200, {"state": "adopted"}),
    Row("PUT", "/targets/{target}/adoptions/{10183}", ENTER, 200, {"state": "adopted"}),
    Row("PUT", "/targets/{target}/allocations", DECIDE, 200, {"items": []}),
    Row("POST", "/tasks", DECIDE, 201, {"programme": "{programme}", "unit": "{279}", "title": "T", "lead": "{10183}", "deliverable": "D", "from": "2021-01-01", "due": "2021-02-01"}),
    Row("GET", "/tasks?programme={programme}", SEE, 200),
    Row("GET", "/checks", SIGNED_IN, 200),
    Row("POST", "/checks", KEEPER, 201, CHECK | {"code": "N{report}"}),
    Row("PUT", "/checks/{check}", KEEPER, 200, CHECK),
    Row("GET", "/report-reminders", SIGNED_IN, 200),
    Row("POST", "/report-reminders/seen", SIGNED_IN, 200, {"ids": [1]}),
    Row("POST", "/requests/{request}/reminders", DECIDE_BELOW, 201, {}),
    Row("POST", "/facts/{fact}/attachments", ENTER, 201, {"name": "a.txt", "base64": "eGlu"}),
    Row("GET", "/facts/{fact}/attachments/{figure}", SEE, 200),
    Row("PUT", "/reports/{report}/draft", ENTER, 204, {"cells": [{"indicator": "F05", "typed": "1,"}]}),
    Row("PUT", "/reports/{report}/explanations", ENTER, 422, {"explanations": [{"doubt": "copied", "text": "không có điều này"}]}),
    Row("GET", "/regimes", SIGNED_IN, 200),
    Row("POST", "/regimes", DECIDE, 201, REGIME | {"unit": "{279}", "code": "N{report}"}),
    Row("GET", "/regimes/{regime}", SEE_REGIME, 200),
    Row("PUT", "/regimes/{regime}", DECIDE_REGIME, 200, REGIME),
    Row("POST", "/burdens", DECIDE_REGIME, 200, {"regime": "{regime}", "period": "2022-05"}),
    Row("POST", "/regimes/{regime}/requests", DECIDE_REGIME, 201, {"period": "2022-05"}),
    Row("GET", "/units/{10183}/burdens/2021", SEE, 200),
    Row("PUT", "/units/{10183}/burdens/2021", APPOINT, 200, {"minutes": 6000}),
    Row("POST", "/requests", DECIDE, 201, {"unit": "{279}", "title": "T", "period": "2021-10", "due_on": "2021-11-01", "indicators": ["F05"], "units": ["{10183}"]}),
    Row("GET", "/requests", SIGNED_IN, 200),
    Row("GET", "/requests/{request}", SEE, 200),
    Row("GET", "/requests/{request}/documents/docx", SEE_ABOVE, 200),
    Row("GET", "/requests/{request}/narrative", SEE, 200),
    Row("GET", "/requests/{request}/narrative/1", SEE, 200),
    Row("PUT", "/requests/{request}/narrative/1", DECIDE_BELOW, 200, {"blocks": []}),
    Row("GET", "/reports/{report}", SEE, 200),
    Row("PUT", "/reports/{report}/cells", ENTER, 200, {"cells": []}),
    Row("PUT", "/reports/{report}/submission", ENTER, 422, {}, at=2),
    Row("PUT", "/reports/{report}/sections/1", ENTER, 200, {"blocks": []}, at=2),
    Row("GET", "/reports/{report}/sections/1/previous", SEE, 200),
    Row("GET", "/reports/{report}/differences", SEE, 200),
    Row("PUT", "/reports/{report}/acceptance", DECIDE_BELOW, 409, {}),
    Row("PUT", "/reports/{report}/return", DECIDE_BELOW, 409, {"remark": "xem lại toàn bộ số liệu"}),
    Row("PUT", "/reports/{report}/exclusions/F05", DECIDE_BELOW, 409, {"reason": "nhập nhầm đơn vị"}),
    Row("DELETE", "/reports/{report}/exclusions/F05", DECIDE_BELOW, 409),
    Row("GET", "/facts/{fact}", SEE, 200),
    Row("GET", "/rollup?unit={10183}&period=2021-07", SEE, 200),
    Row("GET", "/rollup?unit={279}&period=2021-07", SEE_ABOVE, 200),
    Row("GET", "/rollup/contributions?unit={10183}&period=2021-07&indicator=F05", SEE, 200),
    Row("POST", "/requests/{request}/publications", DECIDE, 409, {}),
    Row("POST", "/publications", DECIDE, 201, {"unit": "{279}", "period": "2021-12", "indicators": ["F09"], "title": "T"}),
    Row("GET", "/publications", SIGNED_IN, 200),
    Row("GET", "/publications/{publication}", SEE_ABOVE, 200),
    Row("GET", "/publications/{publication}/documents/json", SEE_ABOVE, 200),
    Row("GET", "/publications/{publication}/differences?from={publication}", SEE_ABOVE, 200),
    Row("GET", "/journal?object=report:{report}", SEE, 200),
    Row("GET", "/tree", SIGNED_IN, 200),
    Row("GET", "/tree/marks", SIGNED_IN, 200),
    Row("GET", "/boundaries?unit={279}", SIGNED_IN, 200),
    Row("GET", "/reports/{report}/receipt", SEE, 409),
    Row("GET", "/reports/{report}/workbook", SEE, 200),
    Row("POST", "/reports/{report}/workbook-readings", SEE, 400, {"base64": "eGlu"}),
    Row("POST", "/reports/{report}/workbook-copies", SEE, 400, {"base64": "eGlu"}),
    Row("GET", "/requests/{request}/workbooks", SEE, 200),
    Row("POST", "/requests/{request}/workbook-readings", SEE, 400, {"base64": "eGlu"}),
    Row("GET", "/units/{10183}/reports", SEE, 200),
    Row("GET", "/units/{10183}/posts", SEE, 200),
    Row("POST", "/units/{10183}/appointments", APPOINT, (201, 409), {"login": "vy", "role": "viewer", "from": "2021-01-01"}),
    Row("PUT", "/appointments/{appointment}/end", APPOINT, 200, {"to": "2022-01-01"}),
    Row("POST", "/appointments/{appointment}/handover", APPOINT, 201, {"login": "minh", "on": "2021-06-01"}),
    Row("POST", "/appointments/{own}/delegations", HOLDER, 201, {"login": "vy", "from": "2021-03-01", "to": "2021-04-01", "reason": "đi học"}),
    Row("GET", "/reorganisations", SIGNED_IN, 200),
    Row("POST", "/reorganisations", REORGANISE, 201, {"unit": "{279}", "plan": {"title": "T", "document": "D", "on": "2022-01-01", "events": []}}),
    Row("POST", "/reorganisations/proposals", REORGANISE, 201, {"unit": "{279}", "title": "T", "document": "D", "on": "2022-01-01", "catalogue": "code,name\n279,Huyện Thường Tín\n"}),
    Row("GET", "/reorganisations/{draft}", REORGANISE_HIDDEN, 200),
    Row("PUT", "/reorganisations/{draft}", REORGANISE_HIDDEN, 200, {"title": "T", "document": "D", "on": "2022-01-01", "events": []}),
    Row("GET", "/reorganisations/{reorganisation}/preview", REORGANISE_HIDDEN, 200),
    Row("PUT", "/reorganisations/{reorganisation}/application", REORGANISE_HIDDEN, 200, {}),
    Row("DELETE", "/reorganisations/{reorganisation}/application", REORGANISE_HIDDEN, 200, at=2),
    Row("GET", "/document-kinds", SIGNED_IN, 200),
    Row("GET", "/documents", SIGNED_IN, 200),
    Row("POST", "/documents", REGISTER, 201, {"kept_by": "{279}", "unit": "{279}", "profile": "state-nd30-2020", "kind": "BC", "subject": "S", "issued_on": "2021-03-01"}),
    Row("GET", "/documents/{document}", SEE, 200),
    Row("GET", "/documents/{document}/chain", SEE, 200),
    Row("GET", "/documents/{document}/attachments/{attachment}", SEE, 200),
    Row("POST", "/documents/{document}/attachments", REGISTER_BELOW, 201, {"name": "a.txt", "base64": "eGlu"}),
    Row("POST", "/documents/{document}/relations", REGISTER_BELOW, 201, {"kind": "answers", "document": "{other}"}),
    Row("GET", "/units/{10183}/register", SEE, 200),
    Row("PUT", "/units/{10183}/register/mark", ENTER, 200, {"profile": "front", "mark": "MTTQ"}),
    Row("GET", "/units/{10183}/templates/BC", SEE, 200),
    Row("GET", "/units/{10183}/templates/BC/file?profile=party-36-2018", SEE, 200),
    Row("PUT", "/units/{10183}/templates/BC?profile=party-36-2018", TEMPLATES, (200, 412), {"name": "mau.docx", "base64": "{template}"}),
    Row("DELETE", "/units/{10183}/templates/BC?profile=party-36-2018", TEMPLATES, (200, 412), at=2),
    Row("POST", "/units/{10183}/terms", ENTER, 201, {"name": "khóa {person}", "from": "{year}-01-01", "to": "{year}-12-31"}),
    Row("GET", "/programmes/{programme}/matrix", SEE_ABOVE, 200),
    Row("GET", "/programmes/{programme}/annexes/coverage.csv", SEE_ABOVE, 200),
    Row("GET", "/programmes/{programme}/standing", SEE_ABOVE, 200),
    Row("GET", "/programmes/{programme}/heatmap", SEE_ABOVE, 200),
    Row("GET", "/targets/{target}", SEE_ABOVE, 200),
    Row("GET", "/targets/{target}/allocation-proposal", SEE_ABOVE, 200),
    Row("GET", "/forms", SIGNED_IN, 200),
    Row("POST", "/form-readings", POSTED, 200, {"code": "B66-TT343", "files": []}),
    Row("POST", "/programmes/{programme}/copies", DECIDE, 201, {"number": "K-{report}", "title": "T", "issued_on": "2026-01-01", "years": 5}),
    Row("POST", "/programmes/imports", DECIDE, 201, {"unit": "{279}", "kind": "programme", "number": "W-{report}", "title": "T", "issued_on": "2021-01-01", "base64": "TG/huqFpLE3DoyxO4buZaSBkdW5nCk3hu6VjIHRpw6p1LDEsTeG7mXQK"}),
    Row("GET", "/units/{10183}/duties", SEE, 200),
    Row("POST", "/units/{10183}/adoptions", ENTER, 201, {"items": []}),
    Row("GET", "/tasks", SIGNED_IN, 200),
    Row("GET", "/tasks/{task}", SEE, 200, at=2),
    Row("GET", "/tasks/{task}/attachments/{evidence}", SEE, 200, at=2),
    Row("POST", "/tasks/{task}/extensions", ENTER, 201, {"due": "2099-01-01", "reason": "thiếu người"}, at=2),
    Row("PUT", "/extensions/{extension}/decision", DECIDE_BELOW, 200, {"decision": "refused", "reason": "không có lý do"}),
    Row("POST", "/tasks/{task}/updates", ENTER, 201, {"kind": "progress", "percent": 50}, at=2),
    Row("PUT", "/tasks/{task}", EITHER, (200, 412), {"title": "T", "lead": "{10183}", "deliverable": "D", "from": "2021-01-01", "due": "2099-02-01"}, at=2),
    Row("GET", "/reminders", SIGNED_IN, 200),
    Row("POST", "/reminders/seen", SIGNED_IN, 200, {"ids": []}),
    Row("GET", "/exchange/systems", SIGNED_IN, 200),
    Row("GET", "/exchange/systems/{system}/mapping", SIGNED_IN, 200),
    Row("POST", "/exchange/systems/{system}/mapping", KEEPER, 200, {"items": []}),
    Row("POST", "/exchange/systems/{system}/gaps", KEEPER, 200, {"dataValues": []}),
    Row("POST", "/exchange/systems/{system}/imports?unit={279}", DECIDE, 200, {"dataValues": []}),
    Row("GET", "/exchange/systems/{system}/values?unit={10183}&period=2021-07&mapped_only=true", SEE, 200),
    Row("GET", "/exchange/packet-kinds", SIGNED_IN, 200),
    Row("GET", "/exchange/packets/{packet}?unit={10183}&period=2021-07", SEE, 200),
    Row("GET", "/exchange/packets/{packet}?unit={279}&period=2021-07", SEE_ABOVE, 200),
    Row("POST", "/exchange/packets?unit={279}", DECIDE, 200, NO_FIGURES),
    Row("POST", "/exchange/packets", SIGNED_IN, 422, {**NO_FIGURES, "body": {}}),
    Row("GET", "/petition-subjects", SIGNED_IN, 200),
    Row("GET", "/competences", SIGNED_IN, 200),
    Row("POST", "/competences", KEEPER, 201, {"subject": "y-te", "level": "centre", "unit": "{279}", "body": "Ban {person}", "days": 5, "from": "2022-01-01"}),
    Row("PUT", "/competences/{competence}/ending", KEEPER, 200, {"on": "2099-01-01"}),
    Row("GET", "/units/{10183}/competent-bodies?subject=khac", SEE, 200),
    Row("GET", "/units/{10183}/similar-petitions?q=thieu", ENTER, 200),
    Row("GET", "/units/{10183}/petition-overview", SEE, 200),
    Row("GET", "/petitions", SIGNED_IN, 200),
    Row("POST", "/petitions", ENTER, 201, PETITION),
    Row("GET", "/petitions/{petition}", SEE, 200),
    Row("POST", "/petitions/{petition}/statements", EITHER, 201, {"text": "ý kiến"}),
    Row("POST", "/petitions/{petition}/attachments", EITHER, 201, {"name": "a.txt", "base64": "eGlu"}),
    Row("GET", "/petitions/{petition}/attachments/{enclosure}", SEE, 200),
    Row("POST", "/petitions/{petition}/papers", ENTER, 422, {"paper": "petition", "profile": "state-nd30-2020"}),
    Row("GET", "/petitions/{petition}/papers/{letter}", SEE, 200),
    Row("PUT", "/petitions/{petition}/merging", MERGE, 409, {"into": "{petition}"}),
    Row("PUT", "/petitions/{petition}/public-version", DECIDE_BELOW, 409, {"title": "T", "question": "H", "answer": "Đ"}),
    Row("DELETE", "/petitions/{petition}/public-version", DECIDE_BELOW, 409),
    Row("PUT", "/petitions/{petition}/parts/{part}/forwarding", DECIDE_BELOW, 422, {"to": {"unit": "{10183}"}}),
    Row("PUT", "/petitions/{petition}/parts/{part}/dispatch", DECIDE_BELOW, 422, {"body": "Bộ", "on": "2099-01-01"}),
    Row("PUT", "/petitions/{petition}/parts/{part}/extension", DECIDE_BELOW, 422, {"days": 300, "reason": "bận"}),
    Row("PUT", "/petitions/{petition}/parts/{part}/answer", DECIDE_BELOW, 422, {"outcome": "settled", "text": "Rồi", "document": 999999}),
    Row("POST", "/petitions/{petition}/parts/{part}/task", DECIDE_BELOW, 409, {"programme": "{programme}", "title": "T", "deliverable": "D", "lead": "{10183}", "from": "2021-01-01", "due": "2099-01-01"}),
    Row("PUT", "/petitions/{petition}/parts/{part}/question", DECIDE_BELOW, 200, {"text": "?"}),
    Row("PUT", "/petitions/{petition}/parts/{part}/return", DECIDE_BELOW, 412, {"reason": "không"}),
    Row("PUT", "/petitions/{petition}/parts/{part}/supply", ENTER, 409, {"text": "!"}),
    Row("PUT", "/petitions/{petition}/parts/{part}/routing", ENTER, 409, {"to": {"unit": "{279}"}}),
    Row("PUT", "/petitions/{petition}/withdrawal", ENTER, 200, {"reason": "thôi"}),
    Row("POST", "/petitions/{other_petition}/raisers", JOIN, 201, {"unit": "{10186}"}),
    Row("GET", "/inspection-procedures", SIGNED_IN, 200),
    Row("POST", "/inspection-procedures", KEEPER, 201, PROCEDURE),
    Row("GET", "/units/{10183}/inspection-plans/{year}", SEE, 200),
    Row("GET", "/inspections", SIGNED_IN, 200),
    Row("POST", "/inspections", DECIDE, 201, INSPECTION | {"unit": "{279}"}),
    Row("GET", "/inspections/{inspection}", SEE_INSPECTION, 200),
    Row("GET", "/inspections/{inspection}/brief", OFFICE_SEES, 200),
    Row("GET", "/inspections/{inspection}/earlier-findings", OFFICE_SEES, 200),
    Row("GET", "/inspections/{inspection}/notes", TEAM, 200),
    Row("POST", "/inspections/{inspection}/notes", TEAM, 201, {"text": "ghi"}),
    Row("PUT", "/inspections/{inspection}/notes/{note}", TEAM, 200, {"text": "ghi lại", "is_shared": True}),
    Row("POST", "/inspections/{inspection}/sessions", TEAM, 201, SESSION),
    Row("GET", "/inspections/{inspection}/sessions/{session}", SEE_INSPECTION, 200),
    Row("PUT", "/inspections/{inspection}/sessions/{session}", TEAM, 200, SESSION),
    Row("POST", "/inspections/{inspection}/sessions/{session}/attachments", TEAM, 201, {"name": "a.txt", "base64": "eGlu"}),
    Row("GET", "/inspections/{inspection}/sessions/{session}/attachments/{picture}", SEE_INSPECTION, 200),
    Row("PUT", "/inspections/{inspection}/prefilling", SUBJECT, 200, {"unit": "{10183}"}),
    Row("POST", "/inspections/{inspection}/papers", PAPERS, 201, {"paper": "decision", "profile": "state-nd30-2020"}),
    Row("GET", "/inspections/{inspection}/papers/{paper}", SEE_INSPECTION, 200),
    Row("POST", "/inspections/{inspection}/commitments", SUBJECT, 412, {"title": "T", "deliverable": "D", "due": "2099-01-01"}),
    Row("PUT", "/inspections/{inspection}/team", OFFICE, 412, {"members": [{"login": "ha", "role": "head"}]}),
    Row("PUT", "/inspections/{inspection}/outline", OFFICE_OR_LEAD, 412, {"sections": [], "period": "2021", "due_on": "2099-01-01"}),
    Row("PUT", "/inspections/{inspection}/decision", OFFICE, 412, {}),
    Row("PUT", "/inspections/{inspection}/announcement", OFFICE, 412, {}),
    Row("PUT", "/inspections/{inspection}/verification", OFFICE_OR_LEAD, 412, {}),
    Row("PUT", "/inspections/{inspection}/extension", OFFICE, 412, {"days": 1, "reason": "thêm việc"}),
    Row("POST", "/inspections/{inspection}/supplements", TEAM, 412, {"unit": "{10183}", "due_on": "2099-01-01", "remark": "cần làm rõ thêm", "sections": [{"section": "1", "remark": "cần làm rõ thêm"}]}),
    Row("POST", "/inspections/{inspection}/findings", TEAM, 412, FINDING),
    Row("PUT", "/inspections/{inspection}/findings/{finding}", TEAM, 412, FINDING),
    Row("DELETE", "/inspections/{inspection}/findings/{finding}", TEAM, 412),
    Row("PUT", "/inspections/{inspection}/draft", TEAM, 412, {"summary": "T"}),
    Row("PUT", "/inspections/{inspection}/conference", TEAM, 412, {"on": "2021-01-01", "text": "T"}),
    Row("PUT", "/inspections/{inspection}/conclusion", OFFICE, 412, {"summary": "T", "demands": []}),
    Row("PUT", "/inspections/{inspection}/handover", OFFICE, 412, {}),
    Row("PUT", "/inspections/{inspection}/follow-ups/1/verification", OFFICE, 412, {"verdict": "closed"}),
    Row("PUT", "/inspections/{inspection}/closing", OFFICE, 412, {}),
    Row("PUT", "/inspections/{inspection}/cancellation", OFFICE, 412, {"reason": "T"}),
    Row("GET", "/movements", SIGNED_IN, 200),
    Row("POST", "/movements", DECIDE, 201, MOVEMENT | {"unit": "{279}"}),
    Row("GET", "/movements/{movement}", SEE_MOVEMENT, 200),
    Row("PUT", "/movements/{movement}", DECIDE_MOVEMENT, 412, MOVEMENT),
    Row("PUT", "/movements/{movement}/plan", CARRY_OR_DECIDE, 412, {"lines": []}),
    Row("PUT", "/movements/{movement}/start", DECIDE_MOVEMENT, 412, {}),
    Row("PUT", "/movements/{movement}/closing", DECIDE_MOVEMENT, 412, {}),
    Row("GET", "/movements/{movement}/totals", SEE_ABOVE, 200),
    Row("PUT", "/movements/{movement}/figures/{report}", ENTER, 409, {}),
    Row("GET", "/movements/{movement}/contributions", SEE_MOVEMENT, 200),
    Row("POST", "/movements/{movement}/contributions", CARRY, 201, GIFT | {"unit": "{10183}", "body": "{10183}", "is_other": "đợt hai"}),
    Row("GET", "/movements/{movement}/contributions/{gift}", SEE, 200),
    Row("PUT", "/movements/{movement}/contributions/{gift}", EITHER, 200, GIFT | {"unit": "{10183}", "reason": "ghi nhầm", "is_other": "đợt một"}),
    Row("PUT", "/movements/{movement}/contributions/{gift}/withdrawal", EITHER, 412, {"reason": "ghi nhầm"}),
    Row("GET", "/models", SIGNED_IN, 200),
    Row("POST", "/models", ENTER, 201, MODEL | {"unit": "{10183}"}),
    Row("GET", "/models/{model}", SEE, 200),
    Row("PUT", "/models/{model}", ENTER, 200, {"field": "economy", "title": "Mô hình", "story": "Kể lại."}),
    Row("PUT", "/models/{model}/recognition", DECIDE, 200, {"by": "{279}", "on": "2021-06-01"}),
    Row("PUT", "/models/{model}/withdrawal", EITHER, 412, {"reason": "không còn"}),
    Row("POST", "/models/{model}/attachments", ENTER, 201, {"name": "a.txt", "base64": "eGlu"}),
    Row("GET", "/models/{model}/attachments/{poster}", SEE, 200),
    Row("GET", "/commendations", SIGNED_IN, 200),
    Row("POST", "/commendations", DECIDE, 201, {"unit": "{10183}", "giver": "{279}", "form": "Giấy khen", "number": "QĐ {person}", "on": "2021-06-01"}),
    Row("PUT", "/commendations/{praise}/withdrawal", DECIDE_BELOW, 200, {"reason": "ghi nhầm"}),
    Row("GET", "/units/{10183}/mobilisation?year=2021", SEE, 200),
    Row("GET", "/units/{279}/administrative-reform?handled=F05&on_time=F06&from=2021-01&to=2021-02", SEE_ABOVE, 200),
    Row("PUT", "/inspections/{inspection}", OFFICE, 412, INSPECTION),
    Row("GET", "/conclusions", SIGNED_IN, 200),
    Row("GET", "/bulletins", SIGNED_IN, 200),
    Row("POST", "/bulletins", ENTER, 201, BULLETIN | {"unit": "{10183}"}),
    Row("GET", "/bulletins/{bulletin}", SEE, 200),
    Row("GET", "/bulletins/{bulletin}/preview", SEE, 200),
    Row("POST", "/bulletins/{bulletin}/preview", ENTER, 200, BULLETIN),
    Row("GET", "/bulletins/{bulletin}/pictures/{photo}/full", SEE, 200),
    Row("POST", "/bulletins/{bulletin}/pictures", ENTER, 422, {"base64": "eGlu", "caption": "C", "alternative": "A"}),
    Row("PUT", "/bulletins/{bulletin}", ENTER, 412, BULLETIN),
    Row("PUT", "/bulletins/{bulletin}/pictures/{photo}", ENTER, 412, {"caption": "C", "alternative": "A"}),
    Row("DELETE", "/bulletins/{bulletin}/pictures/{photo}", ENTER, 412),
    Row("PUT", "/bulletins/{bulletin}/return", ENTER, 412, {}),
    Row("PUT", "/bulletins/{bulletin}/redraft", ENTER, 412, {}),
    Row("PUT", "/bulletins/{bulletin}/submission", ENTER, 200, {}, at=2),
    Row("PUT", "/bulletins/{bulletin}/publishing", PUBLISH, 412, {}),
    Row("PUT", "/bulletins/{bulletin}/withdrawal", PUBLISH, 412, {"reason": "nhầm số liệu"}),
    Row("PUT", "/bulletins/{reviewed}/publishing", DECIDE, 412, {}),
    Row("GET", "/publications/{publication}/opening", SEE_ABOVE, 200),
    Row("GET", "/publications/{publication}/opening/preview", SEE_ABOVE, 200),
    Row("PUT", "/publications/{publication}/opening", DECIDE, 200, {}),
    Row("PUT", "/publications/{publication}/opening/withdrawal", DECIDE, 200, {"reason": "nhầm số liệu"}),
    Row("DELETE", "/session", SIGNED_IN, 204),
]
