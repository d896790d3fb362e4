package org.edgeplex.openflow;

import static org.junit.jupiter.api.Assertions.fail;

/// What a test expects of an outcome.
public final class Outcomes {
    private Outcomes() {}

    public static <T> T done(SwitchOutcome<T> outcome) {
        return outcome instanceof SwitchOutcome.Done<T>(T value)
                ? value
                : fail("not done: " + outcome);
    }

    public static <T> String refused(SwitchOutcome<T> outcome) {
        return outcome instanceof SwitchOutcome.Refused<T>(String error)
                ? error
                : fail("not refused: " + outcome);
    }

    public static <T> String unreachable(SwitchOutcome<T> outcome) {
        return outcome instanceof SwitchOutcome.Unreachable<T>(String reason)
                ? reason
                : fail("not unreachable: " + outcome);
    }

    public static <T> String unanswered(SwitchOutcome<T> outcome) {
        return outcome instanceof SwitchOutcome.Unanswered<T>(String reason)
                ? reason
                : fail("not unanswered: " + outcome);
    }
}
