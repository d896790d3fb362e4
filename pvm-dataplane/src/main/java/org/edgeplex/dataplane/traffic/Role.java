package org.edgeplex.dataplane.traffic;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// What one process does.
enum Role {
    /// Sends, and takes what it has sent: one clock.
    LOOP,
    /// Sends only.
    GENERATE,
    /// Takes what a generator elsewhere sends.
    SINK,
    /// Sends back what a generator elsewhere sends.
    ECHO;

    /// As a user writes it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean sends() {
        return this == LOOP || this == GENERATE;
    }

    /// Whether it tells what became of the packets.
    boolean counts() {
        return this == LOOP || this == SINK;
    }

    /// What a shell completes.
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(Role::word).iterator();
        }
    }

    static final class Converter implements ITypeConverter<Role> {
        @Override
        public Role convert(String word) {
            return Arrays.stream(values())
                    .filter(role -> role.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "no role \""
                                            + word
                                            + "\"; there are loop, generate, sink, echo"));
        }
    }
}
