package org.edgeplex.dataplane.table;

/// Puts keys into a [LookupVector], and takes values out.
final class Lookups {
    private Lookups() {}

    static void put(LookupVector lookups, int... keys) {
        for (int i = 0; i < keys.length; i++) {
            LookupVector.setKey(lookups.record(i), keys[i]);
        }
    }

    static int value(LookupVector lookups, int index) {
        return LookupVector.value(lookups.record(index));
    }
}
