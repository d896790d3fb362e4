package org.edgeplex.state;

import java.util.List;

/// Part of a scan, in key order. `more`: call again with the last key of `entries`.
public record ScanPage(List<Entry> entries, boolean more) {
    public record Entry(Bytes key, Bytes value, long version) {}
}
