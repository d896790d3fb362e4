package org.edgeplex.lab.machine;

import java.time.Duration;

/// Every wait of the lab, in one place. Each ends as soon as what it waits for is true.
public final class Deadlines {
    public static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /// A daemon of Debian answers on its socket.
    public static final Duration DAEMON = Duration.ofSeconds(20);

    /// A controller answers, with its JVM cold and the machine busy.
    public static final Duration CONTROLLER = Duration.ofSeconds(40);

    /// OSPF full, LDP OPERATIONAL, BGP Established.
    public static final Duration SESSIONS = Duration.ofSeconds(45);

    /// A VPN that was ordered carries packets.
    public static final Duration PROVISIONING = Duration.ofSeconds(45);

    /// A VPN that was deleted has left nothing.
    public static final Duration DELETION = Duration.ofSeconds(30);

    /// A killed program is back, and what it does works.
    public static final Duration HEALING = Duration.ofSeconds(30);

    /// A route crosses both PEs and the core: the check's own bar is lower.
    public static final Duration ROUTE = Duration.ofSeconds(15);

    /// Killed processes are gone, another runner has let go of its lab.
    public static final Duration TAKE_DOWN = Duration.ofSeconds(30);

    private Deadlines() {}
}
