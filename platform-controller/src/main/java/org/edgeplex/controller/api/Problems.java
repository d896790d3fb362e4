package org.edgeplex.controller.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.edgeplex.controller.intent.FieldProblem;
import org.edgeplex.state.Bytes;

/// Problem documents (RFC 9457). The type is always `about:blank`: the status says what kind it is.
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    static ApiResponse.Document document(
            int status, String detail, Map<String, String> headers, List<FieldProblem> problems) {
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "about:blank")
                        .put("title", title(status))
                        .put("status", status)
                        .put("detail", detail);
        if (!problems.isEmpty()) {
            ArrayNode errors = body.putArray("errors");
            for (FieldProblem problem : problems) {
                errors.addObject()
                        .put("detail", problem.detail())
                        .put("pointer", "#" + problem.pointer());
            }
        }
        return new ApiResponse.Document(status, MEDIA_TYPE, headers, Bytes.utf8(body.toString()));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
