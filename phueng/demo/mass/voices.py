"""Who speaks for an applicant of the mass: the person, a volunteer, or the officer at the counter?"""

from phueng.audit.actors import Actor
from phueng.demo.mass.plan import Case
from phueng.demo.mass.sheets import helper_of
from phueng.demo.mass.teams import Team


def voice_of(case: Case, team: Team) -> Actor:
    """The actor of the applicant's own acts."""
    if case.channel == "counter":
        return team["desk"].actor
    if case.channel == "helper":
        first, last, _ = helper_of(case)
        return Actor("helper", None, f"{first} {last}", "helper")
    return Actor("citizen", None, "ผู้ขอ", "citizen")
