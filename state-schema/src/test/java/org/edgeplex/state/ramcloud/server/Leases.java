package org.edgeplex.state.ramcloud.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.edgeplex.state.Bytes;

/// Clients' leases, and the answers that are kept until clients acknowledge them
/// (`UnackedRpcResults.cc`).
final class Leases {
    private final Map<Long, Client> clients = new HashMap<>();
    private Duration term = Duration.ofMinutes(30);
    private long lastId;
    private int given;

    private static final class Client {
        long expirationNanos;
        long acknowledged;
        final NavigableMap<Long, Bytes> answers = new TreeMap<>();
    }

    /// What to do with an operation that has a number.
    sealed interface Check {
        record New() implements Check {}

        record Duplicate(Bytes answer) implements Check {}

        record Refused(int status) implements Check {}
    }

    void term(Duration wanted) {
        term = wanted;
    }

    /// So many leases were given, not counting renewals.
    int given() {
        return given;
    }

    /// All leases end now.
    void expireAll() {
        clients.clear();
    }

    static long now() {
        return System.nanoTime();
    }

    /// The lease's id: the same while it lives.
    long renew(long leaseId) {
        Client client = clients.get(leaseId);
        long id = leaseId;
        if (client == null || client.expirationNanos - now() < 0) {
            id = ++lastId;
            client = new Client();
            clients.put(id, client);
            given++;
        }
        client.expirationNanos = now() + term.toNanos();
        return id;
    }

    long termNanos() {
        return term.toNanos();
    }

    Check check(long leaseId, long rpcId, long acknowledged) {
        Client client = clients.get(leaseId);
        if (client == null || client.expirationNanos - now() < 0) {
            return new Check.Refused(32);
        }
        if (rpcId <= client.acknowledged) {
            return new Check.Refused(31);
        }
        if (acknowledged > client.acknowledged) {
            client.acknowledged = acknowledged;
            client.answers.headMap(acknowledged, true).clear();
        }
        return Optional.ofNullable(client.answers.get(rpcId))
                .<Check>map(Check.Duplicate::new)
                .orElseGet(Check.New::new);
    }

    void record(long leaseId, long rpcId, Bytes answer) {
        Client client = clients.get(leaseId);
        if (client != null && rpcId > client.acknowledged) {
            client.answers.put(rpcId, answer);
        }
    }

    /// So many answers are kept.
    int answers() {
        return clients.values().stream().mapToInt(client -> client.answers.size()).sum();
    }
}
