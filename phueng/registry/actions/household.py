"""How does the register learn who lives with whom, and where?"""

from datetime import date, datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Problem, Refused
from phueng.registry.models import Home, Household, Membership, Person


@action
def register_household(
    *,
    by: Actor,
    at: datetime,
    source: str,
    subdistrict_code: str,
    house_code: str = "",
    house_no: str = "",
    moo: str = "",
    village: str = "",
    soi: str = "",
    road: str = "",
) -> Household:
    """Register a household, or return the one with this 11-digit house code."""
    fields = {
        "house_no": house_no,
        "moo": moo,
        "village": village,
        "soi": soi,
        "road": road,
        "subdistrict_id": subdistrict_code,
        "source": source,
        "stated_at": at,
    }
    if house_code:
        household, is_new = Household.objects.get_or_create(house_code=house_code, defaults=fields)
    else:
        household, is_new = Household.objects.create(**fields), True
    if is_new:
        record(
            by=by,
            at=at,
            act="registry.register_household",
            subject=("household", household.pk),
            after={"source": source, "subdistrict": subdistrict_code},
        )
    return household


@action
def join_household(
    *,
    by: Actor,
    at: datetime,
    source: str,
    person_id: UUID,
    household_id: UUID,
    starts_on: date,
    role: str = "member",
) -> Membership:
    """The person lives in this household from a day on; living elsewhere ends on that day.

    Refused when the person would have moved before they arrived where they live now.
    """
    Person.objects.select_for_update().get(pk=person_id)  # two moves of one person wait for each other
    current = Membership.objects.filter(person_id=person_id, ends_before__isnull=True).first()
    if current is not None:
        if current.household_id == household_id:
            return current
        if current.starts_on >= starts_on:
            raise Refused(
                Problem(
                    "moved_before_arriving",
                    "วันที่ย้ายเข้าอยู่ก่อนวันที่เข้าบ้านหลังปัจจุบัน",
                    "This move would lie before the person arrived at the present home",
                    "ตรวจวันที่ย้ายเข้าอีกครั้ง",
                    "Check the date of the move",
                )
            )
        current.ends_before = starts_on
        current.save(update_fields=["ends_before"])
    membership = Membership.objects.create(
        person_id=person_id, household_id=household_id, role=role, starts_on=starts_on, source=source, stated_at=at
    )
    record(
        by=by,
        at=at,
        act="registry.join_household",
        subject=("household", household_id),
        person_id=person_id,
        before={"household": current.household_id} if current else None,
        after={"starts_on": starts_on, "role": role},
    )
    return membership


@action
def state_home(
    *,
    by: Actor,
    at: datetime,
    source: str,
    household_id: UUID,
    latitude: float,
    longitude: float,
    accuracy_metres: float | None,
    method: str,
) -> Home:
    """State where a household is; coordinates outside Thailand are refused."""
    if not (5.5 <= latitude <= 20.6 and 97.2 <= longitude <= 105.8):
        raise Refused(
            Problem(
                "not_in_thailand",
                "พิกัดนี้อยู่นอกประเทศไทย",
                "These coordinates are outside Thailand",
                "ตรวจว่าละติจูดและลองจิจูดไม่สลับกัน แล้วบันทึกใหม่",
                "Check that latitude and longitude are not swapped, then save again",
            )
        )
    home = Home.objects.create(
        household_id=household_id,
        latitude=latitude,
        longitude=longitude,
        accuracy_metres=accuracy_metres,
        method=method,
        measured_by_name=by.name,
        source=source,
        stated_at=at,
    )
    record(
        by=by,
        at=at,
        act="registry.state_home",
        subject=("household", household_id),
        after={"method": method, "accuracy_metres": accuracy_metres},
    )
    return home
