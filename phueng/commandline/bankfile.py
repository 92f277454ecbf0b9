"""Is this a Krungthai iPay file, and what does it say? For a person at the terminal, without a database."""

import hashlib
from pathlib import Path

from phueng.commandline.words import refuse, tell


def check(name: str) -> int:
    """Print what the file says; every fault with line and columns. 0 when there is none."""
    from phueng.gateways.krungthai.layout import load_layout
    from phueng.gateways.krungthai.reader import inspect_file, read_file

    try:
        content = Path(name).read_bytes()
    except OSError as why:
        refuse(f"อ่านแฟ้ม {name} ไม่ได้: {why.strerror}", f"Cannot read {name}: {why.strerror}")
    layout = load_layout()
    faults = inspect_file(layout, content)
    for fault in faults:
        at = f"{fault.line}:{fault.column_from}-{fault.column_to}"
        tell(f"บรรทัด {at} {fault.th}", f"line {at} {fault.en}")
    if faults:
        return 1
    file = read_file(layout, content)
    baht = f"{file.total_satang // 100:,}.{file.total_satang % 100:02d}"
    tell(
        f"แฟ้มถูกต้อง: {file.count} รายการ รวม {baht} บาท",
        f"A sound file: {file.count} lines, {baht} baht in all.",
    )
    print(f"sha256 {hashlib.sha256(content).hexdigest()}")
    return 0
