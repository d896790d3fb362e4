package org.edgeplex.lab.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeplex.telemetry.DataplaneView;
import org.edgeplex.telemetry.DataplaneView.LabelTraffic;
import org.edgeplex.telemetry.DataplaneView.Traffic;

/// What a data plane counted between two readings.
///
/// @param site whose it is
record CounterDelta(String site, DataplaneView before, DataplaneView after) {
    private static final Traffic NOTHING = new Traffic(0, 0);

    /// What the kernel of a CE says on its link by itself, in IPv6: it looks for routers, and
    /// reports the groups that it listens to. Nobody forwards that.
    private static final Set<String> OF_A_KERNEL = Set.of("multicast", "link_local", "nd_ignored");

    /// What is not as it should be, when the customer sent and was sent so many packets of the VPN
    /// and none was lost.
    ///
    /// With his router alone he speaks of ARP and BGP: that is counted in the same rows, and bounds
    /// them.
    List<String> faults(long sent, long received) {
        if (!before.source().equals(after.source()) || !after.isLive()) {
            return List.of(site + ": not the process of the first reading counts");
        }
        List<String> faults = new ArrayList<>();
        expect(faults, "to core", packets("to_core"), sent, 0);
        expect(faults, "labels out", labels(before.pushed(), after.pushed()), sent, 0);
        expect(faults, "from core", packets("from_core"), received, 0);
        expect(faults, "labels in", labels(before.popped(), after.popped()), received, 0);
        long asked = event("arp_requests_sent") + event("arp_replies_sent");
        long forgiven = 0;
        for (Map.Entry<String, Long> drop : after.drops().entrySet()) {
            long count = drop.getValue() - before.drops().getOrDefault(drop.getKey(), 0L);
            if (OF_A_KERNEL.contains(drop.getKey())) {
                forgiven += count;
            } else {
                expect(faults, "dropped for " + drop.getKey(), count, 0, 0);
            }
        }
        expect(
                faults,
                "from customer",
                packets("from_customer"),
                sent,
                packets("to_tap") + asked + forgiven);
        expect(
                faults,
                "to customer",
                packets("to_customer"),
                received,
                packets("from_tap") + asked);
        return faults;
    }

    private void expect(List<String> faults, String what, long counted, long wanted, long more) {
        if (counted < wanted || counted > wanted + more) {
            String upTo = more == 0 ? "" : " to " + (wanted + more);
            faults.add("%s %s: %d and not %d%s".formatted(site, what, counted, wanted, upTo));
        }
    }

    private long packets(String direction) {
        return after.traffic().getOrDefault(direction, NOTHING).packets()
                - before.traffic().getOrDefault(direction, NOTHING).packets();
    }

    private long event(String name) {
        return after.events().getOrDefault(name, 0L) - before.events().getOrDefault(name, 0L);
    }

    private static long labels(List<LabelTraffic> before, List<LabelTraffic> after) {
        return sum(after) - sum(before);
    }

    private static long sum(List<LabelTraffic> rows) {
        return rows.stream().mapToLong(row -> row.traffic().packets()).sum();
    }
}
