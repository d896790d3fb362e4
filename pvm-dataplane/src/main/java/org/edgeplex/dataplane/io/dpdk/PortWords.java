package org.edgeplex.dataplane.io.dpdk;

import java.util.Arrays;
import java.util.Iterator;

/// How ports begin, for shells to complete: `ring`, `af_packet:`.
public final class PortWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(PortSpec.Type.values()).map(PortSpec.Type::beginning).iterator();
    }
}
