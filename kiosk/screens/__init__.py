"""What a resident sees and touches: Qt Quick, thin over the flow. The only place that knows PySide6."""
