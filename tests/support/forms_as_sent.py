"""The form of a page as a browser would send it untouched."""

from html.parser import HTMLParser

from typing_extensions import override


def form_as_sent(page: str, action: str) -> list[tuple[str, str]]:
    """Names and values of the form that a page sends to `action`, in their order."""
    reading = _Reading(action)
    reading.feed(page)
    reading.close()
    assert reading.fields, f"no form for {action}"
    return reading.fields


class _Reading(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._action = action
        self._within = False
        self._writing = False
        self._first = False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._within = has.get("action") == self._action
        elif not self._within:
            return
        elif tag == "input" and (has.get("type") not in ("checkbox", "radio") or "checked" in has):
            self.fields.append((has["name"], has.get("value", "")))
        elif tag == "textarea":
            self.fields.append((has["name"], ""))
            self._writing = True
        elif tag == "select":
            self.fields.append((has["name"], ""))
            self._first = True
        elif tag == "option":
            if self._first or "selected" in has:
                self.fields[-1] = (self.fields[-1][0], has["value"])
            self._first = False

    @override
    def handle_data(self, data: str) -> None:
        if self._writing:
            name, value = self.fields[-1]
            self.fields[-1] = (name, value + data)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._within = False
        elif tag == "textarea":
            self._writing = False
