package org.edgeplex.openflow.loxi;

import java.util.SortedMap;
import java.util.TreeMap;
import org.edgeplex.openflow.BridgeSpec;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.SwitchDatabase;
import org.edgeplex.openflow.SwitchOutcome;
import org.edgeplex.openflow.SwitchPort;

/// Adds to the real ports those of many attachments, which no switch of a test has: flows may name
/// ports that are not there.
record ManyPorts(SwitchDatabase real, int attachmentCount) implements SwitchDatabase {
    private static final int FIRST_OFPORT = 1000;

    @Override
    public SwitchOutcome<SortedMap<String, SwitchPort>> listPorts(String bridge) {
        return real.listPorts(bridge).map(this::add);
    }

    private SortedMap<String, SwitchPort> add(SortedMap<String, SwitchPort> ports) {
        SortedMap<String, SwitchPort> all = new TreeMap<>(ports);
        for (int number = 1; number <= attachmentCount; number++) {
            PortSpec.Owner owner = new PortSpec.Owner.Attachment(number);
            int ofport = FIRST_OFPORT + 2 * number;
            for (String name : new String[] {"access" + number, "pvm" + number}) {
                all.putIfAbsent(name, new SwitchPort.Ready(name, ofport++, owner));
            }
        }
        return all;
    }

    @Override
    public SwitchOutcome<BridgeSpec> ensureBridge(BridgeSpec spec) {
        return real.ensureBridge(spec);
    }

    @Override
    public SwitchOutcome<SwitchPort.Ready> ensurePort(String bridge, PortSpec spec) {
        return real.ensurePort(bridge, spec);
    }

    @Override
    public SwitchOutcome<Boolean> removePort(String bridge, String port) {
        return real.removePort(bridge, port);
    }

    @Override
    public SwitchOutcome<Boolean> removeBridge(String bridge) {
        return real.removeBridge(bridge);
    }

    @Override
    public void close() {
        real.close();
    }
}
