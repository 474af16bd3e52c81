"""Who may do what, reckoned from the design's words and the facts of the test's own world. Nothing here is asked of the program.

A post counts on the days it is held. It reaches its unit (`own`), every unit under it in any line (`above`), and what an ended
unit left when the post is at an heir. Sight of a unit may be lent to a person; it lets see and nothing else. Who sees a thing and may not
do the act is refused (403); for whom it is out of scope it does not exist (404).
"""
import dataclasses

CITY, DISTRICT, OTHER_DISTRICT = "01", "279", "250"
COMMUNE, SIBLING, COUSIN, HAMLET = "10183", "10186", "08974", "90001"
ENDED, ENDED_BESIDE = "10189", "10192"  # merged into COMMUNE and into SIBLING
PARTY, FRONT = "DU", "MT"  # above COMMUNE in the Party's line; above nobody here, in the Front's line

#: unit → its superiors, one for each line it stands in.
PARENTS = {DISTRICT: [CITY], OTHER_DISTRICT: [CITY], COMMUNE: [DISTRICT, PARTY], SIBLING: [DISTRICT], COUSIN: [OTHER_DISTRICT],
           HAMLET: [COMMUNE]}
HEIRS = {ENDED: [COMMUNE], ENDED_BESIDE: [SIBLING]}

ALL = {"clerk", "compiler", "head", "administrator", "viewer"}
DECIDERS, WRITERS, KEEPERS = {"compiler", "head"}, {"clerk", "compiler", "head"}, {"compiler", "head", "administrator"}
#: act → (roles at the unit itself, roles at a unit above it).
ROLES = {
    "see": (ALL, ALL),
    "enter": (WRITERS, set()),
    "decide": (DECIDERS, set()),  # also: request, direct, inspect
    "keep_templates": ({"head", "administrator"}, {"administrator"}),
    "appoint": ({"administrator"}, {"administrator"}),
    "reorganise": ({"administrator"}, {"administrator"}),
}


def bearers(unit):
    """The unit, or those that carry on what it left."""
    return HEIRS.get(unit, [unit])


def above(unit):
    """Every unit above, in any line."""
    found = set()
    for parent in PARENTS.get(unit, []):
        found |= {parent} | above(parent)
    return found


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody who asks. `posts` are those held today; `lent` the units seen without a post; `team` says whether of the object's own inspection."""
    login: str
    relation: str
    posts: tuple = ()
    lent: tuple = ()
    signed_in: bool = True
    team: bool = False

    def sees(self, unit, by_post=False):
        reach = set().union(*({one} | above(one) for one in bearers(unit)))
        return any(post in reach for post, _ in self.posts) or (
            not by_post and any(one in reach or one == unit for one in self.lent))

    def under(self, unit):
        """Holds a post at the unit or below it."""
        return any(at == unit or unit in above(at) for at, _ in self.posts)

    def may(self, act, unit):
        own, superior = ROLES[act]
        heirs = bearers(unit)
        over = set().union(*(above(one) for one in heirs))
        return any((at in heirs and role in own) or (at in over and role in superior) for at, role in self.posts) or (
            act == "see" and self.sees(unit))


@dataclasses.dataclass(frozen=True)
class Rule:
    """`acts`: any of these (act, unit) lets. `seen_at`: whoever sees one of these units sees the thing. `seen_under`: so does who works at
    or below one of these. `told`: who sees it by that may look, too. `team`: who is on the team may. `by_post`: lent sight does not count.
    `hidden`: who may not does not learn that it exists. `holder`: only this login."""
    acts: tuple = ()
    seen_at: tuple = ()
    seen_under: tuple = ()
    told: bool = False
    by_post: bool = False
    hidden: bool = False
    team: bool = False
    everybody: bool = False
    keeper: bool = False
    posted: bool = False
    holder: str = ""
    open: bool = False

    def verdict(self, person):
        """may, refused (403), unseen (404) or nobody (401)."""
        if self.open:
            return "may"
        if not person.signed_in:
            return "nobody"
        if self.everybody:
            return "may"
        if self.keeper:
            return "may" if any(role in KEEPERS for _, role in person.posts) else "refused"
        if self.posted:
            return "may" if person.posts else "refused"
        if self.holder:
            return "may" if person.login == self.holder else "unseen"
        if self.team and person.team:
            return "may"
        below = any(person.under(unit) for unit in self.seen_under)
        seen = below or any(person.sees(unit, self.by_post) for unit in self.seen_at)
        allowed = any(person.may(act, unit) and (act != "see" or person.sees(unit, self.by_post)) for act, unit in self.acts)
        if allowed or (self.told and below):
            return "may"
        return "refused" if seen and not self.hidden else "unseen"


def act(name, unit, *seen_at, **more):
    """The act is done for `unit`; the thing is seen by whoever sees `unit` or one of `seen_at`."""
    return Rule(acts=((name, unit),), seen_at=(unit, *seen_at), **more)


def see(*units, **more):
    return Rule(acts=tuple(("see", unit) for unit in units), seen_at=units, **more)


OPEN, SIGNED_IN, KEEPER, POSTED = Rule(open=True), Rule(everybody=True), Rule(keeper=True), Rule(posted=True)
NOBODYS = Rule()


def moved(rule, origin, target):
    """The same rule for a thing of another unit."""
    turn = {origin: target}
    return dataclasses.replace(rule, acts=tuple((name, turn.get(unit, unit)) for name, unit in rule.acts),
                               seen_at=tuple(turn.get(unit, unit) for unit in rule.seen_at))
