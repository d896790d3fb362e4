package org.edgeplex.controller.intent;

import java.util.Optional;
import org.edgeplex.state.record.ProviderEdge;

/// What an intent must fit to: the PE as it is configured and built.
public interface PeSite {
    ProviderEdge self();

    /// Why no customer can be connected to this port; empty: one can.
    Optional<String> whyNotPort(String port);

    /// Why no PVM can be started here at all; empty: one can.
    Optional<String> whyNoCompute();
}
