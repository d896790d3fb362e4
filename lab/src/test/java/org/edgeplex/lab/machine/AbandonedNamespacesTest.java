package org.edgeplex.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AbandonedNamespacesTest {
    @Test
    void thoseOfTheDeadAndOfNobodyElse() {
        List<String> names =
                List.of(
                        "trial-17-host",
                        "trial-17-guest",
                        "trial-18-host",
                        "trial-17",
                        "trial-x-host",
                        "atrial-17-host",
                        "l3vpn-pe1-sw");
        assertEquals(
                List.of("trial-17-host", "trial-17-guest"),
                AbandonedNamespaces.of("trial", names, pid -> pid == 18));
    }
}
