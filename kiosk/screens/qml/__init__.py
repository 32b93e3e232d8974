"""The screens' QML: `Main.qml` and its parts. Draws a `ScreenModel`, decides nothing."""
