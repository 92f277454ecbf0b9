"""Who appears in every demo, test, document and screenshot?

Invented people with fixed names, numbers and ids. Staff sign in with `PASSWORD` or by one click on the demo page;
citizens need no account. Words only: no database, so that anybody may import it.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from phueng.access.roles import ROLE_NAMES
from phueng.kernel.national_id import demo_national_id
from phueng.places.identity import HEADQUARTERS_CODE, centre_code, municipality_code, office_id

_CAST = UUID("7a9e2d51-64c2-5a0e-9f0b-2569ca570002")

# Printed on purpose: it opens nothing but the demo.
PASSWORD = "ที่พึ่งของทุกคน-2569"  # noqa: S105  # nosec B105

KHON_KAEN = centre_code("KKN")
CHIANG_MAI = centre_code("CMI")
UDON_THANI = centre_code("UDN")  # paired with Khon Kaen
MUNICIPALITY = municipality_code("400101")  # the city in which the old woman lives
HEADQUARTERS = HEADQUARTERS_CODE


@dataclass(frozen=True)
class Duties:
    """A role in an office."""

    role: str
    office_code: str

    @property
    def office_id(self) -> UUID:
        """The office's id, the same in every installation."""
        return office_id(self.office_code)


@dataclass(frozen=True)
class Staff:
    """Somebody who signs in."""

    key: str
    username: str
    name_th: str
    name_en: str
    duties: tuple[Duties, ...] = ()
    kind: str = "staff"
    citizen_key: str = ""  # who this account belongs to, when that person is one of the citizens
    does_th: str = ""
    does_en: str = ""

    @property
    def account_id(self) -> UUID:
        """The account's id, the same in every installation."""
        return uuid5(_CAST, f"account {self.username}")

    @property
    def role(self) -> str:
        """The first role, "" without any."""
        return self.duties[0].role if self.duties else ""

    @property
    def office_code(self) -> str:
        """The office of the first duty, "" without any."""
        return self.duties[0].office_code if self.duties else ""


@dataclass(frozen=True)
class Citizen:
    """Somebody who needs help, or lives with somebody who does."""

    key: str
    number: int  # of the national ID; also makes the ids
    title: str
    first_name: str
    last_name: str
    name_en: str
    sex: str  # female male
    born_on: date
    household_key: str
    relation: str = "head"
    born_precision: str = "day"
    has_national_id: bool = True
    phone: str = ""  # +66…
    bank_code: str = ""
    account: str = ""
    has_disability_card: bool = False
    has_state_welfare_card: bool = False
    has_state_pension: bool = False
    is_in_registry: bool = True
    story_th: str = ""
    story_en: str = ""

    @property
    def person_id(self) -> UUID:
        """The id of the person's record, where there is one."""
        return uuid5(_CAST, f"person {self.key}")

    @property
    def household_id(self) -> UUID:
        """The id of the household's record."""
        return HOUSES[self.household_key].household_id

    @property
    def national_id(self) -> str | None:
        """13 digits beginning with 9, or None."""
        return demo_national_id(self.number) if self.has_national_id else None

    @property
    def name_th(self) -> str:
        """Title and names as spoken."""
        return f"{self.title}{self.first_name} {self.last_name}".strip()

    @property
    def house(self) -> "House":
        """Where the person lives."""
        return HOUSES[self.household_key]


@dataclass(frozen=True)
class House:
    """An address with a dot on the map."""

    key: str
    house_code: str
    house_no: str
    moo: str
    subdistrict_code: str
    latitude: float
    longitude: float
    village: str = ""

    @property
    def household_id(self) -> UUID:
        """The id of the household's record."""
        return uuid5(_CAST, f"household {self.key}")


HOUSES: dict[str, House] = {
    house.key: house
    for house in (
        House("grandmother", "40019000001", "12/3", "4", "400101", 16.4412, 102.8297),
        House("wheelchair", "40019000002", "88", "9", "400101", 16.4275, 102.8391),
        House("mother", "40019000003", "7/1", "2", "400102", 16.4466, 102.8664),
        House("name_differs", "40019000004", "41", "5", "400101", 16.4338, 102.8205),
        House("pension", "40019000005", "203/5", "1", "400101", 16.4219, 102.8312),
        House("awaiting_payment", "40019000006", "19", "3", "400104", 16.4721, 102.8093),
        House("paid", "40019000007", "64/2", "8", "400103", 16.3977, 102.8702),
        House("returned", "40019000008", "5", "6", "400101", 16.4359, 102.8451),
        House("cared_for", "40019000009", "52", "7", "400102", 16.4501, 102.8577),
    )
}

# ------------------------------------------------------------------------------------------------------ citizens

GRANDMOTHER = Citizen(
    "grandmother", 1, "นาง", "บัวผัน", "แก้วดอนงาม", "Buaphan Kaeodonngam", "female", date(1948, 3, 12), "grandmother",
    phone="+66800000001", bank_code="006", account="9800000017", has_state_welfare_card=True,
    story_th="ยายบัวผัน อายุ 78 ปี อยู่กับหลานที่ขอนแก่น หลังคาบ้านพังเพราะพายุ",
    story_en="Grandmother Buaphan, 78, lives with her grandson in Khon Kaen; a storm broke her roof",
)  # fmt: skip
GRANDSON = Citizen(
    "grandson", 2, "นาย", "วิทยา", "แก้วดอนงาม", "Witthaya Kaeodonngam", "male", date(1989, 6, 30), "grandmother",
    relation="grandchild", phone="+66800000002",
    story_th="หลานของยายบัวผัน เป็นผู้อนุมัติที่ศูนย์ขอนแก่น จึงพิจารณาเรื่องของยายไม่ได้",
    story_en="Buaphan's grandson approves at the Khon Kaen centre, so he may not decide her case",
)  # fmt: skip
WHEELCHAIR = Citizen(
    "wheelchair", 3, "นาย", "ประยูร", "ศรีโนนแดง", "Prayun Sinondaeng", "male", date(1974, 7, 2), "wheelchair",
    phone="+66800000003", bank_code="006", account="9800000033", has_disability_card=True, has_state_welfare_card=True,
    story_th="ลุงประยูรใช้รถเข็น มีบัตรคนพิการและบัตรสวัสดิการแห่งรัฐ",
    story_en="Prayun uses a wheelchair and holds a disability card and a state welfare card",
)  # fmt: skip
MOTHER = Citizen(
    "mother", 4, "นางสาว", "สุภาพร", "คำภูเขียว", "Suphaphon Khamphukhiao", "female", date(1996, 2, 25), "mother",
    bank_code="006", account="9800000041",
    story_th="แม่ลูกสอง ไม่มีโทรศัพท์ วันนี้ไม่มีอะไรกิน อาสาสมัครช่วยยื่นคำขอ",
    story_en="A mother of two without a phone and with nothing to eat today; a volunteer applies for her",
)  # fmt: skip
DAUGHTER = Citizen(
    "daughter", 5, "เด็กหญิง", "ณิชา", "คำภูเขียว", "Nicha Khamphukhiao", "female", date(2020, 9, 14), "mother",
    relation="child",
)  # fmt: skip
SON = Citizen(
    "son", 6, "เด็กชาย", "ภาคิน", "คำภูเขียว", "Phakhin Khamphukhiao", "male", date(2023, 4, 3), "mother", relation="child"
)
WITHOUT_ID = Citizen(
    "without_id", 7, "นาย", "แดง", "", "Daeng", "male", date(1965, 1, 1), "", born_precision="year",
    has_national_id=False, is_in_registry=False,
    story_th="ลุงแดงไม่มีเลขประจำตัว นอนที่สถานีขนส่งขอนแก่น เจ้าหน้าที่รับเรื่องที่เคาน์เตอร์",
    story_en="Uncle Daeng has no ID number and sleeps at the bus station; the front desk takes his request",
)  # fmt: skip
NAME_DIFFERS = Citizen(
    "name_differs", 8, "นางสาว", "พัชรี", "วงษ์ทรายงาม", "Phatchari Wongsaingam", "female", date(1983, 11, 5),
    "name_differs", phone="+66800000008", bank_code="034", account="980000000082",
    story_th="ชื่อในทะเบียนราษฎรและที่ธนาคารสะกดไม่เหมือนกัน ระบบเทียบแล้วว่าเป็นคนเดียวกัน และบอกว่าต่างกันตรงไหน",
    story_en="Register and bank spell her name otherwise; Phueng finds it is her, and says where the names differ",
)  # fmt: skip
PENSIONER = Citizen(
    "pensioner", 9, "นาย", "สมชาย", "พรมเรืองสาย", "Somchai Phromrueangsai", "male", date(1958, 8, 19), "pension",
    phone="+66800000009", bank_code="006", account="9800000092", has_state_pension=True,
    story_th="รับบำนาญอยู่แล้ว ขอเบี้ยผู้สูงอายุไม่ผ่าน และยื่นอุทธรณ์",
    story_en="Has a state pension already; his old-age allowance was refused and he has appealed",
)  # fmt: skip
AWAITING_PAYMENT = Citizen(
    "awaiting_payment", 10, "นาง", "สุดใจ", "นาริมหนอง", "Sutchai Narimnong", "female", date(1971, 5, 21),
    "awaiting_payment", phone="+66800000010", bank_code="006", account="9800000106",
    story_th="อนุมัติแล้ว รอเข้าชุดจ่าย", story_en="Approved; waits for a payment run",
)  # fmt: skip
PAID = Citizen(
    "paid", 11, "นาย", "ทองดี", "ภูสวนลึก", "Thongdi Phusuanluek", "male", date(1966, 12, 9), "paid",
    phone="+66800000011", bank_code="006", account="9800000114",
    story_th="ได้รับเงินแล้ว", story_en="Has been paid",
)  # fmt: skip
RETURNED = Citizen(
    "returned", 12, "นางสาว", "รัตนา", "สายน้ำคำ", "Rattana Sainamkham", "female", date(1979, 3, 30), "returned",
    phone="+66800000012", bank_code="006", account="9800000122",
    story_th="ธนาคารคืนเงินเพราะบัญชีปิดแล้ว ต้องขอบัญชีใหม่",
    story_en="The bank returned the money: her account is closed, and a new one is needed",
)  # fmt: skip
CARED_FOR = Citizen(
    "cared_for", 13, "นาย", "บุญช่วย", "ดอนงามเย็น", "Bunchuai Donngamyen", "male", date(1952, 9, 8), "cared_for",
    phone="+66800000013", bank_code="006", account="9800000130",
    story_th="นอนติดเตียง บัญชีเป็นชื่อลูกสาวที่ดูแล เงินจึงรอให้สองคนของการเงินดูก่อนจ่าย",
    story_en="Bedridden; the account is his daughter's, who cares for him, so two people of finance look before he is paid",
)  # fmt: skip

CITIZENS: tuple[Citizen, ...] = (
    GRANDMOTHER, GRANDSON, WHEELCHAIR, MOTHER, DAUGHTER, SON, WITHOUT_ID, NAME_DIFFERS, PENSIONER, AWAITING_PAYMENT,
    PAID, RETURNED, CARED_FOR,
)  # fmt: skip
# The civil register spells her name by ear.
REGISTERED_OTHERWISE = {NAME_DIFFERS.key: ("พัชรีย์", "วงศ์ทรายงาม")}

# Whose the bank says the account is, where it is not simply the payee's.
HELD_OTHERWISE = {
    NAME_DIFFERS.key: "น.ส.พัชรีย์ วงศ์ทรายงาม",
    CARED_FOR.key: "น.ส.บุปผา ดอนงามเย็น",
}
# She has opened another account since: bank code and number.
NEW_ACCOUNTS = {RETURNED.key: ("006", "9800000555")}

# --------------------------------------------------------------------------------------------------------- staff


def _staff(username: str, th: str, en: str, role: str, office: str, does_th: str, does_en: str, **more: str) -> Staff:
    return Staff(
        username.replace(".", "_"), username, th, en, (Duties(role, office),), does_th=does_th, does_en=does_en, **more
    )


FRONT_DESK = _staff(
    "desk.kkn", "มาลี สวนลมโชย", "Mali Suanlomchoi", "front_desk", KHON_KAEN,
    "รับเรื่องที่เคาน์เตอร์ โทรกลับ ดูความเร่งด่วน", "Takes requests at the counter, calls back, triages",
)  # fmt: skip
SOCIAL_WORKER = _staff(
    "worker.kkn", "อรทัย ลำทุ่งใส", "Orathai Lamthungsai", "social_worker", KHON_KAEN,
    "ตรวจเรื่อง เยี่ยมบ้าน เสนอความเห็น", "Checks the case, visits the home, recommends",
)  # fmt: skip
APPROVER = _staff(
    "approver.kkn", "วิชัย ชัยบ้านเหนือ", "Wichai Chaibanuea", "approver", KHON_KAEN,
    "อนุมัติหรือไม่อนุมัติ", "Approves or refuses",
)  # fmt: skip
RELATED_APPROVER = _staff(
    "approver2.kkn", "วิทยา แก้วดอนงาม", "Witthaya Kaeodonngam", "approver", KHON_KAEN,
    "ผู้อนุมัติอีกคน เป็นหลานของยายบัวผัน", "A second approver, the grandson of Buaphan", citizen_key="grandson",
)  # fmt: skip
FINANCE_MAKER = _staff(
    "maker.kkn", "กาญจนา ทองคลองยาว", "Kanchana Thongkhlongyao", "finance_maker", KHON_KAEN,
    "จัดทำชุดจ่าย", "Prepares the payment run",
)  # fmt: skip
FINANCE_CHECKER = _staff(
    "checker.kkn", "ณรงค์ แสงหินเกลี้ยง", "Narong Saenghinkliang", "finance_checker", KHON_KAEN,
    "ตรวจและอนุมัติชุดจ่าย", "Checks and approves the payment run",
)  # fmt: skip
FINANCE_CHECKER_2 = _staff(
    "checker2.kkn", "จันทร์เพ็ญ ศรีหนองบัว", "Chanphen Sinongbua", "finance_checker", KHON_KAEN,
    "ผู้ตรวจอีกคน ชุดที่เกิน 50,000 บาทต้องมีสองคน", "A second checker: above 50,000 baht a run needs two",
)  # fmt: skip
PAYER = _staff(
    "payer.kkn", "สมพร ใจบ้านสวน", "Somphon Chaibansuan", "finance_maker", KHON_KAEN,
    "ผู้จ่ายเงินสดคนที่หนึ่ง ให้คนที่ไม่มีบัญชี", "The first of two who pay cash to people without an account",
)  # fmt: skip
PAYER_2 = _staff(
    "payer2.kkn", "ละเอียด นาทุ่งทอง", "La-iat Nathungthong", "finance_maker", KHON_KAEN,
    "ผู้จ่ายเงินสดคนที่สอง ยืนยันด้วยบัญชีของตนเอง", "The second payer: confirms with an own sign-in",
)  # fmt: skip
RELEASER = _staff(
    "releaser.kkn", "ศิริพร เพชรฟ้าหลัง", "Siriphon Phetfalang", "releaser", KHON_KAEN,
    "สั่งจ่าย", "Releases the payment run",
)  # fmt: skip
OTHER_APPROVER = _staff(
    "approver.cmi", "ไพบูลย์ อินดอนงาม", "Phaibun Indonngam", "approver", CHIANG_MAI,
    "ผู้อนุมัติของเชียงใหม่ ไม่เห็นเรื่องของขอนแก่น", "Approves in Chiang Mai; sees no case of Khon Kaen",
)  # fmt: skip
PAIRED_APPROVER = _staff(
    "approver.udn", "สมหมาย ศรีสายธาร", "Sommai Sisaithan", "approver", UDON_THANI,
    "ผู้อนุมัติของอุดรธานี สำนักงานคู่ของขอนแก่น วินิจฉัยอุทธรณ์และให้ยืมมือ",
    "Approves in Udon Thani, paired with Khon Kaen: settles its appeals and lends a hand",
)  # fmt: skip
MUNICIPAL_OFFICER = _staff(
    "officer.city", "นงลักษณ์ บุญไพรวัน", "Nonglak Bunphraiwan", "municipal_officer", MUNICIPALITY,
    "ดูแลเบี้ยผู้สูงอายุและเบี้ยความพิการ", "Looks after the two monthly allowances",
)  # fmt: skip
MUNICIPAL_APPROVER = _staff(
    "approver.city", "ประสิทธิ์ คำท่าคำ", "Prasit Khamthakham", "approver", MUNICIPALITY,
    "อนุมัติเบี้ยรายเดือน", "Approves the monthly allowances",
)  # fmt: skip
MUNICIPAL_MAKER = _staff(
    "maker.city", "วาสนา ดวงใจเย็น", "Watsana Duangchaiyen", "finance_maker", MUNICIPALITY,
    "จัดทำบัญชีรายชื่อประจำเดือน", "Prepares the monthly list",
)  # fmt: skip
MUNICIPAL_CHECKER = _staff(
    "checker.city", "มานพ ไชยน้ำคำ", "Manop Chainamkham", "finance_checker", MUNICIPALITY,
    "ตรวจบัญชีรายชื่อ", "Checks the monthly list",
)  # fmt: skip
MUNICIPAL_RELEASER = _staff(
    "releaser.city", "ปราณี วันป่าขาว", "Prani Wanpakhao", "releaser", MUNICIPALITY,
    "รับรองและสั่งจ่าย", "Certifies and releases",
)  # fmt: skip
HEADQUARTERS_MAKER = _staff(
    "maker.hq", "ดวงใจ ลำธารแก้ว", "Duangchai Lamthankaeo", "finance_maker", HEADQUARTERS,
    "เปิดปีงบประมาณ บันทึกการจัดสรรให้ทุกศูนย์", "Opens the fiscal year: enters the allotment of every centre",
)  # fmt: skip
HEADQUARTERS_CHECKER = _staff(
    "checker.hq", "พิมพ์ใจ ธาราวัฒน์", "Phimchai Tharawat", "finance_checker", HEADQUARTERS,
    "ผู้ตรวจของกรม ให้ยืมมือแก่ทุกสำนักงาน ชุดที่เกิน 1 ล้านบาทต้องมีคนจากสำนักงานอื่น",
    "A checker at headquarters, lends a hand to every office: above 1 million baht a run needs another office",
)  # fmt: skip
AUDITOR = _staff(
    "auditor", "สุวรรณ หอมเรืองสาย", "Suwan Homrueangsai", "auditor", HEADQUARTERS,
    "ดูได้ทุกเรื่อง แก้ไม่ได้ ทุกครั้งที่ดูมีบันทึก", "May look at everything, change nothing; every look is recorded",
)  # fmt: skip
ADMINISTRATOR = _staff(
    "admin", "ธนพล นวลนาใหม่", "Thanaphon Nuannamai", "administrator", HEADQUARTERS,
    "เปิดบัญชีผู้ใช้ มอบหน้าที่ ประกาศวันหยุด", "Opens accounts, gives duties, announces holidays",
)  # fmt: skip
HELPER = _staff(
    "helper", "คำพูน มะลิบ้านเหนือ", "Khamphun Malibanuea", "helper", KHON_KAEN,
    "อาสาสมัคร (อพม.) ช่วยคนอื่นยื่นคำขอ", "A volunteer who applies for others, with their consent", kind="citizen",
)  # fmt: skip
STRANGER = Staff(
    "stranger", "stranger", "ใครก็ไม่รู้ ไม่มีหน้าที่", "Nobody Inparticular", kind="citizen",
    does_th="มีบัญชีแต่ไม่มีหน้าที่ จึงไม่เห็นอะไร", does_en="Has an account and no duty, so sees nothing",
)  # fmt: skip

PEOPLE: tuple[Staff, ...] = (
    FRONT_DESK, SOCIAL_WORKER, APPROVER, RELATED_APPROVER, FINANCE_MAKER, FINANCE_CHECKER, FINANCE_CHECKER_2,
    PAYER, PAYER_2, RELEASER, MUNICIPAL_OFFICER, MUNICIPAL_APPROVER, MUNICIPAL_MAKER, MUNICIPAL_CHECKER, MUNICIPAL_RELEASER,
    PAIRED_APPROVER, OTHER_APPROVER, HEADQUARTERS_MAKER, HEADQUARTERS_CHECKER, AUDITOR, ADMINISTRATOR, HELPER, STRANGER,
)  # fmt: skip


def staff(key: str) -> Staff:
    """The member of the cast with this key or username. Raises LookupError."""
    for one in PEOPLE:
        if key in (one.key, one.username):
            return one
    raise LookupError(f"nobody in the cast is called {key!r}")


def citizen(key: str) -> Citizen:
    """The citizen with this key. Raises LookupError."""
    for one in CITIZENS:
        if key == one.key:
            return one
    raise LookupError(f"no citizen of the cast is called {key!r}")


def sign_in_table() -> list[tuple[str, str, str]]:
    """Username, name and role of everybody who can sign in; the last row is the password."""
    rows = [
        (one.username, one.name_th, " · ".join(ROLE_NAMES[one.role]) if one.role else "ไม่มีหน้าที่ · No duty")
        for one in PEOPLE
    ]
    return [*rows, ("รหัสผ่าน · Password", PASSWORD, "ทุกคนใช้รหัสเดียวกัน · The same for everybody")]
