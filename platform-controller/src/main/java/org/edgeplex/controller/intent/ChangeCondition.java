package org.edgeplex.controller.intent;

/// On what state of a thing its change depends (RFC 9110, section 13.1.1, If-Match).
public sealed interface ChangeCondition {
    record Unconditional() implements ChangeCondition {}

    /// Only if it has not been changed since the caller read it.
    record Generation(long generation) implements ChangeCondition {}

    default boolean allows(long present) {
        return switch (this) {
            case Unconditional() -> true;
            case Generation(long seen) -> seen == present;
        };
    }
}
