package org.edgeplex.state.history;

/// One call as a whole: when it began, when it was answered, by a clock that no two events share.
///
/// @param by the thread or process that called, for people
/// @param returned [#NEVER] while there is no answer
public record Operation(String by, Call call, long invoked, long returned) {
    public static final long NEVER = Long.MAX_VALUE;

    public Operation {
        if (invoked >= returned) {
            throw new IllegalArgumentException("answered before it was asked: " + call);
        }
    }

    @Override
    public String toString() {
        String end = returned == NEVER ? "" : String.valueOf(returned);
        return "%6d..%-6s %-10s %s".formatted(invoked, end, by, call);
    }
}
