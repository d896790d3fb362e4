package org.edgeplex.state.ramcloud.model;

import java.time.Duration;
import java.util.List;

/// What happens to requests and answers on the way. Called on the cluster's loop.
@FunctionalInterface
public interface Network {
    /// Everything arrives at once, and is answered at once.
    Network PERFECT = _ -> Fate.AT_ONCE;

    /// What a request is about.
    enum Kind {
        READ,
        WRITE,
        /// Of tables, counters and enumerations.
        OTHER
    }

    /// Says what becomes of the request for one object.
    Fate of(Kind kind);

    /// The way of one request.
    ///
    /// @param arrivals when copies of the request reach the server, from now; none: it is lost
    /// @param answered which of these is answered to the client, from 0; -1: none. A later one is
    ///   the client's repetition after a lost answer
    /// @param reply how long the answer takes
    record Fate(List<Duration> arrivals, int answered, Duration reply) {
        public static final Fate AT_ONCE = after(Duration.ZERO, Duration.ZERO);
        public static final Fate LOST = new Fate(List.of(), -1, Duration.ZERO);

        public Fate {
            arrivals = List.copyOf(arrivals);
        }

        public static Fate after(Duration request, Duration reply) {
            return new Fate(List.of(request), 0, reply);
        }
    }
}
