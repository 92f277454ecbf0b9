"""What shape does the input have on a person's page?"""

from django import forms

from phueng.desk.forms.fields import line


class OpenNumberForm(forms.Form):
    why = line(
        "เปิดดูเลขเพราะอะไร", "Why do you need the number?",
        needed=("เขียนเหตุผลก่อน เหตุผลจะอยู่ในบันทึก", "Write the reason first; it stays in the journal."),
    )  # fmt: skip
