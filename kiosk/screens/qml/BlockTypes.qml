pragma Singleton
import QtQuick

// What draws blocks: each file is loaded once and kept. Items are made of these by `createObject`, and never by
// `Loader.setSource`: Qt (6.11) keeps the values that one is given for ever, with all they hold.
QtObject {
    id: types

    readonly property var loaded: ({})
    readonly property Component stack: made("Blocks.qml")

    function of(type: string): Component {
        if (!loaded[type])
            loaded[type] = made("blocks/" + type + ".qml");
        return loaded[type];
    }
    function made(file: string): Component {
        return Qt.createComponent(file, Component.PreferSynchronous, types);
    }
}
