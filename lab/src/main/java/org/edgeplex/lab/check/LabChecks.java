package org.edgeplex.lab.check;

import java.util.List;
import java.util.stream.Stream;
import org.edgeplex.lab.topology.VpnService;

/// The list of checks of a topology, in the order in which they are made: first that it works, then
/// that it goes on working.
public final class LabChecks {
    private LabChecks() {}

    public static List<Check> of(LabUnderTest lab) {
        if (lab.services(VpnService.Ordered.AT_START).isEmpty()) {
            return new PeerChecks(lab).all();
        }
        return Stream.of(
                        new SessionChecks(lab).all(),
                        new PacketChecks(lab).all(),
                        new FlowChecks(lab).all(),
                        new CounterChecks(lab).all(),
                        new CoreChecks(lab).all(),
                        new RouteChecks(lab).all(),
                        new ProvisioningChecks(lab).all(),
                        new KillChecks(lab).all())
                .flatMap(List::stream)
                .toList();
    }
}
