package org.edgeplex.state.ramcloud.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// The test cluster as a process of its own: `TestClusterMain PORT MASTERS`. It prints the
/// coordinator's locator, obeys `crash N`, `recover N`, `crashCoordinator` and `startStandby` on
/// its standard input, one a line, each acknowledged by a line; and ends with it.
public final class TestClusterMain {
    private TestClusterMain() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int masters = Integer.parseInt(arguments[1]);
        try (TestCluster cluster = new TestCluster(masters, port);
                BufferedReader commands =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(cluster.locator());
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "crash" -> cluster.crash(Integer.parseInt(words[1]));
                    case "recover" -> cluster.recover(Integer.parseInt(words[1]));
                    case "crashCoordinator" -> cluster.crashCoordinator();
                    case "startStandby" -> cluster.startStandby();
                    default -> throw new IllegalArgumentException(line);
                }
                System.out.println(cluster.locator());
            }
        }
    }
}
