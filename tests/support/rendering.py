"""Running a template's source without a package around it."""

from services.assembler.rendering.bounds import Budget
from services.assembler.rendering.placing import place_values
from services.assembler.rendering.sandbox import (
    document_environment,
    render_chunks,
    render_text,
    text_environment,
)


def run_text(source, data):
    return render_text(text_environment().from_string(source), data, Budget())


def run_document(source, data, *, is_plain=False):
    environment = document_environment()
    tree = environment.parse(source)
    place_values(tree)
    template = environment.from_string(tree)
    return b"".join(render_chunks(template, data, Budget(), is_plain=is_plain)).decode()
