package org.edgeplex.cvm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.edgeplex.cvm.frr.FrrLab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Routes as static ones and as FRR's zebra installs them: by gateway, by next-hop object,
/// multipath.
@Tag("machine")
class KernelTablesMachineTest {
    private static final String NAMESPACE = "cvm-kernel";

    @TempDir private Path directory;

    @Test
    void readsEveryKindOfRoute() throws IOException {
        FrrLab.run("ip", "netns", "add", NAMESPACE);
        try {
            ip("link add c0 type veth peer name c1");
            ip("link set c1 up");
            ip("address add 10.1.0.2/24 dev c0");
            ip("link set c0 up");
            ip("link add d0 type veth peer name d1");
            ip("link set d1 up");
            ip("link set d0 up");
            ip("neighbor add 10.1.0.1 lladdr 02:00:00:00:00:fe dev c0 nud permanent");
            ip("neighbor add 10.1.0.9 lladdr 02:00:00:00:00:09 dev d0 nud permanent");
            ip("route add 10.0.0.1/32 via 10.1.0.1 metric 20");
            ip("route add 10.0.0.1/32 via 10.1.0.7 metric 30");
            ip("nexthop add id 5 via 10.1.0.1 dev c0");
            ip("nexthop add id 6 via 10.1.0.3 dev c0");
            ip("nexthop add id 7 group 6/5");
            ip("route add 10.0.0.2/32 nhid 5");
            ip("route add 10.0.0.3/32 nhid 7");
            ip("route add 10.0.0.4/32 nexthop via 10.1.0.4 nexthop via 10.1.0.5");
            ip("route add 10.0.0.5/32 dev d0");
            ip("route add blackhole 10.0.0.6/32");
            ip("route add 10.0.0.7/32 via 10.1.0.1 table 100");
            assertEquals(
                    """
                    10.0.0.1/32 via 10.1.0.1
                    10.0.0.2/32 via 10.1.0.1
                    10.0.0.3/32 via 10.1.0.3
                    10.0.0.4/32 via 10.1.0.4
                    10.1.0.0/24 via 10.1.0.0
                    10.1.0.1 at 02:00:00:00:00:fe
                    """,
                    dump());
        } finally {
            FrrLab.run("ip", "netns", "del", NAMESPACE);
        }
    }

    private static void ip(String words) throws IOException {
        FrrLab.run(("ip -n " + NAMESPACE + " " + words).split(" "));
    }

    private String dump() throws IOException {
        Path file = directory.resolve("tables");
        FrrLab.run(
                "ip",
                "netns",
                "exec",
                NAMESPACE,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KernelDump.class.getName(),
                "c0",
                file.toString());
        return Files.readString(file);
    }
}
