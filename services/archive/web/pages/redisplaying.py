"""A form that was not accepted is shown again, with what was typed and what is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import make_response, request
from flask.typing import ResponseReturnValue

from kernel.errors import Conflict, InvalidInput
from kernel.web.forms import by_field

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a form shows: what was typed, the error of each field, and what concerns the whole."""

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


BLANK = Form()


def redisplays(show: Callable[..., ResponseReturnValue]) -> Callable[[View], View]:
    """Call `show` with the same arguments and the Form when the view refuses the input."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(**arguments: Any) -> ResponseReturnValue:
            try:
                return view(**arguments)
            except (InvalidInput, Conflict) as failure:
                errors = by_field(failure.errors)
                form = Form(
                    typed=request.values.to_dict(),
                    errors=errors,
                    problem="" if errors else failure.detail,
                )
                return make_response(show(**arguments, form=form), failure.status)

        return checked

    return decorate
