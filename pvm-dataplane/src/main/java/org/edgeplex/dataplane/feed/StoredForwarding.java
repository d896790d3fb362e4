package org.edgeplex.dataplane.feed;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.ProviderEdge;

/// What a data plane of an attachment would have in its tables if it started now: the same records
/// through the same composer.
///
/// @param updates to be applied in this order
public record StoredForwarding(
        Attachment attachment, Access access, List<ForwardingUpdate> updates) {
    public StoredForwarding {
        updates = List.copyOf(updates);
    }

    /// Reads it.
    ///
    /// @throws IllegalArgumentException when the store has no such attachment
    public static StoredForwarding load(State state, int attachmentNumber) {
        Attachment attachment =
                state.get(Tables.ATTACHMENTS, attachmentNumber)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "the store has no attachment " + attachmentNumber))
                        .value();
        ProviderEdge edge =
                state.get(Tables.PROVIDER_EDGE, Tables.SELF)
                        .orElseThrow(() ->
                                new IllegalArgumentException("the store has no provider edge"))
                        .value();
        Access access = AccessRecords.access(attachment, edge);
        List<ForwardingUpdate> updates = new ArrayList<>();
        FibComposer composer = new FibComposer(attachmentNumber, access, updates::add);
        Feeder.feed(state).poll(new FeedListener(attachmentNumber, attachment, edge, composer));
        return new StoredForwarding(attachment, access, updates);
    }
}
