package org.edgeplex.controller.reconcile;

import org.edgeplex.controller.intent.IntentSnapshot;
import org.edgeplex.state.record.ProviderEdge;

/// What shall be: the PE as configured, and all intents.
public record Desired(PlatformSpec platform, IntentSnapshot intents) {
    public ProviderEdge self() {
        return platform.self();
    }
}
