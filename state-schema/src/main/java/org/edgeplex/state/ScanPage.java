package org.edgeplex.state;

import java.util.List;

/// Part of a scan.
///
/// @param resume where the next page begins, opaque; [Bytes#EMPTY]: this was the last one
public record ScanPage(List<Entry> entries, Bytes resume) {
    public record Entry(Bytes key, Bytes value, long version) {}

    public boolean isLast() {
        return resume.isEmpty();
    }
}
