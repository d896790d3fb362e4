package org.edgeplex.bgp.wire;

/// A large community (RFC 8092): three unsigned 32-bit numbers.
public record LargeCommunity(int globalAdministrator, int localData1, int localData2) {
    @Override
    public String toString() {
        return Integer.toUnsignedString(globalAdministrator)
                + ":"
                + Integer.toUnsignedString(localData1)
                + ":"
                + Integer.toUnsignedString(localData2);
    }
}
