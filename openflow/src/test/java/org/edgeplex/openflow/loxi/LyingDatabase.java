package org.edgeplex.openflow.loxi;

import java.util.SortedMap;
import java.util.TreeMap;
import org.edgeplex.openflow.BridgeSpec;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.SwitchDatabase;
import org.edgeplex.openflow.SwitchOutcome;
import org.edgeplex.openflow.SwitchPort;

/// A database that, on demand, gives one port a number that no port can have: a plan made from it
/// is one that the switch must refuse.
final class LyingDatabase implements SwitchDatabase {
    /// Between the switch's own ports and OpenFlow's reserved ones.
    private static final int IMPOSSIBLE_OFPORT = 0x00ff_ffff;

    private final SwitchDatabase truth;
    private volatile String liedAbout = "";

    LyingDatabase(SwitchDatabase truth) {
        this.truth = truth;
    }

    void lieAbout(String port) {
        liedAbout = port;
    }

    @Override
    public SwitchOutcome<SortedMap<String, SwitchPort>> listPorts(String bridge) {
        return truth.listPorts(bridge).map(this::lie);
    }

    private SortedMap<String, SwitchPort> lie(SortedMap<String, SwitchPort> ports) {
        SortedMap<String, SwitchPort> told = new TreeMap<>(ports);
        told.computeIfPresent(
                liedAbout,
                (name, port) -> new SwitchPort.Ready(name, IMPOSSIBLE_OFPORT, port.owner()));
        return told;
    }

    @Override
    public SwitchOutcome<BridgeSpec> ensureBridge(BridgeSpec spec) {
        return truth.ensureBridge(spec);
    }

    @Override
    public SwitchOutcome<SwitchPort.Ready> ensurePort(String bridge, PortSpec spec) {
        return truth.ensurePort(bridge, spec);
    }

    @Override
    public SwitchOutcome<Boolean> removePort(String bridge, String port) {
        return truth.removePort(bridge, port);
    }

    @Override
    public SwitchOutcome<Boolean> removeBridge(String bridge) {
        return truth.removeBridge(bridge);
    }

    @Override
    public void close() {
        truth.close();
    }
}
