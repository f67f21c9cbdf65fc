"""Editions of forms and periods, as a test of their editing finds them."""

from typing import Any

from tests.builders.intake import Api, World

PERIOD_2024 = {
    "code": "2024",
    "title": "Tổng kết năm 2024",
    "year": 2024,
    "due_on": "2024-12-15",
}


def asked_edition(world: World) -> str:
    """Return the id of the edition that the one period asks."""
    api = Api(world, world.clerk())
    return str(api.get(f"{world.period}/settings").json["edition"]["id"])


def a_draft(world: World, **body: Any) -> dict[str, Any]:
    """Have the clerk copy the edition of the one period; return the draft as the API shows it."""
    api = Api(world, world.clerk())
    made = api.post("/forms", {"title": "Nháp", "copy_of": asked_edition(world), **body})
    assert made.status_code == 201, made.json
    return edition(world, made.json["id"])


def edition(world: World, edition_id: str) -> dict[str, Any]:
    """Return an edition as the API shows it."""
    answer = Api(world, world.clerk()).get(f"/forms/{edition_id}")
    assert answer.status_code == 200, answer.json
    return {**answer.json["edition"], "form": answer.json["form"], "faults": answer.json["faults"]}


def without_vx1(world: World) -> str:
    """Make a draft that no longer asks indicator VX1; return its id."""
    draft = a_draft(world)
    draft["form"]["indicators"] = [it for it in draft["form"]["indicators"] if it["code"] != "VX1"]
    saved = saves(world, draft)
    assert saved.status_code == 200, saved.json
    return str(draft["id"])


def saves(world: World, draft: dict[str, Any], **changes: Any) -> Any:
    """Have the clerk save a draft as a whole; return the response."""
    body = {name: draft[name] for name in ("title", "form", "version")} | changes
    client = world.client(world.clerk())
    key = f"save-{draft['id']}-{draft['version']}"
    return client.api(
        "PUT", f"/api/v1/forms/{draft['id']}", json=body, headers={"Idempotency-Key": key}
    )


def asks(world: World, edition_id: str) -> None:
    """Let the one period ask that edition."""
    body = {"edition_id": edition_id, "reason": "Sửa biểu mẫu"}
    answer = Api(world, world.clerk()).post(f"{world.period}/edition", body)
    assert answer.status_code == 200, answer.json
