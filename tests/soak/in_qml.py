"""Questions that are answered in QML itself: asked from Python, each item would be given an object of Python's, which
outlives it."""

from PySide6.QtQml import QQmlExpression
from PySide6.QtQuick import QQuickView

_FOCUSED = """
(function (root) {
    function look(item) {
        if (item.activeFocus && item.objectName.startsWith("key:"))
            return item.objectName.slice(4);
        for (let i = 0; i < item.children.length; i++) {
            const found = look(item.children[i]);
            if (found)
                return found;
        }
        return "";
    }
    return look(root);
})(this)
"""


def asked_in_qml(view: QQuickView, question: str) -> str:
    """What an expression says of the window's root, which is its `this`. It is made once for each window: Qt keeps what
    it compiles, 3.4 kB each time."""
    asking = view.findChild(QQmlExpression, question)
    if asking is None:
        asking = QQmlExpression(view.rootContext(), view.rootObject(), question)
        asking.setObjectName(question)
        asking.setParent(view)
    told, _undefined = asking.evaluate()
    return str(told)


def focused_key(view: QQuickView) -> str:
    """The name of the key that has the keyboard; empty where none has."""
    return asked_in_qml(view, _FOCUSED)
