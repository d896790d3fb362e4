package org.edgeplex.controller.intent;

import java.util.List;
import java.util.stream.Collectors;

/// A caller's request that was refused; nothing was changed.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why, as far as the caller's next move depends on it.
    public enum Reason {
        /// Not a JSON document at all.
        MALFORMED,
        /// A field is missing, unknown or has a value it cannot have.
        INVALID,
        /// Valid alone, but something else is in the way.
        CONFLICT,
        NOT_FOUND,
        /// The thing has changed since the caller read it.
        CHANGED_MEANWHILE
    }

    private final Reason reason;
    private final transient List<FieldProblem> problems;

    public RefusedException(Reason reason, List<FieldProblem> problems) {
        super(problems.stream().map(FieldProblem::toString).collect(Collectors.joining("; ")));
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    public static RefusedException of(Reason reason, String pointer, String detail) {
        return new RefusedException(reason, List.of(new FieldProblem(pointer, detail)));
    }

    public Reason reason() {
        return reason;
    }

    public List<FieldProblem> problems() {
        return problems;
    }
}
