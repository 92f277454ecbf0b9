import pytest
from phueng.decisions.tests import scenes
@pytest.mark.django_db
def test_x():
    d = scenes.approved()
    print(d.amount_satang)
    d2 = scenes.approved(scheme_code="old_age")
    print(d2.amount_satang)
    print(scenes.refused().outcome)
