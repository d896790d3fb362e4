package org.edgeplex.dataplane.io;

import java.util.Arrays;
import java.util.Locale;

/// What the worker does while a port has nothing for it. From the idlest to the busiest: a worker
/// with several ports does what the busiest of them asks for.
public enum IdleMode {
    /// Sleeps from the first empty poll on, until the kernel wakes it: for many ports on few CPUs.
    INTERRUPT,
    /// Polls while packets come, and a moment longer; then sleeps.
    ADAPTIVE,
    /// Polls, whatever it costs: for a CPU that has nothing else to do.
    BUSY;

    /// For help and errors.
    public static final String WORDS = "busy, adaptive, interrupt";

    /// As users write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads what a user wrote.
    ///
    /// @throws IllegalArgumentException naming the words that there are
    public static IdleMode of(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "idle is one of " + WORDS + ", not \"" + word + '"'));
    }
}
