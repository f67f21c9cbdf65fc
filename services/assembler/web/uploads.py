"""Files that come from a form or from a program."""

from werkzeug.datastructures import FileStorage

from kernel.errors import InvalidInput, Located
from kernel.text import compose
from services.assembler.use_cases.template_workshop import Upload

_MAX_NAME = 200


def uploaded_template(kind: str, file: FileStorage | None) -> Upload:
    """Return the command for an uploaded template; raises InvalidInput where there is no file."""
    if file is None or not file.filename:
        sentence = "Hãy chọn tệp Word (.docx) của mẫu."
        raise InvalidInput(sentence, errors=[Located("#/file", sentence)])
    name = "".join(filter(str.isprintable, compose(file.filename)))[:_MAX_NAME]
    return Upload(kind=kind, file_name=name, docx=file.read())
