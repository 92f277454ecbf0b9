"""What do we call the steps of a payment run?"""

from django.utils.safestring import SafeString

from phueng.design.templatetags.design import status
from phueng.design.wording import say

# step → (component state, Thai, English)
STATE_WORDS = {
    "prepared": ("waiting", "รอผู้ตรวจ", "Waits for the checker"),
    "checked": ("waiting", "รอผู้สั่งจ่าย", "Waits for the releaser"),
    "released": ("action", "สั่งจ่ายแล้ว กำลังส่งแฟ้ม", "Released, file being sent"),
    "sent": ("done", "ส่งธนาคารแล้ว", "With the bank"),
    "abandoned": ("stopped", "ยกเลิก", "Abandoned"),
}


def state_words(state: str) -> str:
    """The step in the reader's language."""
    _, th, en = STATE_WORDS[state]
    return say(th, en)


def state_tag(state: str) -> SafeString:
    """The step as a tag with icon and word."""
    kind, th, en = STATE_WORDS[state]
    return status(kind, th, en)
