package org.edgeplex.cvm.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.FencedException;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.LabelOwner;
import org.edgeplex.state.record.LabelRest;
import org.junit.jupiter.api.Test;

class LabelAllocatorTest {
    private static final MplsLabel FIRST = new MplsLabel(100);
    private static final MplsLabel LAST = new MplsLabel(102);

    private final State state = new State(new MemoryStateStore(), Duration.ofSeconds(1));
    private final Leases leases = new Leases(state);
    private final StateWriter writer = state.as(leases.claim("cvm", "test"));
    private final LabelAllocator allocator = load();

    private LabelAllocator load() {
        return LabelAllocator.load(state.scans(), writer, state.clock(), FIRST, LAST);
    }

    @Test
    void bindsInTheStoreAndBindsAgainTheSame() {
        assertEquals(Optional.of(FIRST), allocator.bind(7));
        assertEquals(Optional.of(FIRST), allocator.bind(7));
        assertEquals(Map.of(7, 100), bindings());
        assertEquals(Map.of(100, 7), owners());
    }

    @Test
    void theNextLifeHasTheSameLabels() {
        allocator.bind(7);
        allocator.bind(8);
        LabelAllocator next = load();
        assertEquals(Optional.of(new MplsLabel(101)), next.bind(8));
        assertEquals(Optional.of(FIRST), next.bind(7));
        assertEquals(Optional.of(LAST), next.bind(9));
    }

    @Test
    void aReleasedLabelRestsAsLongAsOthersAreFree() {
        allocator.bind(7);
        allocator.release(7);
        assertEquals(Map.of(), bindings());
        assertEquals(Map.of(), owners());
        assertEquals(Optional.of(new MplsLabel(101)), allocator.bind(8));
        assertEquals(Optional.of(LAST), allocator.bind(9));
        assertEquals(Optional.of(FIRST), allocator.bind(10));
    }

    @Test
    void aReleasedLabelRestsInTheNextLifeToo() {
        allocator.bind(7);
        allocator.bind(8);
        allocator.release(8);
        allocator.release(7);
        LabelAllocator next = load();
        assertEquals(Optional.of(LAST), next.bind(9));
        assertEquals(Optional.of(new MplsLabel(101)), next.bind(10), "rests longest");
        assertEquals(Optional.of(FIRST), next.bind(11));
        assertEquals(List.of(), state.scan(Tables.LABEL_RESTS));
    }

    @Test
    void aRestThatAKillLeftBehindCountsForNothing() {
        allocator.bind(7);
        writer.put(Tables.LABEL_RESTS, FIRST, new LabelRest(1)); // killed before it was unbound
        LabelAllocator next = load();
        assertEquals(Optional.of(FIRST), next.bind(7));
        assertEquals(Optional.of(new MplsLabel(101)), next.bind(8));
        next.release(7);
        assertEquals(Optional.of(LAST), load().bind(9));
    }

    @Test
    void restsAreBounded() {
        LabelAllocator wide =
                LabelAllocator.load(
                        state.scans(), writer, state.clock(), FIRST, new MplsLabel(100_000));
        for (int i = 0; i <= LabelAllocator.RESTS_MAX; i++) {
            wide.bind(i);
            wide.release(i);
        }
        assertEquals(Optional.of(new MplsLabel(101)), wide.bind(7));
        assertEquals(LabelAllocator.RESTS_MAX - 1, state.scan(Tables.LABEL_RESTS).size());
    }

    @Test
    void aFullRangeGivesNothingUntilOneIsReleased() {
        allocator.bind(1);
        allocator.bind(2);
        allocator.bind(3);
        assertEquals(Optional.empty(), allocator.bind(4));
        allocator.release(2);
        assertEquals(Optional.of(new MplsLabel(101)), allocator.bind(4));
    }

    @Test
    void aLifeThatEndedBetweenReservingAndBindingIsCompleted() {
        writer.put(Tables.LABELS, LAST, new LabelOwner(7));
        assertEquals(Optional.of(LAST), load().bind(7));
        assertEquals(Map.of(7, 102), bindings());
    }

    @Test
    void aLifeThatEndedBetweenUnbindingAndFreeingIsCompleted() {
        allocator.bind(7);
        allocator.bind(8);
        writer.remove(Tables.LABEL_BINDINGS, 7);
        load().retain(Set.of(8));
        assertEquals(Map.of(101, 8), owners());
    }

    @Test
    void nothingIsKeptForAttachmentsThatAreGone() {
        allocator.bind(7);
        allocator.bind(8);
        load().retain(Set.of(8));
        assertEquals(Map.of(8, 101), bindings());
        assertEquals(Map.of(101, 8), owners());
    }

    @Test
    void neverBindsALabelThatTheStoreHasAlready() {
        writer.put(Tables.LABELS, FIRST, new LabelOwner(99)); // after this life was loaded
        assertEquals(Optional.of(new MplsLabel(101)), allocator.bind(7));
        assertEquals(Map.of(100, 99, 101, 7), owners());
    }

    @Test
    void aFencedLifeBindsNothing() {
        leases.claim("cvm", "successor");
        assertThrows(FencedException.class, () -> allocator.bind(7));
        assertEquals(Map.of(), owners());
        assertEquals(Map.of(), bindings());
    }

    private Map<Integer, Integer> bindings() {
        Map<Integer, Integer> bindings = new TreeMap<>();
        for (var each : state.scan(Tables.LABEL_BINDINGS)) {
            LabelBinding binding = each.value();
            bindings.put(each.key(), binding.label().value());
        }
        return bindings;
    }

    private Map<Integer, Integer> owners() {
        Map<Integer, Integer> owners = new TreeMap<>();
        state.scan(Tables.LABELS)
                .forEach(each -> owners.put(each.key().value(), each.value().attachmentNumber()));
        return owners;
    }
}
