"""Are all places there, in dictionary order, and does exactly one office of a kind answer for each?"""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from phueng.audit.actors import SYSTEM
from phueng.kernel.thai_text import sort_key
from phueng.places import queries
from phueng.places.actions.load_places import LoadedPlaces, load_places
from phueng.places.identity import office_id
from phueng.places.models import District, Office, OfficeArea, Province, Subdistrict
from phueng.places.province_marks import PROVINCE_MARKS
from phueng.places.tests.factories import OfficeAreaFactory, OfficeFactory, SubdistrictFactory

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def test_loads_every_place_and_state_office(loaded: LoadedPlaces) -> None:
    assert (loaded.provinces, loaded.districts, loaded.subdistricts) == (77, 928, 7436)
    assert Office.objects.filter(kind="centre").count() == 77
    assert Office.objects.filter(kind="district").count() == 878
    assert Office.objects.get(kind="headquarters").province is None
    assert Subdistrict.objects.filter(postal_codes=[]).count() == 0


def test_loading_again_changes_nothing_and_keeps_what_an_operator_wrote(loaded: LoadedPlaces) -> None:
    Office.objects.filter(code="KKN-DPC").update(phone="043 000 000")
    before = Office.objects.count(), OfficeArea.objects.count()
    load_places(by=SYSTEM("test"), at=AT)
    assert (Office.objects.count(), OfficeArea.objects.count()) == before
    centre = queries.office("KKN-DPC")
    assert centre is not None
    assert (centre.phone, centre.id) == ("043 000 000", office_id("KKN-DPC"))


def test_bangkok_has_khet_without_the_word_in_the_name(loaded: LoadedPlaces) -> None:
    khet = District.objects.filter(kind="khet")
    assert khet.count() == 50
    assert not khet.filter(name_th__startswith="เขต").exists()
    assert queries.place_line("100101") == "แขวงพระบรมมหาราชวัง เขตพระนคร กรุงเทพมหานคร 10200"


def test_lists_stand_in_dictionary_order(loaded: LoadedPlaces) -> None:
    names = [place.name_th for place in queries.districts("40")]
    # By code points โคกโพธิ์ไชย and เขาสวนกวาง would come last, after all consonants.
    assert names[:4] == ["กระนวน", "เขาสวนกวาง", "โคกโพธิ์ไชย", "ชนบท"]
    assert len(names) == 26
    english = [place.name("en") for place in queries.provinces("en")]
    assert english == sorted(english)
    assert len(english) == 77


def test_the_database_sorts_as_the_kernel_does(loaded: LoadedPlaces) -> None:
    wrong = [name for name, key in Subdistrict.objects.values_list("name_th", "sort_key") if key != sort_key(name)]
    assert wrong == []


def test_one_line_says_where_a_place_is(loaded: LoadedPlaces) -> None:
    assert queries.place_line("400101") == "ต.ในเมือง อ.เมืองขอนแก่น จ.ขอนแก่น 40000"
    assert queries.place_line("400101", "en") == "Nai Mueang, Mueang Khon Kaen, Khon Kaen 40000"
    assert queries.place_line("000000") == "000000"
    assert queries.is_subdistrict("400101")
    assert not queries.is_subdistrict("4001")
    assert not queries.is_subdistrict("x")


def test_several_postal_codes_are_left_to_the_reader(loaded: LoadedPlaces) -> None:
    several = Subdistrict.objects.filter(postal_codes__len__gt=1).first()
    assert several is not None
    assert queries.place_line(several.code)[-1] not in "0123456789"


def test_each_subdistrict_has_its_offices(loaded: LoadedPlaces) -> None:
    khon_kaen = queries.offices_answering("400101")
    assert {kind: office.code for kind, office in khon_kaen.items()} == {
        "centre": "KKN-DPC",
        "district": "D4001",
        "municipality": "M400101",
    }
    assert khon_kaen["municipality"].is_invented
    bangkok = queries.offices_answering("100101")
    assert {kind: office.code for kind, office in bangkok.items()} == {
        "centre": "BKK-DPC",
        "municipality": "K1001",
    }
    assert queries.office_for("municipality", "570101") is None


def test_a_centre_answers_for_its_whole_province(loaded: LoadedPlaces) -> None:
    centre = queries.office_for("centre", "400101")
    assert centre is not None
    codes = queries.subdistrict_codes_of(centre.id)
    assert len(codes) == 199
    assert all(code.startswith("40") for code in codes)


def test_every_centre_can_borrow_a_hand_from_another_province(loaded: LoadedPlaces) -> None:
    for centre in Office.objects.filter(kind="centre").select_related("paired_office"):
        assert centre.paired_office is not None
        assert centre.paired_office.kind == "centre"
        assert centre.paired_office.province_id != centre.province_id


def test_marks_cover_every_province_once(loaded: LoadedPlaces) -> None:
    assert set(PROVINCE_MARKS) == set(Province.objects.values_list("code", flat=True))
    assert len({mark.letters for mark in PROVINCE_MARKS.values()}) == 77


def test_small_lists_are_asked_of_the_database_once(loaded: LoadedPlaces, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    queries.forget_lists()
    with django_assert_num_queries(1):
        queries.provinces()
        queries.provinces("en")
    with django_assert_num_queries(1):
        queries.offices_answering("400101")


def test_an_empty_list_is_not_remembered(traced: None) -> None:
    queries.forget_lists()
    assert queries.subdistricts("9901") == ()
    place = SubdistrictFactory.create(district__code="9901")
    assert [found.code for found in queries.subdistricts("9901")] == [place.code]
    queries.forget_lists()


def _refused(constraint: str, **changed: object) -> None:
    def make_and_check() -> None:
        with transaction.atomic():
            OfficeAreaFactory.create(**changed)
            connection.check_constraints()

    with pytest.raises(IntegrityError, match=constraint):
        make_and_check()


def test_two_offices_of_a_kind_cannot_answer_for_one_area(traced: None) -> None:
    first = OfficeAreaFactory.create()
    _refused("office_area_subdistrict_once", subdistrict=first.subdistrict)


def test_an_area_has_exactly_one_level(traced: None) -> None:
    _refused("office_area_exactly_one_level", subdistrict=None)
    place = SubdistrictFactory.create()
    _refused("office_area_exactly_one_level", subdistrict=place, district=place.district)


def test_an_area_has_the_kind_of_its_office(traced: None) -> None:
    _refused("office_area_kind_of_office", office=OfficeFactory.create(kind="municipality"), kind="district")


def test_a_subdistrict_lies_in_its_district(traced: None) -> None:
    place = SubdistrictFactory.create()
    with pytest.raises(IntegrityError, match="subdistrict_code_in_district"), transaction.atomic():
        SubdistrictFactory.create(district=place.district, code="400199")


def test_an_office_is_not_its_own_pair(traced: None) -> None:
    office = OfficeFactory.create()
    with pytest.raises(IntegrityError, match="office_not_its_own_pair"), transaction.atomic():
        Office.objects.filter(id=office.id).update(paired_office=office)
