package org.edgeplex.controller.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// The controller's store, which holds it to the catalogue: where it writes in another program's
/// place, that program has been fenced.
final class StandInRule extends DelegatingStore {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    StandInRule(StateStore store) {
        super(store);
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        for (Write write : writes) {
            writer(write)
                    .filter(this::lives)
                    .ifPresent(holder -> {
                        throw new AssertionError(holder + " was not fenced before " + write);
                    });
        }
        return super.write(writes, timeout);
    }

    private static Optional<String> writer(Write write) {
        Bytes key = write.key();
        if (write.table().equals(Tables.CUSTOMER_ROUTES.id())) {
            int number = Tables.CUSTOMER_ROUTES.decodeKey(key).attachmentNumber();
            return Optional.of("pvm-" + number + "/control");
        }
        if (write.table().equals(Tables.DATAPLANE_COUNTERS.id())) {
            return Optional.of("pvm-" + Tables.DATAPLANE_COUNTERS.decodeKey(key) + "/dataplane");
        }
        if (write.table().equals(Tables.SESSIONS.id())) {
            return Optional.of(Tables.SESSIONS.decodeKey(key).holder());
        }
        boolean isOfLabels =
                List.of(Tables.LABEL_BINDINGS, Tables.LABELS, Tables.LABEL_RESTS).stream()
                        .anyMatch(table -> table.id().equals(write.table()));
        return isOfLabels ? Optional.of("cvm") : Optional.empty();
    }

    private boolean lives(String holder) {
        Bytes key = Bytes.utf8(holder);
        return switch (get(Tables.LEASES.id(), key, TIMEOUT).join()) {
            case Lookup.Absent() -> false;
            case Lookup.Found(Bytes lease, _) ->
                    !Tables.LEASES.decode(key, lease).owner().isEmpty();
        };
    }
}
