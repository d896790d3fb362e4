package org.edgeplex.lab.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeplex.cvm.label.LabelAllocator;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.LabelOwner;

/// The label allocator of a CVM that is killed and superseded, while attachments come and go.
final class LabelsScenario implements Scenario {
    private static final int ATTACHMENTS = 6;
    private static final MplsLabel FIRST = new MplsLabel(100);
    private static final MplsLabel LAST = new MplsLabel(107);

    /// What the API wants now; it outlives every CVM.
    private final Set<Integer> wanted = new TreeSet<>();

    /// What is free since it was released, the longest first; and what was never given.
    private final SequencedSet<MplsLabel> released = new LinkedHashSet<>();

    private final Set<MplsLabel> fresh = new TreeSet<>();
    private Set<MplsLabel> owned = Set.of();

    @Override
    public String name() {
        return "labels";
    }

    @Override
    public void settle(World world) {
        for (int label = FIRST.value(); label <= LAST.value(); label++) {
            fresh.add(new MplsLabel(label));
        }
        world.place("cvm", this::live);
        world.server()
                .observe(change -> {
                    boolean isOfLabels =
                            change.table().equals(Tables.LABELS.id())
                                    || change.table().equals(Tables.LABEL_BINDINGS.id());
                    if (isOfLabels) {
                        look(world);
                        lookForRest(world);
                    }
                });
        world.check("in the end just the attachments have labels", () -> leftOver(world));
    }

    private void live(SimProcess process) {
        State state = process.state();
        StateWriter writer = state.as(new Leases(state).claim("cvm", process.toString()));
        LabelAllocator allocator =
                LabelAllocator.load(state.scans(), writer, state.clock(), FIRST, LAST);
        while (true) {
            allocator.retain(Set.copyOf(wanted));
            Set.copyOf(wanted).stream().sorted().forEach(allocator::bind);
            process.progress();
            process.sleep(process.random().nextInt(3, 25));
            if (process.world().isBusy()) {
                int attachment = process.random().nextInt(1, ATTACHMENTS + 1);
                if (!wanted.remove(attachment)) {
                    wanted.add(attachment);
                }
            }
        }
    }

    private static void look(World world) {
        Map<Integer, MplsLabel> bindings = bindings(world);
        Map<MplsLabel, Integer> owners = owners(world);
        Set<MplsLabel> bound = new HashSet<>();
        bindings.forEach((attachment, label) -> {
            if (!bound.add(label)) {
                world.violated("no label is bound twice", label + " in " + bindings);
            }
            if (!attachment.equals(owners.get(label))) {
                world.violated(
                        "whose a label is, is written before it is bound and after",
                        label + " of " + attachment + ", owners " + owners);
            }
        });
    }

    private void lookForRest(World world) {
        Set<MplsLabel> now = owners(world).keySet();
        for (MplsLabel label : now) {
            if (owned.contains(label)) {
                continue;
            }
            boolean isFirst =
                    fresh.remove(label) || fresh.isEmpty() && released.getFirst().equals(label);
            if (!isFirst) {
                world.violated(
                        "a released label rests as long as it can",
                        label + ", released " + released + ", never given " + fresh);
            }
            released.remove(label);
        }
        owned.stream().filter(label -> !now.contains(label)).forEach(released::add);
        owned = Set.copyOf(now);
    }

    private String leftOver(World world) {
        Map<Integer, MplsLabel> bindings = bindings(world);
        Map<MplsLabel, Integer> owners = owners(world);
        boolean isRight =
                bindings.keySet().equals(wanted)
                        && owners.keySet().equals(Set.copyOf(bindings.values()));
        return isRight ? "" : "%s, bound %s, owned %s".formatted(wanted, bindings, owners);
    }

    private static Map<Integer, MplsLabel> bindings(World world) {
        Map<Integer, MplsLabel> bindings = new TreeMap<>();
        for (Map.Entry<Integer, LabelBinding> each :
                rows(world, Tables.LABEL_BINDINGS).entrySet()) {
            bindings.put(each.getKey(), each.getValue().label());
        }
        return bindings;
    }

    private static Map<MplsLabel, Integer> owners(World world) {
        Map<MplsLabel, Integer> owners = new TreeMap<>();
        for (Map.Entry<MplsLabel, LabelOwner> each : rows(world, Tables.LABELS).entrySet()) {
            owners.put(each.getKey(), each.getValue().attachmentNumber());
        }
        return owners;
    }

    private static <K, V> Map<K, V> rows(World world, Table<K, V> table) {
        Map<K, V> rows = new HashMap<>();
        StateStore engine = world.server().engine();
        engine.scan(table.id(), Bytes.EMPTY, Bytes.EMPTY, 1_000, SimProcess.TIMEOUT)
                .join()
                .entries()
                .forEach(entry ->
                        rows.put(
                                table.decodeKey(entry.key()),
                                table.decode(entry.key(), entry.value())));
        return rows;
    }
}
