package org.edgeplex.state.ramcloud.wire;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cuts calls into parts, one per lane, and sends these there.
final class Router {
    private final Tables tables;
    private final Retries retries;

    Router(Tables tables, Retries retries) {
        this.tables = tables;
        this.retries = retries;
    }

    void route(Call<?> call) {
        int[] all = new int[call.size()];
        Arrays.setAll(all, i -> i);
        route(new Part(call, all, 0));
    }

    /// Whatever has no place now is tried again later.
    void route(Part part) {
        Call<?> call = part.call;
        int[] indices = part.indices;
        long tableId = 0;
        TableMap map = null;
        Lane lane = null;
        int from = 0;
        int bytes = 0;
        @Nullable Map<Lane, Gathered> gathered = null;
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i];
            if (map == null || call.tableId(index) != tableId) {
                tableId = call.tableId(index);
                map = tables.known(tableId);
            }
            Server server = map == null ? null : map.server(map.isSingle() ? 0 : call.hash(index));
            Lane here = server == null ? null : server.lane(call.kind(index));
            int itemBytes = call.bytes(index);
            if (gathered == null && i > 0 && here != lane) {
                gathered = new LinkedHashMap<>();
                gathered.put(lane, new Gathered(indices, from, i, bytes));
            }
            lane = here;
            bytes += itemBytes;
            if (gathered != null) {
                gathered.computeIfAbsent(here, _ -> new Gathered()).add(index, itemBytes);
            }
        }
        if (gathered == null) {
            send(part, lane, indices, bytes);
        } else {
            gathered.forEach((to, some) -> send(part, to, some.indices(), some.bytes));
        }
    }

    private void send(Part of, @Nullable Lane lane, int[] indices, int bytes) {
        if (lane == null) {
            retries.again(child(of, indices, bytes), Verdict.REROUTE, 0);
            return;
        }
        if (indices.length <= Lane.ITEMS_MAX && bytes <= Lane.BYTES_MAX) {
            lane.submit(child(of, indices, bytes));
            return;
        }
        int from = 0;
        int sum = 0;
        for (int i = 0; i < indices.length; i++) {
            int next = of.call.bytes(indices[i]);
            if (i > from && (i - from == Lane.ITEMS_MAX || sum + next > Lane.BYTES_MAX)) {
                lane.submit(child(of, Arrays.copyOfRange(indices, from, i), sum));
                from = i;
                sum = 0;
            }
            sum += next;
        }
        lane.submit(child(of, Arrays.copyOfRange(indices, from, indices.length), sum));
    }

    private static Part child(Part of, int[] indices, int bytes) {
        Part child = new Part(of.call, indices, bytes);
        child.attempts = of.attempts;
        child.maybeDone = of.maybeDone;
        child.repeated = of.repeated;
        child.linear = of.linear;
        return child;
    }

    /// Operations for one lane.
    private static final class Gathered {
        private int[] indices = new int[16];
        private int count;
        private int bytes;

        Gathered() {}

        Gathered(int[] all, int from, int to, int bytes) {
            indices = Arrays.copyOfRange(all, from, to);
            count = to - from;
            this.bytes = bytes;
        }

        void add(int index, int itemBytes) {
            if (count == indices.length) {
                indices = Arrays.copyOf(indices, Math.max(16, count * 2));
            }
            indices[count++] = index;
            bytes += itemBytes;
        }

        int[] indices() {
            return count == indices.length ? indices : Arrays.copyOf(indices, count);
        }
    }
}
