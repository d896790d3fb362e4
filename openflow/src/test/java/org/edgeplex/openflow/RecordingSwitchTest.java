package org.edgeplex.openflow;

import static org.edgeplex.openflow.Outcomes.done;
import static org.edgeplex.openflow.Outcomes.unreachable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RecordingSwitchTest {
    @Nested
    final class AsSteering extends SwitchSteeringContract {
        private final RecordingSwitch recording = new RecordingSwitch(BRIDGE);

        @Override
        protected SwitchSteering steering() {
            return recording;
        }

        @Override
        protected SwitchSteering anotherSteering() {
            return recording;
        }

        @Override
        protected SwitchDatabase database() {
            return recording;
        }

        @Override
        protected void addForeignFlow(int table, int priority, int port, int toPort) {
            recording.addFlow(
                    new Flow(
                            table,
                            priority,
                            1,
                            List.of(new MatchField.InPort(port)),
                            List.of(new FlowAction.Output(toPort))));
        }

        @Override
        protected void refuseChanges() {
            recording.refuseChanges("OFPBAC_BAD_OUT_PORT");
        }
    }

    @Nested
    final class AsDatabase extends SwitchDatabaseContract {
        private final RecordingSwitch recording = new RecordingSwitch("edge");

        AsDatabase() {
            recording.removeDevice(NO_DEVICE);
        }

        @Override
        protected SwitchDatabase database() {
            return recording;
        }
    }

    @Test
    void recordsWhatWasSentAndNothingElse() {
        RecordingSwitch recording = new RecordingSwitch("edge");
        done(recording.apply(Plans.of()));
        assertEquals(List.of(), recording.sent());
        done(recording.ensureBridge(new BridgeSpec("edge", 1)));
        PortSpec core = PortSpec.system("core", new PortSpec.Owner.ProviderEdge());
        done(recording.ensurePort("edge", core));
        done(recording.apply(Plans.of()));
        done(recording.apply(Plans.of()));
        assertEquals(1, recording.sent().size());
        assertEquals(3, recording.sent().getFirst().adds().size());
    }

    @Test
    void flowsGrowOldAndOutliveAnOutage() {
        AtomicLong nowNanos = new AtomicLong();
        RecordingSwitch recording = new RecordingSwitch("edge", nowNanos::get);
        done(recording.ensureBridge(new BridgeSpec("edge", 1)));
        PortSpec core = PortSpec.system("core", new PortSpec.Owner.ProviderEdge());
        done(recording.ensurePort("edge", core));
        done(recording.apply(Plans.of()));
        recording.setReachable(false);
        assertTrue(unreachable(recording.apply(Plans.two())).contains("away"));
        nowNanos.set(5_000_000_000L);
        recording.setReachable(true);
        assertTrue(done(recording.apply(Plans.of())).isUnchanged());
        assertEquals(5, done(recording.flows()).getFirst().durationSeconds());
    }
}
