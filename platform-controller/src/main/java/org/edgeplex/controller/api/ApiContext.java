package org.edgeplex.controller.api;

import java.nio.file.Path;
import org.edgeplex.controller.event.EventLog;
import org.edgeplex.controller.intent.IntentStore;
import org.edgeplex.controller.reconcile.StatusBoard;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.client.State;
import org.edgeplex.state.record.ProviderEdge;

/// What the API works on.
///
/// @param counters the directory of the data planes' counters files
public record ApiContext(
        State state,
        IntentStore intents,
        EventLog events,
        StatusBoard board,
        ProviderEdge self,
        Incarnation incarnation,
        Path counters) {}
