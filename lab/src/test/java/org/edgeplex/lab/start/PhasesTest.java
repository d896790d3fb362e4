package org.edgeplex.lab.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PhasesTest {
    @Test
    void areWhatTheProgramTells() {
        String log =
                "EAL: something (else 3)\n"
                        + "19:28:49.123Z [log] INFO Dataplane - live after 212.5 ms (main 61.2,"
                        + " dpdk 180.0); forwarding: VLAN 101, MTU 1500\n";
        assertEquals(Map.of("main", 61.2, "dpdk", 180.0, "live", 212.5), Phases.in(log));
    }

    @Test
    void areNoneWithoutThatLine() {
        assertEquals(Map.of(), Phases.in("EAL: something (else 3)\n"));
    }
}
