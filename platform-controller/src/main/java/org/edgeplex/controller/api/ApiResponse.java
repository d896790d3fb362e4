package org.edgeplex.controller.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.edgeplex.state.Bytes;

/// What a handler answers.
sealed interface ApiResponse {
    String JSON = "application/json";

    /// A whole document. An empty body has no content type.
    record Document(int status, String contentType, Map<String, String> headers, Bytes body)
            implements ApiResponse {}

    /// Events as they come, until the client goes.
    record Stream(EventFilter filter) implements ApiResponse {}

    static Document json(int status, JsonNode body) {
        return json(status, Map.of(), body);
    }

    static Document json(int status, Map<String, String> headers, JsonNode body) {
        return new Document(status, JSON, headers, Bytes.utf8(body.toString()));
    }
}
