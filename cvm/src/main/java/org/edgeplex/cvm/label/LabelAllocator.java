package org.edgeplex.cvm.label;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.LabelOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Binds labels to attachments, in two steps that survive a crash between them:
///
/// ```
///   bind:     labels[label] = attachment (ABSENT)   then   label_bindings[attachment] = label
///   release:  remove label_bindings[attachment]     then   remove labels[label]
/// ```
///
/// A label that has an owner but no binding is such a crash: its owner gets it, or it is freed. The
/// next free label above the last one given is chosen, so that a released label rests as long as
/// the range allows and late packets with it meet nobody.
public final class LabelAllocator {
    private static final Logger LOG = LoggerFactory.getLogger(LabelAllocator.class);

    /// Owner of a label that somebody else wrote: never given, never freed.
    private static final int FOREIGN = -1;

    private final StateWriter writer;
    private final int first;
    private final int last;
    private final TreeMap<MplsLabel, Integer> owners = new TreeMap<>();
    private final Map<Integer, MplsLabel> bindings = new HashMap<>();
    private int next;

    private LabelAllocator(StateWriter writer, MplsLabel first, MplsLabel last) {
        this.writer = writer;
        this.first = first.value();
        this.last = last.value();
        this.next = this.first;
    }

    /// Reads what earlier lives bound.
    public static LabelAllocator load(
            State state, StateWriter writer, MplsLabel first, MplsLabel last) {
        LabelAllocator allocator = new LabelAllocator(writer, first, last);
        for (Stored<MplsLabel, LabelOwner> each :
                state.scan(Tables.LABELS, Bytes.EMPTY, OnDamage.SKIP)) {
            allocator.owners.put(each.key(), each.value().attachmentNumber());
        }
        for (Stored<Integer, LabelBinding> each :
                state.scan(Tables.LABEL_BINDINGS, Bytes.EMPTY, OnDamage.SKIP)) {
            allocator.bindings.put(each.key(), each.value().label());
        }
        if (!allocator.owners.isEmpty()) {
            allocator.next = allocator.owners.lastKey().value() + 1;
        }
        return allocator;
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
        int size = last - first + 1;
        for (int tried = 0; tried < size; tried++) {
            if (next < first || next > last) {
                next = first;
            }
            MplsLabel candidate = new MplsLabel(next++);
            if (!owners.containsKey(candidate)) {
                LabelOwner owner = new LabelOwner(attachment);
                if (writer.putIfAbsent(Tables.LABELS, candidate, owner)) {
                    owners.put(candidate, attachment);
                    return Optional.of(candidate);
                }
                LOG.error("label {} is in the store but was not when this life began", candidate);
                owners.put(candidate, FOREIGN);
            }
        }
        return Optional.empty();
    }

    /// Frees the label of an attachment. Only when no peer is told of it any more.
    public void release(int attachment) {
        MplsLabel bound = bindings.remove(attachment);
        if (bound != null) {
            writer.remove(Tables.LABEL_BINDINGS, attachment);
            LOG.info("label {} of attachment {} released", bound, attachment);
        }
        for (Optional<MplsLabel> owned = ownedBy(attachment);
                owned.isPresent();
                owned = ownedBy(attachment)) {
            writer.remove(Tables.LABELS, owned.get());
            owners.remove(owned.get());
        }
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
