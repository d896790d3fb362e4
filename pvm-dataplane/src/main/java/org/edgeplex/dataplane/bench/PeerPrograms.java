package org.edgeplex.dataplane.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the peers' programs are.
final class PeerPrograms {
    /// A folder into which the Debian packages of peers were unpacked: Open vSwitch with DPDK
    /// cannot be installed beside the lab's without taking its place.
    private static final String FOLDER = "EDGEPLEX_PEERS";

    private static final int LINES = 4;

    private PeerPrograms() {}

    /// @throws Peer.MissingException saying which package has it
    static Path find(String program, String debianPackage) {
        String peers = System.getenv(FOLDER);
        List<String> roots = peers == null ? List.of("/") : List.of(peers, "/");
        return roots.stream()
                .flatMap(root ->
                        List.of(
                                Path.of(root, "usr/bin", program),
                                Path.of(root, "usr/lib/openvswitch-switch-dpdk", program))
                                .stream())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new Peer.MissingException(
                                "no "
                                        + program
                                        + ": apt-get download "
                                        + debianPackage
                                        + ", dpkg -x it into a folder, and set "
                                        + FOLDER
                                        + " to that"));
    }

    /// What a program said last.
    static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    "; ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "nothing was logged";
        }
    }
}
