package org.edgeplex.state;

import java.util.function.Supplier;

/// Turns a value type's refusal ("label out of range") into damage of the record that held it.
final class Damage {
    private Damage() {}

    static <T> T named(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new DamagedRecordException(String.valueOf(e.getMessage()), e);
        }
    }
}
