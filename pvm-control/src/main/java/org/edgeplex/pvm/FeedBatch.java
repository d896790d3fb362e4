package org.edgeplex.pvm;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.pvm.core.ControlEvent;
import org.edgeplex.pvm.core.ControlEvent.VrfRouteChange;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;

/// What one poll of the feed says, as events: the attachment first, then the routes as one batch,
/// so that the CE gets them in few UPDATEs.
final class FeedBatch implements StateFeed.Listener {
    private final int attachmentNumber;
    private final List<ControlEvent> attachments = new ArrayList<>();
    private final List<VrfRouteChange> routes = new ArrayList<>();

    FeedBatch(int attachmentNumber) {
        this.attachmentNumber = attachmentNumber;
    }

    @Override
    public <K, V> void present(Table<K, V> table, Stored<K, V> record) {
        if (record.value() instanceof Attachment attachment) {
            if (record.key().equals(attachmentNumber)) {
                attachments.add(new ControlEvent.AttachmentPresent(attachment));
            }
        } else if (record.key() instanceof VrfRouteKey key
                && record.value() instanceof VrfRoute route) {
            routes.add(new VrfRouteChange.Present(key, route));
        }
    }

    @Override
    public <K, V> void absent(Table<K, V> table, K key) {
        if (table.id().equals(Tables.ATTACHMENTS.id())) {
            if (key.equals(attachmentNumber)) {
                attachments.add(new ControlEvent.AttachmentAbsent());
            }
        } else if (key instanceof VrfRouteKey routeKey) {
            routes.add(new VrfRouteChange.Absent(routeKey));
        }
    }

    List<ControlEvent> events() {
        List<ControlEvent> events = new ArrayList<>(attachments);
        if (!routes.isEmpty()) {
            events.add(new ControlEvent.VrfRoutesChanged(routes));
        }
        return events;
    }
}
