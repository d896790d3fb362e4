package org.edgeplex.state;

import org.jspecify.annotations.Nullable;

/// A table as engines know it: a number for keys on disk, a name for people. The number alone tells
/// tables apart.
public record TableId(int number, String name) {
    public static final int NUMBER_MAX = 0xffff;

    public TableId {
        if (number < 1 || number > NUMBER_MAX) {
            throw new IllegalArgumentException("table number out of range 1..65535: " + number);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableId that && number == that.number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return name;
    }
}
