"""Where does the money of a fund come from? Money given for one purpose is never mixed with the state's."""

BUDGET = "budget"

# source → (Thai, English)
SOURCES: dict[str, tuple[str, str]] = {
    BUDGET: ("งบประมาณรายจ่าย", "State budget"),
    "donation": ("เงินบริจาค", "Donations"),
    "provincial": ("กองทุนจังหวัด", "Provincial fund"),
}
