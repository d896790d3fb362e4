package org.edgeplex.pvm;

import java.io.IOException;
import org.edgeplex.bgp.session.PeerSession;
import org.edgeplex.bgp.session.RouteListener;
import org.edgeplex.pvm.core.PeerSpec;

/// Where sessions with the CE come from: the BGP speaker, or a test.
interface CustomerSessions {
    /// Starts a session; closing it frees all that it took, the listening port included.
    PeerSession open(PeerSpec peer, RouteListener listener) throws IOException;
}
