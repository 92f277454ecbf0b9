"""What do the books say of a movement of budget? The office keeps its books in Thai; pages show these lines as they are."""

ALLOTTED = "จัดสรรงบประมาณ"
CARRIED = "กันเงินไว้เบิกเหลื่อมปี"
LAPSED = "งบประมาณพับเมื่อสิ้นปี"
TRANSFERRED = "โอนงบประมาณระหว่างหน่วยงาน"
