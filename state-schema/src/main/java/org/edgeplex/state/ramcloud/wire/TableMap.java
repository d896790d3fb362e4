package org.edgeplex.state.ramcloud.wire;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.edgeplex.state.ramcloud.wire.TableConfig.Tablet;
import org.jspecify.annotations.Nullable;

/// The tablets of one table in the order of their hashes, each with its server.
final class TableMap {
    private final List<Tablet> tablets;
    private final @Nullable Server[] servers;
    private final boolean single;

    private TableMap(List<Tablet> tablets, Function<Tablet, Server> byTablet) {
        this.tablets = tablets;
        this.servers = new @Nullable Server[tablets.size()];
        for (int i = 0; i < servers.length; i++) {
            Tablet tablet = tablets.get(i);
            boolean usable = !tablet.recovering() && !tablet.locator().isEmpty();
            servers[i] = usable ? byTablet.apply(tablet) : null;
        }
        Tablet first = tablets.getFirst();
        this.single = tablets.size() == 1 && first.firstHash() == 0 && first.lastHash() == -1L;
    }

    static TableMap of(TableConfig config, Function<Tablet, Server> servers) {
        List<Tablet> sorted =
                config.tablets().stream()
                        .sorted(Comparator.comparing(Tablet::firstHash, Long::compareUnsigned))
                        .toList();
        return new TableMap(sorted, servers);
    }

    /// Whether one tablet has all: then no key's hash matters.
    boolean isSingle() {
        return single;
    }

    /// Who has this hash; null: nobody at the time.
    @Nullable Server server(long hash) {
        int low = 0;
        int high = servers.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Tablet tablet = tablets.get(middle);
            if (Long.compareUnsigned(hash, tablet.firstHash()) < 0) {
                high = middle - 1;
            } else if (Long.compareUnsigned(hash, tablet.lastHash()) > 0) {
                low = middle + 1;
            } else {
                return servers[middle];
            }
        }
        return null;
    }
}
