package org.edgeplex.openflow.loxi;

import java.time.Duration;

/// How long the connection to the switch waits for what.
///
/// @param connectTimeout for the connection and its first messages; also how long a caller waits
///   for a connection that is not there
/// @param requestTimeout for the answer to one request, however many messages it has
/// @param echoInterval silence after which the switch is asked whether it lives
/// @param echoTimeout silence after that which ends the connection
/// @param backoffMin pause after the first failed connect; doubled after each further one
/// @param backoffMax longest pause
public record OpenFlowTiming(
        Duration connectTimeout,
        Duration requestTimeout,
        Duration echoInterval,
        Duration echoTimeout,
        Duration backoffMin,
        Duration backoffMax) {
    public static OpenFlowTiming standard() {
        return new OpenFlowTiming(
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                Duration.ofSeconds(2));
    }
}
