"""The data that every template of the corpus is given."""

PEOPLE = [
    {
        "name": "Nguyễn Thị Lan",
        "age": 34,
        "unit": "Trường Tiểu học & THCS",
        "works": ["Soạn giáo án", "Dạy <lớp> 5"],
    },
    {"name": "Lò Văn Hùng", "age": 41, "unit": "Trạm y tế", "works": []},
    {"name": "Đỗ Ngọc Ỷ", "age": 29, "unit": "Trạm y tế", "works": ["Tiêm chủng"]},
]
ALL_LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậ eèéẻẽẹêềếểễệ iìíỉĩị oòóỏõọôồốổỗộơờớởỡợ uùúủũụưừứửữự yỳýỷỹỵ đ "
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ EÈÉẺẼẸÊỀẾỂỄỆ IÌÍỈĨỊ OÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ UÙÚỦŨỤƯỪỨỬỮỰ YỲÝỶỸỴ Đ"
)
DATA = {
    "name": "Nguyễn Thị Lan",
    "commune": "xã Quy Kỳ",
    "letters": ALL_LETTERS,
    "special": "A & B <c> \"d\" 'e' &amp; &lt;",
    "lines": "dòng một\ndòng hai\n\ndòng bốn",
    "tabs": "cột một\tcột hai\t\tcột bốn",
    "mixed": "  đầu\tgiữa\n\tcuối  \n",
    "spaces": "  hai  cách  ",
    "empty": "",
    "year": 2024,
    "rate": 98.5,
    "negative": -3,
    "count": 3,
    "zero": 0,
    "is_year": True,
    "is_draft": False,
    "color": "FFD966",
    "people": PEOPLE,
    "nobody": [],
    "columns": ["Quý I", "Quý II", "Quý III"],
    "matrix": [["1", "2", "3"], ["4", "5", "6"]],
    "office": {"name": "UBND xã Quy Kỳ", "head": {"name": "Ma Văn Khoa", "title": "Chủ tịch"}},
    "labels": {"TH": "Tiểu học", "MN": "Mầm non"},
    "planes": "𠀀 😀 日本",
    "joiners": "क्‍ष a\u200bb \u00a0 ﷽ עברית",
}
