"""Tags that repeat or leave out paragraphs, rows and cells; merged cells; the other parts."""

from tests.differential.packages import note, p, r, tbl, tc, template, text_box, tr

_PEOPLE = ("{%p for one in people %}", "{%p endfor %}")
_SHADED = '<w:tcW w:w="2000" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>'
_SPANNED = '<w:tcW w:w="2000" w:type="dxa"/><w:gridSpan w:val="2"/>'

PARAGRAPHS = {
    "paragraphs on a condition": template(
        "{%p if is_year %}", "Cả năm {{ year }}", "{%p endif %}", "hết"
    ),
    "paragraphs left out": template("{%p if is_draft %}", "Dự thảo", "{%p endif %}", "hết"),
    "paragraphs in alternatives": template(
        "{%p if count == 1 %}",
        "a",
        "{%p elif count == 3 %}",
        "b {{ name }}",
        "{%p else %}",
        "c",
        "{%p endif %}",
    ),
    "paragraphs in a loop": template(
        _PEOPLE[0], p("{{ loop.index }}. {{ one.name }}", style="both"), _PEOPLE[1]
    ),
    "several paragraphs in a loop": template(
        _PEOPLE[0], "{{ one.name }}", "{{ one.unit }}", _PEOPLE[1]
    ),
    "paragraphs in nested loops": template(
        _PEOPLE[0],
        "{{ one.name }}",
        "{%p for work in one.works %}",
        "- {{ work }}",
        "{%p else %}",
        "(không)",
        "{%p endfor %}",
        _PEOPLE[1],
    ),
    "paragraphs in a loop with a condition": template(
        _PEOPLE[0],
        "{%p if loop.first or one.age > 30 %}",
        "{{ one.name }}",
        "{%p endif %}",
        _PEOPLE[1],
    ),
    "paragraphs and set": template("{%p set x = name|upper %}", "{{ x }}"),
    "paragraphs of a macro": template(
        "{%p macro line(x) %}",
        p("* {{ x }}", style="center"),
        "{%p endmacro %}",
        "{%p for one in people %}",
        "{{p line(one.name) }}",
        "{%p endfor %}",
    ),
    "a commented paragraph": template("a", "{#p ghi chú {{ x }} #}", "b {{ name }}"),
    "breaks in a loop": template(_PEOPLE[0], "{{ one.name }} {{ lines }}", _PEOPLE[1]),
    "a tag of a paragraph, torn": template(
        p("{%", "p for one in peo", "ple %}"),
        "{{ one.name }}",
        p(r("{%p", "<w:b/>"), r(" endfor %}")),
    ),
    "a loop without paragraph tags": template(
        "{% for one in people %}", "{{ one.name }}", "{% endfor %}"
    ),
    "a tag beside text": template("trước {%p if is_year %} sau", "a", "{%p endif %}"),
    "paragraph tags with formatting": template(
        p("{%p if is_year %}", style="center"),
        p(r("{{ name }}", "<w:b/>"), style="right"),
        p("{%p endif %}"),
    ),
}
ROWS = {
    "rows in a loop": template(
        tbl(
            tr("TT", "Họ tên", "Tuổi"),
            tr("{%tr for one in people %}", "", ""),
            tr("{{ loop.index }}", "{{ one.name }}", "{{ one.age }}"),
            tr("{%tr endfor %}", "", ""),
            tr("", "Cộng", "{{ people|sum(attribute='age') }}"),
            columns=3,
        )
    ),
    "rows in a loop, tags in one row": template(
        tbl(tr("{%tr for one in people %}"), tr("{{ one.name }}"), tr("{%tr endfor %}"), columns=1)
    ),
    "no rows": template(
        tbl(
            tr("x"),
            tr("{%tr for one in nobody %}"),
            tr("{{ one }}"),
            tr("{%tr endfor %}"),
            columns=1,
        )
    ),
    "rows on a condition": template(
        tbl(
            tr("{%tr if is_year %}"),
            tr("a {{ name }}"),
            tr("{%tr else %}"),
            tr("b"),
            tr("{%tr endif %}"),
            columns=1,
        )
    ),
    "rows in nested loops": template(
        tbl(
            tr("{%tr for one in people %}", ""),
            tr("{{ one.name }}", "{{ one.works|length }}"),
            tr("{%tr for work in one.works %}", ""),
            tr("- {{ loop.index }}", "{{ work }}"),
            tr("{%tr endfor %}", ""),
            tr("{%tr endfor %}", ""),
            columns=2,
        )
    ),
    "rows with breaks": template(
        tbl(tr("{%tr for one in people %}"), tr("{{ lines }}"), tr("{%tr endfor %}"), columns=1)
    ),
    "a loop within a cell": template(
        tbl(tr("a", tc("{%p for one in people %}", "{{ one.name }}", "{%p endfor %}")), columns=2)
    ),
    "a loop within a line of a cell": template(
        tbl(
            tr("{% for x in columns %}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}"),
            columns=1,
        )
    ),
    "a table in a loop": template(
        "{%p for one in people %}",
        "{{ one.name }}",
        tbl(tr("{{ one.age }}"), columns=1),
        "{%p endfor %}",
    ),
    "a table in a table": template(
        tbl(
            tr("{%tr for row in matrix %}", ""),
            tr(
                "{{ row[0] }}",
                tc(
                    tbl(
                        tr("{%tr for x in row %}"),
                        tr("{{ x }}"),
                        tr("{%tr endfor %}"),
                        columns=1,
                    ),
                    "sau",
                ),
            ),
            tr("{%tr endfor %}", ""),
            columns=2,
        )
    ),
    "a plain table in a table": template(
        tbl(tr(tc(tbl(tr("{{ name }}", "b"), columns=2), "{{ year }}"), "c"), columns=2)
    ),
    "a commented row": template(tbl(tr("a {{ name }}"), tr("{#tr ghi chú #}"), tr("b"), columns=1)),
    "a commented cell": template(tbl(tr("a {{ name }}", "{#tc ghi chú #}"), columns=1)),
    "two tables": template(
        tbl(tr("{%tr for x in columns %}"), tr("{{ x }}"), tr("{%tr endfor %}"), columns=1),
        "giữa",
        tbl(tr("{%tr for x in matrix %}"), tr("{{ x[0] }}"), tr("{%tr endfor %}"), columns=1),
    ),
    "a header that repeats": template(
        tbl(
            f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{tc('{{ name }}')}</w:tr>",
            tr("{%tr for x in columns %}"),
            tr("{{ x }}"),
            tr("{%tr endfor %}"),
            columns=1,
        )
    ),
    "groups of rows": template(
        tbl(
            tr("{%tr for unit, ones in people|groupby('unit') %}"),
            tr("{{ unit }}"),
            tr("{%tr for one in ones %}"),
            tr("{{ one.name }}"),
            tr("{%tr endfor %}"),
            tr("{%tr endfor %}"),
            columns=1,
        )
    ),
    "groups of rows by name": template(
        tbl(
            tr("{%tr for g in people|groupby('unit') %}"),
            tr("{{ g.grouper }}: {{ g.list|length }}"),
            tr("{%tr endfor %}"),
            columns=1,
        )
    ),
}
_COLUMNS = ("{%tc for x in columns %}", "{{ x }}", "{%tc endfor %}")
CELLS = {
    "cells in a loop": template(tbl(tr(*_COLUMNS), columns=3)),
    "more cells than columns": template(tbl(tr(*_COLUMNS), columns=1)),
    "cells beside others": template(tbl(tr("TT", *_COLUMNS, "Cộng"), columns=5)),
    "fewer cells than columns": template(
        tbl(tr("{%tc for x in matrix %}", "{{ x[0] }}", "{%tc endfor %}"), columns=3)
    ),
    "cells on a condition": template(
        tbl(tr("a", "{%tc if is_year %}", "{{ year }}", "{%tc endif %}"), columns=4)
    ),
    "cells left out": template(
        tbl(tr("a", "{%tc if is_draft %}", "b", "{%tc endif %}"), columns=4)
    ),
    "cells in alternatives": template(
        tbl(
            tr("{%tc if is_draft %}", "a", "{%tc else %}", "b {{ name }}", "{%tc endif %}"),
            columns=1,
        )
    ),
    "rows and cells in loops": template(
        tbl(
            tr("{%tc for x in columns %}", "{{ x }}", "{%tc endfor %}"),
            tr("{%tr for row in matrix %}", "", ""),
            tr("{%tc for x in row %}", "{{ x }}", "{%tc endfor %}"),
            tr("{%tr endfor %}", "", ""),
            columns=3,
        )
    ),
    "colspan": template(tbl(tr(tc("{% colspan count %}{{ name }}")), tr("a", "b", "c"), columns=3)),
    "colspan over another": template(
        tbl(
            tr(tc("{% colspan columns|length %}Quý", properties=_SPANNED)),
            tr("a", "b", "c"),
            columns=3,
        )
    ),
    "colspan and cells": template(
        tbl(tr(tc("{% colspan columns|length %}Các quý")), tr(*_COLUMNS), columns=1)
    ),
    "cellbg": template(tbl(tr(tc("{% cellbg color %}{{ name }}"), "b"), columns=2)),
    "cellbg over another": template(
        tbl(tr(tc("{% cellbg color %}{{ name }}", properties=_SHADED)), columns=1)
    ),
    "cellbg in a loop": template(
        tbl(
            tr("{%tr for one in people %}"),
            tr("{% cellbg 'FF0000' if one.age > 30 else 'FFFFFF' %}{{ one.name }}"),
            tr("{%tr endfor %}"),
            columns=1,
        )
    ),
    "cellbg and colspan": template(
        tbl(tr("{% cellbg color %}{% colspan 2 %}{{ name }}"), tr("a", "b"), columns=2)
    ),
    "cells merged downwards": template(
        tbl(
            tr("{%tr for one in people %}", ""),
            tr("{% vm %}Đơn vị {{ commune }}", "{{ one.name }}"),
            tr("{%tr endfor %}", ""),
            columns=2,
        )
    ),
    "cells merged downwards, text before": template(
        tbl(
            tr("{%tr for x in columns %}", ""),
            tr("Quý {% vm %}nào", "{{ x }}"),
            tr("{%tr endfor %}", ""),
            columns=2,
        )
    ),
    "cells merged sideways": template(
        tbl(
            tr("{%tc for x in columns %}", "{% hm %}Cả năm", "{%tc endfor %}"),
            tr(*_COLUMNS),
            columns=3,
        )
    ),
    "cells merged sideways, spanning": template(
        tbl(
            tr(
                "{%tc for x in columns %}",
                tc("{% hm %}Cả năm", properties=_SPANNED),
                "{%tc endfor %}",
            ),
            tr("a", "b", "c", "d", "e", "f"),
            columns=6,
        )
    ),
}
_LOOP = p("{%p for x in columns %}") + p("{{ x }}") + p("{%p endfor %}")
PARTS = {
    "a header": template("thân", header1=p("{{ office.name }} {{ special }}")),
    "a footer": template("{{ name }}", footer1=p("{{ lines }}") + _LOOP),
    "a header of a table": template(
        "thân",
        header1=tbl(tr("{%tr for x in columns %}"), tr("{{ x }}"), tr("{%tr endfor %}"), columns=1)
        + p(""),
    ),
    "a header with a text box": template("thân", header1=p(text_box(p("{{ special }}")))),
    "a header without tags": template("{{ name }}", header1=p("Không có chỗ điền")),
    "footnotes": template("{{ name }}", footnotes=note(p("Ghi chú {{ special }}") + _LOOP)),
    "a torn tag in a header": template("thân", header1=p("{", "{ na", "me }", "}")),
    "a torn tag in footnotes": template("thân", footnotes=note(p("{", "{ na", "me }", "}"))),
    "all parts": template(
        "{{ name }}",
        _LOOP,
        title="{{ name }} {{ year }}",
        header1=p("{{ name }}"),
        footer1=p("{{ year }}"),
        footnotes=note(p("{{ lines }}")),
    ),
}

CORPUS = {**PARAGRAPHS, **ROWS, **CELLS, **PARTS}
