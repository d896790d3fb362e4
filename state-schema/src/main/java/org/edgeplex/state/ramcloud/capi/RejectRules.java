package org.edgeplex.state.ramcloud.capi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.edgeplex.state.Expect;

/// `struct RejectRules`, packed: when an operation is refused.
///
/// ```
/// givenVersion (8)   doesntExist (1)   exists (1)   versionLeGiven (1)   versionNeGiven (1)
/// ```
final class RejectRules {
    static final int BYTES = 12;

    private static final ValueLayout.OfLong VERSION =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.nativeOrder());
    private static final int DOESNT_EXIST = 8;
    private static final int EXISTS = 9;
    private static final int VERSION_NE_GIVEN = 11;

    private RejectRules() {}

    /// RAMCloud lets a version's rule pass where there is no object: so such a write says also that
    /// there must be one.
    static void put(MemorySegment rules, long offset, Expect expect) {
        rules.asSlice(offset, BYTES).fill((byte) 0);
        switch (expect) {
            case Expect.Any _ -> {}
            case Expect.Absent _ -> rules.set(JAVA_BYTE, offset + EXISTS, (byte) 1);
            case Expect.Version(long version) -> {
                rules.set(VERSION, offset, version);
                rules.set(JAVA_BYTE, offset + DOESNT_EXIST, (byte) 1);
                rules.set(JAVA_BYTE, offset + VERSION_NE_GIVEN, (byte) 1);
            }
        }
    }
}
