"""What did the numbers of asking money back stand at on a given day?"""

from datetime import date
from functools import cache
from pathlib import Path

from phueng.recoveries.rules import Numbers
from phueng.schemes.parameters import Parameters, load_parameters

_FILE = Path(__file__).with_name("parameters.yaml")


@cache
def parameters() -> Parameters:
    """Every dated number with its law."""
    return load_parameters(_FILE)


def numbers_on(on: date) -> Numbers:
    """The numbers in force on this day, with the sentence of law behind each reason; raises NoParameter."""
    book = parameters()

    def law(name: str) -> tuple[str, str]:
        source = book.dated(name, on).law
        return source.th, source.en

    return Numbers(
        revoke_days=book.value("revoke_within", on),
        revoking_causes=frozenset(book.value("causes_that_revoke", on)),
        claim_years=book.value("claim_years", on),
        claim_years_at_most=book.value("claim_years_at_most", on),
        share_when_both=book.value("share_when_both", on),
        instalment_share=book.value("instalment_share", on),
        most_instalments=book.value("most_instalments", on),
        instalments_unknown=book.value("instalments_when_income_unknown", on),
        least_instalment_satang=book.satang("least_instalment", on),
        hardship_satang=book.satang("hardship_below", on),
        laws={
            "revoke": law("revoke_within"),
            "claim": law("claim_years"),
            "both": law("share_when_both"),
            "means": law("instalment_share"),
            "hardship": law("hardship_below"),
        },
    )


def days(name: str, on: date) -> int:
    """A number of days, such as `answer_within`."""
    return int(parameters().value(name, on))


def law_of(name: str, on: date) -> tuple[str, str]:
    """The law behind a number, Thai and English."""
    source = parameters().dated(name, on).law
    return source.th, source.en
