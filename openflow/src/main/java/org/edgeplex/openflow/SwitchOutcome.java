package org.edgeplex.openflow;

import java.util.function.Function;

/// What became of a request to the switch: the caller must look.
public sealed interface SwitchOutcome<T> {
    /// Done; for a change: the switch has confirmed it.
    record Done<T>(T value) implements SwitchOutcome<T> {}

    /// The switch said no, in its own words. Nothing changed.
    record Refused<T>(String error) implements SwitchOutcome<T> {}

    /// There is no connection. Nothing was sent, so nothing changed.
    record Unreachable<T>(String reason) implements SwitchOutcome<T> {}

    /// Sent, but not answered in time. Either may be true: ask again to know.
    record Unanswered<T>(String reason) implements SwitchOutcome<T> {}

    default <R> SwitchOutcome<R> map(Function<? super T, ? extends R> function) {
        return then(value -> new Done<>(function.apply(value)));
    }

    default <R> SwitchOutcome<R> then(Function<? super T, SwitchOutcome<R>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Refused<T>(String error) -> new Refused<>(error);
            case Unreachable<T>(String reason) -> new Unreachable<>(reason);
            case Unanswered<T>(String reason) -> new Unanswered<>(reason);
        };
    }
}
