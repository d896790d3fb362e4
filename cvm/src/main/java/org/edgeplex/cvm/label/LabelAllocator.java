package org.edgeplex.cvm.label;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.TableScans;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.LabelOwner;
import org.edgeplex.state.record.LabelRest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Binds labels to attachments, in steps that survive a crash between them:
///
/// ```
///   bind:     labels[label] = attachment (ABSENT)   then   label_bindings[attachment] = label
///   release:  label_rests[label] = now,  remove label_bindings[attachment],  remove labels[label]
/// ```
///
/// A label that has an owner but no binding is such a crash: its owner gets it, or it is freed. A
/// label that was never given is chosen first, then the one that has rested longest: late packets
/// with a released label meet nobody, whoever was killed meanwhile.
public final class LabelAllocator {
    private static final Logger LOG = LoggerFactory.getLogger(LabelAllocator.class);

    /// Owner of a label that somebody else wrote: never given, never freed.
    private static final int FOREIGN = -1;

    /// More records of rests than this are worth less than their space.
    static final int RESTS_MAX = 4_096;

    private final StateWriter writer;
    private final InstantSource clock;
    private final int first;
    private final int last;
    private final TreeMap<MplsLabel, Integer> owners = new TreeMap<>();
    private final Map<Integer, MplsLabel> bindings = new HashMap<>();

    /// Released labels that nobody has been given since, the one that rests longest first.
    private final LinkedHashSet<MplsLabel> resting = new LinkedHashSet<>();

    private long lastReleaseMillis;

    /// All below it have an owner or rest.
    private int next;

    private LabelAllocator(
            StateWriter writer, InstantSource clock, MplsLabel first, MplsLabel last) {
        this.writer = writer;
        this.clock = clock;
        this.first = first.value();
        this.last = last.value();
        this.next = this.first;
    }

    /// Reads what earlier lives bound.
    public static LabelAllocator load(
            TableScans scans,
            StateWriter writer,
            InstantSource clock,
            MplsLabel first,
            MplsLabel last) {
        LabelAllocator allocator = new LabelAllocator(writer, clock, first, last);
        for (Stored<MplsLabel, LabelOwner> each : scans.take(Tables.LABELS, OnDamage.SKIP)) {
            allocator.owners.put(each.key(), each.value().attachmentNumber());
        }
        for (Stored<Integer, LabelBinding> each :
                scans.take(Tables.LABEL_BINDINGS, OnDamage.SKIP)) {
            allocator.bindings.put(each.key(), each.value().label());
        }
        scans.take(Tables.LABEL_RESTS, OnDamage.SKIP).stream()
                .filter(each -> !allocator.owners.containsKey(each.key()))
                .sorted(Comparator.comparingLong(each -> each.value().releasedMillis()))
                .forEach(each -> allocator.loadRest(each.key(), each.value()));
        return allocator;
    }

    private void loadRest(MplsLabel label, LabelRest rest) {
        resting.add(label);
        lastReleaseMillis = rest.releasedMillis();
    }

    /// The label of an attachment, bound now if it was not. Empty when the range is used up.
    public Optional<MplsLabel> bind(int attachment) {
        MplsLabel bound = bindings.get(attachment);
        if (bound != null) {
            return Optional.of(bound);
        }
        Optional<MplsLabel> label = ownedBy(attachment).or(() -> reserve(attachment));
        label.ifPresentOrElse(
                it -> {
                    writer.put(Tables.LABEL_BINDINGS, attachment, new LabelBinding(it));
                    bindings.put(attachment, it);
                    LOG.info("label {} bound to attachment {}", it, attachment);
                },
                () -> LOG.error("no label in {}..{} is free for {}", first, last, attachment));
        return label;
    }

    private Optional<MplsLabel> ownedBy(int attachment) {
        return owners.entrySet().stream()
                .filter(each -> each.getValue() == attachment)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Optional<MplsLabel> reserve(int attachment) {
        for (Optional<MplsLabel> candidate = choose();
                candidate.isPresent();
                candidate = choose()) {
            MplsLabel label = candidate.get();
            if (writer.putIfAbsent(Tables.LABELS, label, new LabelOwner(attachment))) {
                owners.put(label, attachment);
                if (resting.remove(label)) {
                    writer.remove(Tables.LABEL_RESTS, label);
                }
                return candidate;
            }
            LOG.error("label {} is in the store but was not when this life began", label);
            owners.put(label, FOREIGN);
        }
        return Optional.empty();
    }

    /// One that has no owner.
    private Optional<MplsLabel> choose() {
        while (next <= last && resting.size() < RESTS_MAX) {
            MplsLabel candidate = new MplsLabel(next++);
            if (isFree(candidate) && !resting.contains(candidate)) {
                return Optional.of(candidate);
            }
        }
        return resting.stream().filter(this::isFree).findFirst();
    }

    private boolean isFree(MplsLabel label) {
        return label.value() >= first && label.value() <= last && !owners.containsKey(label);
    }

    /// Frees the label of an attachment. Only when no peer is told of it any more.
    public void release(int attachment) {
        MplsLabel bound = bindings.remove(attachment);
        Optional<MplsLabel> owned = ownedBy(attachment);
        owned.ifPresent(this::beginRest);
        if (bound != null) {
            writer.remove(Tables.LABEL_BINDINGS, attachment);
            LOG.info("label {} of attachment {} released", bound, attachment);
        }
        while (owned.isPresent()) {
            writer.remove(Tables.LABELS, owned.get());
            owners.remove(owned.get());
            owned = ownedBy(attachment);
            owned.ifPresent(this::beginRest);
        }
    }

    private void beginRest(MplsLabel label) {
        // A clock that was set back must not change the order.
        lastReleaseMillis = Math.max(lastReleaseMillis + 1, clock.millis());
        writer.put(Tables.LABEL_RESTS, label, new LabelRest(lastReleaseMillis));
        resting.remove(label);
        resting.add(label);
    }

    /// Releases what belongs to attachments that are not there any more.
    public void retain(Set<Integer> attachments) {
        Set<Integer> gone = new TreeSet<>(owners.values());
        gone.addAll(bindings.keySet());
        gone.removeAll(attachments);
        gone.remove(FOREIGN);
        gone.forEach(this::release);
    }
}
