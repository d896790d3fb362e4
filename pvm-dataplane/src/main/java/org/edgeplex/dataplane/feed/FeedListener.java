package org.edgeplex.dataplane.feed;

import static org.edgeplex.state.Tables.ATTACHMENTS;
import static org.edgeplex.state.Tables.LABEL_BINDINGS;
import static org.edgeplex.state.Tables.PROVIDER_EDGE;
import static org.edgeplex.state.Tables.TRANSPORT_LSPS;
import static org.edgeplex.state.Tables.VRF_ROUTES;

import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.Table;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.state.record.TransportLsp;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;

/// Picks what concerns one attachment out of the store's changes.
final class FeedListener implements StateFeed.Listener {
    private final int attachmentNumber;
    private final FibComposer composer;
    private Attachment attachment;
    private ProviderEdge providerEdge;

    FeedListener(
            int attachmentNumber,
            Attachment attachment,
            ProviderEdge providerEdge,
            FibComposer composer) {
        this.attachmentNumber = attachmentNumber;
        this.attachment = attachment;
        this.providerEdge = providerEdge;
        this.composer = composer;
    }

    static Table<?, ?>[] tables() {
        return new Table<?, ?>[] {
            PROVIDER_EDGE, ATTACHMENTS, LABEL_BINDINGS, TRANSPORT_LSPS, VRF_ROUTES
        };
    }

    @Override
    public <K, V> void present(Table<K, V> table, Stored<K, V> record) {
        K key = record.key();
        switch (record.value()) {
            case ProviderEdge edge -> {
                providerEdge = edge;
                composer.accessPresent(AccessRecords.access(attachment, providerEdge));
            }
            case Attachment changed when isOurs(key) -> {
                if (changed.vrfNumber() != attachment.vrfNumber()) {
                    throw new IllegalStateException(
                            "attachment " + attachmentNumber + " has moved to another VRF");
                }
                attachment = changed;
                composer.accessPresent(AccessRecords.access(attachment, providerEdge));
            }
            case LabelBinding binding when isOurs(key) -> composer.labelPresent(binding.label());
            case TransportLsp lsp when key instanceof Ipv4Prefix fec ->
                    composer.lspPresent(fec, lsp);
            case VrfRoute route when key instanceof VrfRouteKey routeKey && isOurVrf(routeKey) ->
                    composer.routePresent(routeKey.prefix(), route);
            default -> {} // another attachment's
        }
    }

    @Override
    public <K, V> void absent(Table<K, V> table, K key) {
        if (table.equals(LABEL_BINDINGS) && isOurs(key)) {
            composer.labelAbsent();
        } else if (table.equals(TRANSPORT_LSPS) && key instanceof Ipv4Prefix fec) {
            composer.lspAbsent(fec);
        } else if (key instanceof VrfRouteKey routeKey && isOurVrf(routeKey)) {
            composer.routeAbsent(routeKey.prefix());
        }
        // The attachment's own end is the controller's business: it ends this process.
    }

    private <K> boolean isOurs(K key) {
        return key.equals(attachmentNumber);
    }

    private boolean isOurVrf(VrfRouteKey key) {
        return key.vrfNumber() == attachment.vrfNumber();
    }
}
