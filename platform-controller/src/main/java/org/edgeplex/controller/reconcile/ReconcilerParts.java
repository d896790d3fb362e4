package org.edgeplex.controller.reconcile;

import java.util.function.LongSupplier;
import org.edgeplex.controller.event.EventLog;
import org.edgeplex.controller.health.HealthTiming;
import org.edgeplex.controller.intent.IntentStore;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;

/// What a reconciler works with.
public record ReconcilerParts(
        PlatformSpec platform,
        State state,
        StateWriter writer,
        IntentStore intents,
        EventLog events,
        Hosts hosts,
        SwitchLink link,
        HealthTiming timing,
        StatusBoard board,
        Signal signal,
        LongSupplier nowNanos) {}
