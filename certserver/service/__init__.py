"""The edge to the wire: the only place of the server that knows generated messages and gRPC."""
