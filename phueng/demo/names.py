"""What are invented people called?

Given names are common ones of each generation, which belong to nobody in particular. Surnames are put
together from syllables, so that a whole name is nobody's on purpose. Every name comes with its Latin
spelling.
"""

from random import Random
from typing import NamedTuple


class Name(NamedTuple):
    """A name in Thai and Latin letters."""

    th: str
    en: str


def _read(rows: str) -> tuple[Name, ...]:
    words = rows.split()
    return tuple(Name(th, en) for th, en in zip(words[::2], words[1::2], strict=True))


WOMEN_OLDER = _read("""
สมศรี Somsri บุญมี Bunmi คำแปง Khampaeng ทองใบ Thongbai ประนอม Pranom สำราญ Samran ละเอียด La-iat บัวลอย
Bualoi จันทร์เพ็ญ Chanphen ทองสุข Thongsuk หนูเล็ก Nulek บุญเรือน Bunruean สมหมาย Sommai สุดใจ Sutchai
ลำดวน Lamduan คำพูน Khamphun พิมพา Phimpha สายทอง Saithong ประไพ Praphai อุไร Urai มาลี Mali บัวผัน Buaphan
แก้วตา Kaeota ทองคำ Thongkham สมพร Somphon จำปา Champa เพ็ญศรี Phensi วันเพ็ญ Wanphen บุญธรรม Buntham
กองแก้ว Kongkaeo
""")
MEN_OLDER = _read("""
สมชาย Somchai บุญมา Bunma ประเสริฐ Prasoet สมบูรณ์ Sombun ทองดี Thongdi คำสิงห์ Khamsing บุญเลิศ Bunloet
สวัสดิ์ Sawat ประยูร Prayun สมัย Samai ทองอินทร์ Thong-in สุพจน์ Suphot วิชัย Wichai สำเริง Samroeng จำรัส
Chamrat ชาลี Chali บุญส่ง Bunsong เฉลิม Chaloem สังวาลย์ Sangwan ถวิล Thawin อำนวย Amnuai ไพบูลย์ Phaibun
คำปุ่น Khampun หนูกัน Nukan สมศักดิ์ Somsak บุญช่วย Bunchuai เสถียร Sathian พรมมา Phromma สนิท Sanit สุวรรณ
Suwan
""")
WOMEN_MIDDLE = _read("""
สุภาพร Suphaphon นงลักษณ์ Nonglak วิไลวรรณ Wilaiwan รัตนา Rattana กาญจนา Kanchana อรทัย Orathai พัชรี
Phatchari จิราพร Chiraphon นิภาพร Niphaphon ศิริพร Siriphon สุกัญญา Sukanya ดวงใจ Duangchai ปราณี Prani
วาสนา Watsana กรรณิการ์ Kannika เพ็ญนภา Phennapha อัญชลี Anchali มณีรัตน์ Manirat ยุพิน Yuphin สุนันทา
Sunantha ณัฐพร Natthaphon ปิยะดา Piyada ชุติมา Chutima รุ่งทิวา Rungthiwa จุฑามาศ Chuthamat
""")
MEN_MIDDLE = _read("""
สุรชัย Surachai อนุชา Anucha วีระพงษ์ Wiraphong ธนพล Thanaphon ณัฐวุฒิ Natthawut กิตติ Kitti สมคิด Somkhit
ประวิทย์ Prawit ชัยวัฒน์ Chaiwat ศักดิ์ชัย Sakchai อดิศักดิ์ Adisak วรวุฒิ Worawut เอกชัย Ekkachai พิเชษฐ์
Phichet ทวีศักดิ์ Thawisak สุทธิพงษ์ Sutthiphong ณรงค์ Narong ไพโรจน์ Phairot มานพ Manop อภิชาติ Aphichat
จักรกฤษณ์ Chakkrit ธีรยุทธ Thirayut นิพนธ์ Niphon วุฒิชัย Wutthichai เกรียงไกร Kriangkrai
""")
GIRLS = _read("""
ณัฐธิดา Natthida พิมพ์ชนก Phimchanok กัญญาณัฐ Kanyanat ปาลิตา Palita ชญานิษฐ์ Chayanit ธัญชนก Thanchanok
วรัญญา Waranya ณิชา Nicha ปวีณ์ธิดา Pawithida เขมจิรา Khemchira อริสา Arisa ภัทรวดี Phatthrawadi พรนภัส
Phonnaphat กมลชนก Kamonchanok สุชาดา Suchada บุณยาพร Bunyaphon นันท์นภัส Nannaphat จิรัชญา Chiratchaya
""")
BOYS = _read("""
ธนกฤต Thanakrit ภูมิพัฒน์ Phumiphat ณัฐภัทร Natthaphat ปัณณวัฒน์ Pannawat กิตติพัฒน์ Kittiphat ชยพล Chayaphon
พีรวิชญ์ Phirawit ศุภกร Suphakon ธีรภัทร Thiraphat วรากร Warakon อชิระ Achira ปุณณวิช Punnawit กฤตเมธ
Krittamet รัชชานนท์ Ratchanon จิรายุ Chirayu ภาคิน Phakhin เตชินท์ Techin สิรวิชญ์ Sirawit
""")

_BEGINNINGS = _read("""
แสง Saeng ทอง Thong แก้ว Kaeo ศรี Si บุญ Bun จันทร์ Chan คำ Kham พรม Phrom วงษ์ Wong นา Na ภู Phu สาย Sai
ดวง Duang เพชร Phet ชัย Chai นวล Nuan อิน In สิงห์ Sing ไชย Chai หอม Hom โพธิ์ Pho มะลิ Mali ลำ Lam วัน Wan
พล Phon
""")
_MIDDLES = _read("""
ระ ra สา sa ประ pra ทะ tha นา na มณี mani ภัก phak วิ wi สุ su ธา tha กุล kun ดา da พิ phi เกษม kasem มาศ mat
""")
_ENDINGS = _read("""
วารี wari ทุ่งใส thungsai ดอนงาม donngam ป่าขาว pakhao นาใหม่ namai ริมหนอง rimnong ใจเย็น chaiyen ท่าคำ
thakham โนนแดง nondaeng บ้านเหนือ banuea ลมโชย lomchoi ฟ้าหลัง falang เรืองสาย rueangsai หินเกลี้ยง
hinkliang ภูเขียว phukhiao สวนลึก suanluek น้ำคำ namkham ทรายงาม saingam คลองยาว khlongyao ไพรวัน phraiwan
""")


def surname(chance: Random) -> Name:
    """A surname made of syllables: 25 x 15 x 20 of them and half as many without a middle."""
    beginning, ending = chance.choice(_BEGINNINGS), chance.choice(_ENDINGS)
    if chance.random() < 0.35:
        return Name(beginning.th + ending.th, beginning.en + ending.en)
    middle = chance.choice(_MIDDLES)
    return Name(beginning.th + middle.th + ending.th, beginning.en + middle.en + ending.en)


def given_name(chance: Random, sex: str, age: int) -> Name:
    """A name of the person's generation."""
    if age >= 55:
        pool = WOMEN_OLDER if sex == "female" else MEN_OLDER
    elif age >= 22:
        pool = WOMEN_MIDDLE if sex == "female" else MEN_MIDDLE
    else:
        pool = GIRLS if sex == "female" else BOYS
    # A few names are borne by many: real registers are like that, and matching has to live with it.
    return pool[min(int(chance.expovariate(2.2 / len(pool))), len(pool) - 1)]


_OTHER_SPELLINGS = (
    ("ภรณ์", "พร"), ("พร", "ภรณ์"), ("ณ", "น"), ("ศ", "ส"), ("รรณ", "รณ"), ("ฐ", "ถ"), ("ษ", "ส"), ("์", ""),
    ("ญ", "ย"), ("ใ", "ไ"), ("ี", "ิ"), ("ิ", "ี"), ("ุ", "ู"), ("ท", "ธ"), ("บ", "ป"), ("า", "ะ"),
)  # fmt: skip


def respelled(name: str) -> str:
    """The same name as a clerk might have written it by ear; never the name itself."""
    for written, heard in _OTHER_SPELLINGS:
        if written in name:
            return name.replace(written, heard, 1)
    return name + "์"
