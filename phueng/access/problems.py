"""What can access refuse, in words for the person in front of it?"""

from phueng.kernel.problems import Problem

SAME_HANDS = Problem(
    "same_hands",
    "คุณทำหน้าที่อื่นในเรื่องนี้ไปแล้ว คนเดียวกันทำสองหน้าที่ในเรื่องเดียวกันไม่ได้",
    "You have already had another part in this case. One person cannot have two parts in the same case.",
    "ส่งเรื่องให้เพื่อนร่วมงาน หรือขอคนจากสำนักงานอื่นมาทำแทน",
    "Pass it to a colleague, or ask for somebody from another office.",
)
NOT_A_LENDER = Problem(
    "not_a_lender",
    "ขอได้จากสำนักงานคู่หรือส่วนกลางเท่านั้น",
    "A hand is lent by the paired office or by headquarters only.",
    "เลือกสำนักงานจากรายการ",
    "Choose an office from the list.",
)
NOBODY_THERE = Problem(
    "nobody_there",
    "วันนี้สำนักงานนั้นไม่มีใครมีหน้าที่นี้",
    "Nobody in that office holds this duty today.",
    "เลือกอีกสำนักงาน หรือแจ้งผู้ดูแลระบบให้มอบหน้าที่",
    "Choose the other office, or ask the administrator to give the duty.",
)
HAND_ASKED_ALREADY = Problem(
    "hand_asked_already",
    "ขอจากสำนักงานอื่นไว้แล้ว",
    "Another office has been asked already.",
    "รอสำนักงานนั้น หรือยกเลิกคำขอเดิมก่อน",
    "Wait for that office, or take the first request back.",
)
TOO_MANY_CODES = Problem(
    "too_many_codes",
    "วันนี้ส่งรหัสไปที่เบอร์นี้ครบ 5 ครั้งแล้ว",
    "Five codes were sent to this number today already.",
    "ลองใหม่พรุ่งนี้ หรือโทร 1300 ให้เจ้าหน้าที่ช่วย",
    "Try again tomorrow, or call 1300 and an officer will help.",
)
NOT_A_MOBILE = Problem(
    "not_a_mobile",
    "เบอร์นี้รับข้อความไม่ได้",
    "This number cannot receive messages.",
    "ใช้เบอร์มือถือ 10 หลัก หรือโทร 1300",
    "Use a 10-digit mobile number, or call 1300.",
)
WRONG_CODE = Problem(
    "wrong_code",
    "รหัสไม่ถูกต้อง หรือหมดเวลาแล้ว",
    "The code is wrong, or its time is over.",
    "ดูรหัสล่าสุดใน SMS แล้วลองใหม่ หรือขอรหัสใหม่",
    "Look at the newest code in your messages and try again, or ask for a new one.",
)
WRONG_SIGN_IN = Problem(
    "wrong_sign_in",
    "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง",
    "The username or the password is wrong.",
    "ตรวจตัวพิมพ์ใหญ่และภาษาของแป้นพิมพ์ แล้วลองใหม่ ลืมรหัสผ่าน ติดต่อผู้ดูแลระบบของสำนักงาน",
    "Check capital letters and the keyboard language. Forgotten? Ask your office's administrator.",
)
GIVEN_PASSWORD_OVER = Problem(
    "given_password_over",
    "รหัสผ่านใช้ครั้งเดียวนี้หมดเวลาแล้ว",
    "The time of this one-time password is over.",
    "ขอรหัสใหม่จากผู้ดูแลระบบของสำนักงาน",
    "Ask your office's administrator for a new one.",
)
OWN_PASSWORD = Problem(
    "own_password",
    "ออกรหัสผ่านให้ตัวเองไม่ได้",
    "Nobody gives a password to themselves.",
    "เปลี่ยนรหัสผ่านของคุณในหน้าเปลี่ยนรหัสผ่าน",
    "Change your own on the page for changing it.",
)
SIGN_IN_THROTTLED = Problem(
    "sign_in_throttled",
    "ลองผิดหลายครั้งเกินไป",
    "Too many wrong tries.",
    "รอ 15 นาทีแล้วลองใหม่ เครื่องที่เคยเข้าใช้บัญชีนี้แล้วยังเข้าได้ตามปกติ",
    "Wait 15 minutes and try again. A device that signed in to this account before still works.",
)
WRONG_FACTOR = Problem(
    "wrong_factor",
    "รหัส 6 หลักไม่ถูกต้อง",
    "The 6-digit code is wrong.",
    "ดูรหัสที่แสดงอยู่ตอนนี้ในแอป แล้วลองใหม่ ถ้ายังไม่ได้ ตรวจว่านาฬิกาของโทรศัพท์ตั้งเวลาอัตโนมัติ",
    "Type the code the app shows now. If it still fails, check that the phone sets its clock by itself.",
)
WRONG_OWN_PASSWORD = Problem(
    "wrong_own_password",
    "รหัสผ่านไม่ถูกต้อง",
    "The password is wrong.",
    "พิมพ์รหัสผ่านที่คุณใช้เข้าระบบ สิ่งที่กรอกไว้ยังอยู่",
    "Type the password you sign in with. What you had filled in is kept.",
)
STEP_UP_THROTTLED = Problem(
    "step_up_throttled",
    "ยืนยันตัวผิดหลายครั้งเกินไป",
    "Too many wrong tries to confirm that it is you.",
    "รอ 15 นาทีแล้วลองใหม่ สิ่งที่กรอกไว้ยังอยู่หนึ่งวัน",
    "Wait 15 minutes and try again. What you had filled in is kept for a day.",
)
WRONG_OLD_PASSWORD = Problem(
    "wrong_old_password",
    "รหัสผ่านเดิมไม่ถูกต้อง",
    "The old password is wrong.",
    "พิมพ์รหัสผ่านที่ใช้เข้าระบบครั้งนี้",
    "Type the password you signed in with.",
)
USERNAME_TAKEN = Problem(
    "username_taken",
    "มีบัญชีที่ใช้ชื่อนี้แล้ว",
    "An account with this username exists already.",
    "เลือกชื่อผู้ใช้อื่น",
    "Choose another username.",
)
OWN_DUTY = Problem(
    "own_duty",
    "ให้หน้าที่แก่ตัวเองไม่ได้",
    "Nobody can give a duty to themselves.",
    "ขอให้ผู้ดูแลระบบอีกคนทำแทน",
    "Ask another administrator to do it.",
)
DUTY_HELD = Problem(
    "duty_held",
    "คนนี้มีหน้าที่นี้ในสำนักงานนี้อยู่แล้วในช่วงวันดังกล่าว",
    "This person already holds this duty in this office on some of these days.",
    "เลือกวันเริ่มหลังวันที่หน้าที่เดิมสิ้นสุด หรือสิ้นสุดหน้าที่เดิมก่อน",
    "Choose a day after the old duty ends, or end that duty first.",
)
