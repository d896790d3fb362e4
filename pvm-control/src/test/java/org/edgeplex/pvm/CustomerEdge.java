package org.edgeplex.pvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real BGP daemon as CE 192.0.2.2 in AS 65001, neighbour of 192.0.2.1 in AS 65000. It announces
/// 10.1.0.0/16 and 10.2.0.0/16.
interface CustomerEdge {
    Process start(Path directory, String namespace);

    boolean isEstablished();

    /// What the daemon knows of the route, empty if it has none.
    String route(String prefix);

    /// Stops to announce 10.1.0.0/16.
    void withdrawFirst();

    void announceFirst();

    /// The daemon's words for why the session ended last.
    String lastError();

    final class Bird implements CustomerEdge {
        private static final String CONFIGURATION =
                """
                router id 192.0.2.2;
                protocol device {}
                protocol static site1 { ipv4; route 10.1.0.0/16 blackhole; }
                protocol static site2 { ipv4; route 10.2.0.0/16 blackhole; }
                protocol bgp uplink {
                  local 192.0.2.2 as 65001;
                  neighbor 192.0.2.1 as 65000;
                  connect retry time 2;
                  error wait time 1, 2;
                  hold time 9;
                  ipv4 { import all; export where source = RTS_STATIC; };
                }
                """;
        private Path socket = Path.of("");

        @Override
        public Process start(Path directory, String namespace) {
            socket = directory.resolve("bird.ctl");
            Path configuration = write(directory.resolve("bird.conf"), CONFIGURATION);
            return Commands.start(
                    directory.resolve("bird.log"),
                    Commands.inNamespace(
                            namespace,
                            "bird",
                            "-f",
                            "-c",
                            configuration.toString(),
                            "-s",
                            socket.toString()));
        }

        @Override
        public boolean isEstablished() {
            return birdc("show", "protocols", "uplink").contains("Established");
        }

        @Override
        public String route(String prefix) {
            String said = birdc("show", "route", prefix, "all");
            return said.contains("BGP.as_path") ? said : "";
        }

        @Override
        public void withdrawFirst() {
            birdc("disable", "site1");
        }

        @Override
        public void announceFirst() {
            birdc("enable", "site1");
        }

        @Override
        public String lastError() {
            return birdc("show", "protocols", "all", "uplink");
        }

        private String birdc(String... command) {
            List<String> all = new ArrayList<>(List.of("birdc", "-s", socket.toString()));
            all.addAll(List.of(command));
            return Commands.attempt(all);
        }
    }

    final class Frr implements CustomerEdge {
        private static final String CONFIGURATION =
                """
                router bgp 65001
                 bgp router-id 192.0.2.2
                 no bgp ebgp-requires-policy
                 no bgp network import-check
                 neighbor 192.0.2.1 remote-as 65000
                 neighbor 192.0.2.1 timers 3 9
                 neighbor 192.0.2.1 timers connect 2
                 address-family ipv4 unicast
                  network 10.1.0.0/16
                  network 10.2.0.0/16
                 exit-address-family
                """;
        private Path directory = Path.of("");

        @Override
        public Process start(Path home, String namespace) {
            directory = home;
            Path configuration = write(home.resolve("bgpd.conf"), CONFIGURATION);
            return Commands.start(
                    home.resolve("bgpd.log"),
                    Commands.inNamespace(
                            namespace,
                            "/usr/lib/frr/bgpd",
                            "--skip_runas",
                            "--no_zebra",
                            "--no_kernel",
                            "--log",
                            "stdout",
                            "-f",
                            configuration.toString(),
                            "-i",
                            home.resolve("bgpd.pid").toString(),
                            "--vty_socket",
                            home.toString(),
                            "-P",
                            "0"));
        }

        @Override
        public boolean isEstablished() {
            return vtysh("show bgp ipv4 unicast summary json")
                    .contains("\"state\":\"Established\"");
        }

        @Override
        public String route(String prefix) {
            String said = vtysh("show bgp ipv4 unicast " + prefix);
            return said.contains("AS-Path") || said.contains("from 192.0.2.1") ? said : "";
        }

        @Override
        public void withdrawFirst() {
            vtysh("configure terminal", "router bgp 65001", "no network 10.1.0.0/16");
        }

        @Override
        public void announceFirst() {
            vtysh("configure terminal", "router bgp 65001", "network 10.1.0.0/16");
        }

        @Override
        public String lastError() {
            return vtysh("show bgp neighbors 192.0.2.1");
        }

        private String vtysh(String... commands) {
            List<String> all =
                    new ArrayList<>(List.of("vtysh", "--vty_socket", directory.toString()));
            for (String command : commands) {
                all.add("-c");
                all.add(command);
            }
            return Commands.attempt(all);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
