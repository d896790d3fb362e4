package org.edgeplex.openflow.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;

/// A message of the server (RFC 7047, section 4.1; JSON-RPC 1.0).
sealed interface RpcMessage {
    /// The answer to request `id`; `error` is JSON null if there is none.
    record Reply(long id, JsonNode result, JsonNode error) implements RpcMessage {}

    /// The server asks, for `echo` only (section 4.1.11). The id is the server's: any JSON.
    record Request(String method, JsonNode parameters, JsonNode id) implements RpcMessage {}

    /// Nobody waits for an answer.
    record Notification(String method) implements RpcMessage {}
}
