package org.edgeplex.controller.compute;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a data plane does while its port has nothing for it: a word of its command line.
public enum IdleMode {
    /// Polls, on a CPU that has nothing else to do.
    BUSY,
    /// Polls while packets come, else sleeps.
    ADAPTIVE,
    /// Sleeps until a packet wakes it.
    INTERRUPT;

    /// As the data plane reads it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads what a user wrote.
    ///
    /// @throws IllegalArgumentException naming the words that there are
    public static IdleMode parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.word().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "is one of "
                                        + Arrays.stream(values())
                                                .map(IdleMode::word)
                                                .collect(Collectors.joining(", "))
                                        + ", not \""
                                        + text
                                        + '"'));
    }
}
