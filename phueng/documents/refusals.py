"""Why can a file not be taken, and what can the person do instead?"""

from phueng.kernel.problems import Problem

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000

_PHOTO_TH, _PHOTO_EN = "ถ่ายรูปใหม่ด้วยกล้องโทรศัพท์แล้วส่งอีกครั้ง", "Take the photo again with your phone and send that."
_KIND_TH = "ส่งเป็นรูปถ่าย (JPG, PNG, HEIC, WebP) หรือ PDF"
_KIND_EN = "Send a photo (JPG, PNG, HEIC, WebP) or a PDF."
_PAPER_TH = "ถ่ายรูปเอกสารทีละหน้าแล้วส่งรูปแทน"
_PAPER_EN = "Photograph the pages one by one and send the photos instead."

_ALL = (
    Problem("file_is_empty", "ไฟล์นี้ว่างเปล่า", "This file is empty.", _PHOTO_TH, _PHOTO_EN),
    Problem(
        "file_is_too_big",
        "ไฟล์ใหญ่เกิน 10 MB",
        "The file is larger than 10 MB.",
        "ถ่ายรูปใหม่ด้วยขนาดเล็กลง หรือถ่ายรูปเอกสารทีละหน้า",
        "Take a smaller photo, or photograph the pages one by one.",
    ),
    Problem(
        "picture_is_too_large",
        "รูปนี้มีจุดภาพมากเกินที่ระบบเปิดได้ (เกิน 50 ล้านจุด)",
        "The picture has more dots than we can open (over 50 million).",
        "ถ่ายรูปใหม่ด้วยขนาดปกติของกล้อง",
        "Take the photo again at the camera's normal size.",
    ),
    Problem("file_kind_is_not_taken", "ไฟล์ชนิดนี้รับไม่ได้", "We cannot take this kind of file.", _KIND_TH, _KIND_EN),
    Problem(
        "name_and_content_differ",
        "ชื่อไฟล์บอกชนิดหนึ่ง แต่ข้างในเป็นอีกชนิดหนึ่ง",
        "The file's name says one kind, but its content is another.",
        _PHOTO_TH,
        _PHOTO_EN,
    ),
    Problem(
        "file_is_damaged",
        "เปิดไฟล์นี้ไม่ได้ ไฟล์อาจเสียหาย",
        "The file cannot be opened; it may be damaged.",
        _PHOTO_TH,
        _PHOTO_EN,
    ),
    Problem(
        "pdf_is_locked",
        "PDF นี้ใส่รหัสผ่านไว้ เราเปิดอ่านไม่ได้",
        "This PDF is locked with a password, so we cannot read it.",
        _PAPER_TH,
        _PAPER_EN,
    ),
    Problem(
        "pdf_can_act",
        "PDF นี้มีคำสั่งหรือไฟล์อื่นซ่อนอยู่ข้างใน จึงรับไม่ได้เพื่อความปลอดภัย",
        "This PDF holds commands or other files inside, so we do not take it, for everybody's safety.",
        _PAPER_TH,
        _PAPER_EN,
    ),
)
PROBLEMS: dict[str, Problem] = {problem.code: problem for problem in _ALL}
