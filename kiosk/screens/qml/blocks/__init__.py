"""One QML file for each class of `kiosk.screens.blocks`."""
