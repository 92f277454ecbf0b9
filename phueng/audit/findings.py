"""What can be wrong with an audit, in words for an auditor?"""

from dataclasses import dataclass, field

# kind → (Thai, English); {where} names the row or the head.
_WORDS = {
    "changed": ("ถูกแก้ไขหลังประทับตราแล้ว: {where}", "changed after it was sealed: {where}"),
    "removed": ("ถูกลบออก: {where}", "removed: {where}"),
    "inserted": ("ถูกแทรกเข้ามาภายหลัง: {where}", "inserted afterwards: {where}"),
    "reordered": ("ถูกย้ายลำดับ: {where}", "moved to another place: {where}"),
    "cut off": ("ส่วนท้ายถูกตัดทิ้ง: {where}", "cut off at the end: {where}"),
    "head changed": ("หัวที่ลงลายมือชื่อถูกแก้ไข: {where}", "signed head changed: {where}"),
    "head removed": ("หัวที่ลงลายมือชื่อหายไป: {where}", "signed head removed: {where}"),
    "head not signed": ("ลายมือชื่อของหัวไม่ถูกต้อง: {where}", "signature of a head does not fit: {where}"),
    "rows do not add up": (
        "รายการไม่ตรงกับหัวที่ลงลายมือชื่อ: {where}",
        "rows do not add up to the signed head: {where}",
    ),
    "rewritten": (
        "ฐานข้อมูลไม่ตรงกับสำเนาภายนอก: {where}",
        "the database disagrees with the copy outside: {where}",
    ),
    "outside damaged": ("สำเนาภายนอกเสียหาย: {where}", "the copy outside is damaged: {where}"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed. `entry_id` names the row, where a row can be named."""

    kind: str
    where: str
    entry_id: int | None = None
    leaf_index: int | None = None

    @property
    def th(self) -> str:
        """The finding in Thai."""
        return _WORDS[self.kind][0].format(where=self.where)

    @property
    def en(self) -> str:
        """The finding in English."""
        return _WORDS[self.kind][1].format(where=self.where)


@dataclass(slots=True)
class Report:
    """What was looked at, and what was found."""

    entries: int = 0
    unsealed: int = 0
    heads: int = 0
    outside_heads: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing at all was found."""
        return not self.findings

    @property
    def exit_code(self) -> int:
        """0 when clean, 1 when something was found."""
        return 0 if self.is_clean else 1

    def add(self, kind: str, where: str, entry_id: int | None = None, leaf_index: int | None = None) -> None:
        """Keep one finding, once."""
        finding = Finding(kind, where, entry_id, leaf_index)
        if finding not in self.findings[-50:]:
            self.findings.append(finding)

    def entries_named(self) -> set[int]:
        """The numbers of every row that a finding names."""
        return {finding.entry_id for finding in self.findings if finding.entry_id is not None}

    def kinds(self) -> set[str]:
        """The kinds of findings."""
        return {finding.kind for finding in self.findings}

    def text(self, *, most: int = 50) -> str:
        """Write the report in Thai and English; at most `most` findings are listed, all are counted."""
        counted = (self.entries, self.unsealed, self.heads, self.outside_heads)
        lines = [
            "ตรวจบันทึก {} รายการ (รอประทับตรา {}) หัว {} ภายนอก {}".format(*(f"{n:,}" for n in counted)),
            "Checked {} entries ({} waiting for the seal), {} heads, {} outside".format(*(f"{n:,}" for n in counted)),
        ]
        if self.is_clean:
            lines += ["ครบถ้วน ไม่พบการแก้ไข", "Complete: nothing was changed."]
        else:
            lines += [f"พบ {len(self.findings):,} เรื่อง", f"Found {len(self.findings):,}"]
            for finding in self.findings[:most]:
                lines += [f"  ✗ {finding.th}", f"    {finding.en}"]
            if len(self.findings) > most:
                lines.append(f"  … {len(self.findings) - most:,} +")
        return "\n".join(lines)
