package org.edgeplex.state.ramcloud;

import java.util.LinkedHashMap;
import java.util.Map;
import org.edgeplex.state.Bytes;

/// The versions in which objects were last seen: guesses that save a read. A wrong one costs a
/// round trip, nothing else. Bounded; the one that was used longest ago goes.
final class VersionCache {
    private static final float LOAD_FACTOR = 0.75f;

    private final Map<Place, Known> versions;

    private record Place(int table, Bytes key) {}

    record Known(long version, boolean isLive) {
        static final Known NOTHING = new Known(0, false);
    }

    VersionCache(int max) {
        versions =
                new LinkedHashMap<>(16, LOAD_FACTOR, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Place, Known> eldest) {
                        return size() > max;
                    }
                };
    }

    /// Version 0: it is not known.
    Known get(int table, Bytes key) {
        return versions.getOrDefault(new Place(table, key), Known.NOTHING);
    }

    void put(int table, Bytes key, long version, boolean isLive) {
        if (version == 0) {
            versions.remove(new Place(table, key));
        } else {
            versions.put(new Place(table, key.compact()), new Known(version, isLive));
        }
    }
}
