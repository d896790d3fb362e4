package org.edgeplex.openflow.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.edgeplex.openflow.SwitchAddress;
import org.edgeplex.openflow.SwitchOutcome;

/// Transactions on the database `Open_vSwitch`. Connects when needed, again after a failure.
public final class OvsdbClient implements AutoCloseable {
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private static final String DATABASE = "Open_vSwitch";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SwitchAddress address;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private Link link = new Link.Idle();

    private sealed interface Link {
        record Idle() implements Link {}

        record Up(OvsdbSession session) implements Link {}

        record Closed() implements Link {}
    }

    public OvsdbClient(SwitchAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    public OvsdbClient(SwitchAddress address) {
        this(address, REQUEST_TIMEOUT);
    }

    Duration timeout() {
        return timeout;
    }

    /// Performs the operations all or none (RFC 7047, section 4.1.3): the result of each, in order.
    /// `Refused` carries the server's error and details.
    public SwitchOutcome<List<JsonNode>> transact(List<ObjectNode> operations) {
        return transact(operations, timeout);
    }

    /// The same, for operations that wait in the server.
    SwitchOutcome<List<JsonNode>> transact(List<ObjectNode> operations, Duration deadline) {
        ArrayNode parameters = JSON.arrayNode().add(DATABASE);
        operations.forEach(parameters::add);
        return session()
                .then(open -> open.request("transact", parameters, deadline))
                .then(reply -> results(reply, operations.size()));
    }

    private SwitchOutcome<OvsdbSession> session() {
        lock.lock();
        try {
            return switch (link) {
                case Link.Closed() -> new SwitchOutcome.Unreachable<>("closed");
                case Link.Up(OvsdbSession session) when session.isOpen() ->
                        new SwitchOutcome.Done<>(session);
                case Link.Up _, Link.Idle() -> {
                    OvsdbSession session = OvsdbSession.open(address, timeout);
                    link = new Link.Up(session);
                    yield new SwitchOutcome.Done<>(session);
                }
            };
        } catch (IOException e) {
            return new SwitchOutcome.Unreachable<>(address + ": " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /// Section 4.1.3: null for operations after a failed one; an error of the commit comes last.
    private static SwitchOutcome<List<JsonNode>> results(RpcMessage.Reply reply, int count) {
        if (!reply.error().isNull()) {
            return new SwitchOutcome.Refused<>(reply.error().toString());
        }
        List<JsonNode> results = new ArrayList<>();
        for (JsonNode result : reply.result()) {
            if (result.hasNonNull("error")) {
                String details = result.path("details").asText("");
                String error = result.get("error").asText();
                return new SwitchOutcome.Refused<>(
                        details.isEmpty() ? error : error + ": " + details);
            }
            results.add(result);
        }
        return results.size() == count
                ? new SwitchOutcome.Done<>(results)
                : new SwitchOutcome.Unanswered<>(
                        results.size() + " results for " + count + " operations");
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (link instanceof Link.Up(OvsdbSession session)) {
                session.close();
            }
            link = new Link.Closed();
        } finally {
            lock.unlock();
        }
    }
}
