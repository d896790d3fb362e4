package org.edgeplex.controller.api;

import java.util.List;
import java.util.Map;
import org.edgeplex.controller.intent.FieldProblem;
import org.edgeplex.controller.intent.RefusedException;

/// An answer that is a problem (RFC 9457).
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;
    private final transient List<FieldProblem> problems;

    private ProblemException(
            int status, String detail, Map<String, String> headers, List<FieldProblem> problems) {
        super(detail);
        this.status = status;
        this.headers = headers;
        this.problems = problems;
    }

    static ProblemException of(int status, String detail) {
        return new ProblemException(status, detail, Map.of(), List.of());
    }

    static ProblemException of(int status, String detail, Map<String, String> headers) {
        return new ProblemException(status, detail, headers, List.of());
    }

    static ProblemException of(RefusedException refused) {
        int status =
                switch (refused.reason()) {
                    case MALFORMED -> 400;
                    case INVALID -> 422;
                    case CONFLICT -> 409;
                    case NOT_FOUND -> 404;
                    case CHANGED_MEANWHILE -> 412;
                };
        return new ProblemException(
                status,
                String.valueOf(refused.getMessage()),
                Map.of(),
                refused.problems().stream()
                        .filter(problem -> !problem.pointer().isEmpty())
                        .toList());
    }

    int status() {
        return status;
    }

    ApiResponse.Document toResponse() {
        return Problems.document(status, String.valueOf(getMessage()), headers, problems);
    }
}
