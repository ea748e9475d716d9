import QtQuick.Layouts
import Bench

// Buttons in columns of one width.
GridLayout {
    Layout.fillWidth: true
    columns: 2
    columnSpacing: KbTheme.gap
    rowSpacing: KbTheme.gap
    uniformCellWidths: true
}
