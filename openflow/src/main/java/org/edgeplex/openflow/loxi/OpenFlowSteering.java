package org.edgeplex.openflow.loxi;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.edgeplex.openflow.FlowDiff;
import org.edgeplex.openflow.FlowEntry;
import org.edgeplex.openflow.SteeringPlan;
import org.edgeplex.openflow.SteeringReport;
import org.edgeplex.openflow.SwitchAddress;
import org.edgeplex.openflow.SwitchDatabase;
import org.edgeplex.openflow.SwitchOutcome;
import org.edgeplex.openflow.SwitchPort;
import org.edgeplex.openflow.SwitchSteering;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Steers one bridge through OpenFlow 1.4; port names become numbers through the switch's database.
///
/// One virtual thread keeps the connection: it connects, puts the last plan back, waits for the
/// end, pauses, and begins again. A bridge listens on `unix:RUNDIR/BRIDGE.mgmt` without
/// configuration.
public final class OpenFlowSteering implements SwitchSteering {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFlowSteering.class);

    private final String bridge;
    private final SwitchAddress address;
    private final SwitchDatabase database;
    private final OpenFlowTiming timing;

    /// Held while flows are compared and changed: of two plans at once, one is the later. Taken
    /// before the link's lock.
    private final ReentrantLock applyLock = new ReentrantLock();

    private Wanted wanted = new Wanted.Nothing();

    /// Guards what follows.
    private final ReentrantLock linkLock = new ReentrantLock();

    private final Condition linkChanged = linkLock.newCondition();
    private Link link = new Link.Down("not connected yet");
    private boolean closed;

    private sealed interface Link {
        record Up(OpenFlowConnection connection) implements Link {}

        record Down(String reason) implements Link {}
    }

    private sealed interface Wanted {
        /// Nobody has said yet: the flows stay as they are.
        record Nothing() implements Wanted {}

        record Plan(SteeringPlan plan) implements Wanted {}
    }

    private OpenFlowSteering(
            String bridge, SwitchAddress address, SwitchDatabase database, OpenFlowTiming timing) {
        this.bridge = bridge;
        this.address = address;
        this.database = database;
        this.timing = timing;
    }

    /// Returns at once; the connection comes when the switch is there.
    ///
    /// @param database is used, not owned: the caller closes it
    public static OpenFlowSteering start(
            String bridge, SwitchAddress address, SwitchDatabase database, OpenFlowTiming timing) {
        OpenFlowSteering steering = new OpenFlowSteering(bridge, address, database, timing);
        Thread.ofVirtual().name("openflow-link-" + bridge).start(steering::keepConnected);
        return steering;
    }

    public static OpenFlowSteering start(
            String bridge, SwitchAddress address, SwitchDatabase database) {
        return start(bridge, address, database, OpenFlowTiming.standard());
    }

    /// The flows of any bridge that listens at `address`, over a connection of its own.
    public static SwitchOutcome<List<FlowEntry>> readFlows(
            SwitchAddress address, OpenFlowTiming timing) {
        try (OpenFlowConnection connection = OpenFlowConnection.open(address, timing)) {
            return entries(new FlowTable(connection, timing.requestTimeout()).read());
        } catch (IOException e) {
            return new SwitchOutcome.Unreachable<>(address + ": " + e.getMessage());
        }
    }

    @Override
    public SwitchOutcome<SteeringReport> apply(SteeringPlan plan) {
        applyLock.lock();
        try {
            wanted = new Wanted.Plan(plan);
            return connected().then(connection -> apply(plan, connection));
        } finally {
            applyLock.unlock();
        }
    }

    private SwitchOutcome<SteeringReport> apply(SteeringPlan plan, OpenFlowConnection connection) {
        FlowTable table = new FlowTable(connection, timing.requestTimeout());
        return ofports().then(ofports -> change(table, plan.resolve(ofports)));
    }

    private void putBack(OpenFlowConnection connection) {
        applyLock.lock();
        try {
            switch (wanted) {
                case Wanted.Plan(SteeringPlan plan) ->
                        LOG.info("{}: plan put back: {}", bridge, apply(plan, connection));
                case Wanted.Nothing() -> {}
            }
        } finally {
            applyLock.unlock();
        }
    }

    private SwitchOutcome<Map<String, Integer>> ofports() {
        return database.listPorts(bridge).map(OpenFlowSteering::ready);
    }

    private static Map<String, Integer> ready(SortedMap<String, SwitchPort> ports) {
        Map<String, Integer> ofports = new HashMap<>();
        for (SwitchPort port : ports.values()) {
            switch (port) {
                case SwitchPort.Ready(String name, int ofport, _) -> ofports.put(name, ofport);
                case SwitchPort.Broken _ -> {} // No number: missing, for the plan.
            }
        }
        return ofports;
    }

    private static SwitchOutcome<SteeringReport> change(
            FlowTable table, SteeringPlan.Resolved resolved) {
        return table.read()
                .then(observed -> {
                    List<FlowEntry> entries = observed.stream().map(ObservedFlow::entry).toList();
                    FlowDiff diff = FlowDiff.between(resolved.flows(), entries);
                    SwitchOutcome<FlowDiff> changed =
                            diff.isEmpty()
                                    ? new SwitchOutcome.Done<>(diff)
                                    : table.change(diff, observed);
                    return changed.map(done -> SteeringReport.of(done, resolved.missingPorts()));
                });
    }

    @Override
    public SwitchOutcome<List<FlowEntry>> flows() {
        return connected()
                .then(connection ->
                        entries(new FlowTable(connection, timing.requestTimeout()).read()));
    }

    private static SwitchOutcome<List<FlowEntry>> entries(
            SwitchOutcome<List<ObservedFlow>> observed) {
        return observed.map(flows -> flows.stream().map(ObservedFlow::entry).toList());
    }

    /// The connection, waiting for it no longer than one attempt may take.
    private SwitchOutcome<OpenFlowConnection> connected() {
        linkLock.lock();
        try {
            long leftNanos = timing.connectTimeout().toNanos();
            while (link instanceof Link.Down && !closed && leftNanos > 0) {
                leftNanos = linkChanged.awaitNanos(leftNanos);
            }
            return switch (link) {
                case Link.Up(OpenFlowConnection connection) -> new SwitchOutcome.Done<>(connection);
                case Link.Down(String reason) ->
                        new SwitchOutcome.Unreachable<>(address + ": " + reason);
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new SwitchOutcome.Unreachable<>("interrupted");
        } finally {
            linkLock.unlock();
        }
    }

    private void keepConnected() {
        Duration pause = timing.backoffMin();
        try {
            while (!isClosed()) {
                String reason;
                try (OpenFlowConnection connection = OpenFlowConnection.open(address, timing)) {
                    pause = timing.backoffMin();
                    connectedTo(connection);
                    connection.awaitClosed();
                    reason = connection.closeReason();
                } catch (IOException e) {
                    reason = String.valueOf(e.getMessage());
                }
                disconnected(reason, pause);
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(timing.backoffMax()) < 0 ? doubled : timing.backoffMax();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: our fault, no more steering", bridge, e);
            setLink(new Link.Down(e.toString()));
            throw e;
        }
    }

    private void setLink(Link changed) {
        linkLock.lock();
        try {
            link = changed;
            linkChanged.signalAll();
        } finally {
            linkLock.unlock();
        }
    }

    private boolean isClosed() {
        linkLock.lock();
        try {
            return closed;
        } finally {
            linkLock.unlock();
        }
    }

    private void connectedTo(OpenFlowConnection connection) {
        linkLock.lock();
        try {
            if (closed) {
                connection.close();
                return;
            }
            link = new Link.Up(connection);
            linkChanged.signalAll();
        } finally {
            linkLock.unlock();
        }
        LOG.info("{}: connected, datapath {}", bridge, Long.toHexString(connection.datapathId()));
        putBack(connection);
    }

    private void disconnected(String reason, Duration pause) throws InterruptedException {
        linkLock.lock();
        try {
            Link down = new Link.Down(reason);
            if (!closed && !down.equals(link)) {
                LOG.warn("{}: no connection to {}: {}", bridge, address, reason);
            }
            link = down;
            long leftNanos = pause.toNanos();
            while (!closed && leftNanos > 0) {
                leftNanos = linkChanged.awaitNanos(leftNanos);
            }
        } finally {
            linkLock.unlock();
        }
    }

    @Override
    public void close() {
        linkLock.lock();
        try {
            closed = true;
            switch (link) {
                case Link.Up(OpenFlowConnection connection) -> connection.close();
                case Link.Down _ -> {}
            }
            linkChanged.signalAll();
        } finally {
            linkLock.unlock();
        }
    }
}
