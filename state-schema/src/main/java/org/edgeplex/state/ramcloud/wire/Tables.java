package org.edgeplex.state.ramcloud.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.edgeplex.state.ramcloud.Status;
import org.jspecify.annotations.Nullable;

/// Which server has which part of which table, as far as is known. Read by all threads, changed on
/// the loop.
final class Tables {
    private final Coordinator coordinator;
    private final Function<TableConfig.Tablet, Server> servers;
    private final Map<Long, TableMap> maps = new ConcurrentHashMap<>();

    /// Of the loop: who waits for which table's map.
    private final Map<Long, List<Waiter>> waiters = new HashMap<>();

    /// Told when an answer came: what is wrong, or nothing.
    @FunctionalInterface
    interface Waiter {
        void told(Outcome outcome, String why);
    }

    enum Outcome {
        KNOWN,
        NO_TABLE,
        NO_ANSWER
    }

    Tables(Coordinator coordinator, Function<TableConfig.Tablet, Server> servers) {
        this.coordinator = coordinator;
        this.servers = servers;
    }

    @Nullable TableMap known(long tableId) {
        return maps.get(tableId);
    }

    /// On the loop: asks, or joins who asks already.
    void refresh(long tableId, Waiter waiter) {
        List<Waiter> others = waiters.get(tableId);
        if (others != null) {
            others.add(waiter);
            return;
        }
        List<Waiter> first = new ArrayList<>();
        first.add(waiter);
        waiters.put(tableId, first);
        coordinator.ask(
                out -> Requests.getTableConfig(out, tableId),
                (status, reply) -> answered(tableId, status, reply),
                why -> tell(tableId, Outcome.NO_ANSWER, why));
    }

    private void answered(long tableId, int status, FrameReader reply) {
        if (status != Status.OK) {
            tell(tableId, Outcome.NO_ANSWER, "the coordinator: " + Status.name(status));
            return;
        }
        TableConfig config = TableConfig.decode(reply.part(reply.length()));
        if (config.tablets().isEmpty()) {
            maps.remove(tableId);
            tell(tableId, Outcome.NO_TABLE, "");
            return;
        }
        maps.put(tableId, TableMap.of(config, servers));
        tell(tableId, Outcome.KNOWN, "");
    }

    private void tell(long tableId, Outcome outcome, String why) {
        List<Waiter> told = waiters.remove(tableId);
        if (told != null) {
            told.forEach(waiter -> waiter.told(outcome, why));
        }
    }
}
