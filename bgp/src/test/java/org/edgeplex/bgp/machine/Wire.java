package org.edgeplex.bgp.machine;

import java.util.concurrent.ThreadLocalRandom;

/// Two namespaces with a wire between them: ours, and the one of the others' speaker.
final class Wire implements AutoCloseable {
    static final String OUR_ADDRESS = "10.9.0.2";
    static final String OUR_SECOND_ADDRESS = "10.9.0.3";
    static final String PEER_ADDRESS = "10.9.0.1";

    private final String suffix = Integer.toString(ThreadLocalRandom.current().nextInt(1, 9999));
    private final String ours = "bgp-us" + suffix;
    private final String theirs = "bgp-peer" + suffix;

    Wire() {
        Commands.run("ip", "netns", "add", ours);
        Commands.run("ip", "netns", "add", theirs);
        Commands.run(
                "ip", "-n", ours, "link", "add", "wire", "type", "veth", "peer", "name", "wire",
                "netns", theirs);
        Commands.run("ip", "-n", ours, "address", "add", OUR_ADDRESS + "/24", "dev", "wire");
        Commands.run("ip", "-n", ours, "address", "add", OUR_SECOND_ADDRESS + "/24", "dev", "wire");
        Commands.run("ip", "-n", theirs, "address", "add", PEER_ADDRESS + "/24", "dev", "wire");
        for (String namespace : new String[] {ours, theirs}) {
            Commands.run("ip", "-n", namespace, "link", "set", "lo", "up");
            Commands.run("ip", "-n", namespace, "link", "set", "wire", "up");
        }
    }

    String ours() {
        return ours;
    }

    String theirs() {
        return theirs;
    }

    @Override
    public void close() {
        Commands.tryRun("ip", "netns", "delete", ours);
        Commands.tryRun("ip", "netns", "delete", theirs);
    }
}
